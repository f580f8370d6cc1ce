"""Why a test went another way than it expects, in the short: the rule that took the message, and the one that did not."""

from __future__ import annotations

from collections.abc import Iterator

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import OTHERWISE
from prx_dingtalk_router.matching.explanation.asking import explain, why_not
from prx_dingtalk_router.matching.explanation.clauses import because
from prx_dingtalk_router.matching.explanation.verdicts import headline, reason, why_not_sentence
from prx_dingtalk_router.matching.router import Router
from prx_dingtalk_router.message import Message


def reasons_of_test(router: Router, message: Message, expected: str | None) -> Iterator[Text]:
    """Give why a message went where it went, and why a rule did not take it.

    Args:
        router: that decides it.
        message: of the test.
        expected: the rule that was expected to take it, if the test names one.
    """
    explanation = explain(router, message, near=False)
    decided = explanation.decision.by
    taker = explanation.taker
    clause = reason(taker) if taker is not None else None
    took = headline(explanation)
    yield took if clause is None else text("matching.test-took", took=took, clause=clause)
    if expected is None or expected in (decided, OTHERWISE):
        return
    why = why_not(explanation, expected)
    if why is None or why.answer is None:
        return
    failed = because(why.failed, of_missed=True)
    if failed is None:
        yield why_not_sentence(why, explanation)
    else:
        yield text("matching.test-missed", rule=expected, clause=failed)
