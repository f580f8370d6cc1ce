"""Which entry of a chain is tried (language.md section 7), as a table."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import AgentStep, DropStep, Guard, ReplyStep
from prx_dingtalk_router.delivery.dispatch.chains import (
    Done,
    Exhausted,
    NotDone,
    Performed,
    RefusedByGuard,
    follow,
)

DOWN = text("delivery.unreachable")
FAILED = text("delivery.failed")

OK = Performed()
NO_ROOM = RefusedByGuard()
NOT_STARTED = NotDone(DOWN)
RAN = NotDone(FAILED, at_work=True)
UNSURE = NotDone(FAILED, final=True)
WORDLESS = NotDone(text("delivery.empty-message"))
BLANK = NotDone(text("templates.empty-message"))

CASES = [
    ("A", [OK], ["A:-"], "1"),
    ("A", [NO_ROOM], ["A:-"], None),
    ("A", [NOT_STARTED], ["A:-"], DOWN),
    ("AR", [NO_ROOM, OK], ["A:-", "R:limited"], "1.1"),
    ("AR", [RAN, OK], ["A:-", "R:failed"], "1.1"),
    ("AAR", [NOT_STARTED, OK], ["A:-", "A:unreachable"], "1.1"),
    ("AAR", [NO_ROOM, OK], ["A:-", "A:limited"], "1.1"),
    ("AAR", [RAN, OK], ["A:-", "R:failed"], "1.2"),
    ("AAAD", [NOT_STARTED, RAN, OK], ["A:-", "A:unreachable", "D:failed"], "1.3"),
    ("AAA", [RAN], ["A:-"], FAILED),
    ("ARD", [RAN, NO_ROOM, OK], ["A:-", "R:failed", "D:limited"], "1.2"),
    ("AR", [NO_ROOM, NO_ROOM], ["A:-", "R:limited"], None),
    ("AR", [NO_ROOM, NotDone(DOWN)], ["A:-", "R:limited"], DOWN),
    ("AR", [RAN, NotDone(DOWN)], ["A:-", "R:failed"], FAILED),
    ("RR", [UNSURE], ["R:-"], FAILED),
    ("A", [WORDLESS], ["A:-"], WORDLESS.reason),
    ("AAR", [WORDLESS, NOT_STARTED, NO_ROOM], ["A:-", "A:empty-message", "R:unreachable"], DOWN),
    ("AAR", [WORDLESS, WORDLESS, BLANK], ["A:-", "A:empty-message", "R:empty-message"], WORDLESS.reason),
    ("ARR", [NOT_STARTED, BLANK, OK], ["A:-", "R:unreachable", "R:unreachable"], "1.2"),
    ("AR", [NO_ROOM, BLANK], ["A:-", "R:limited"], None),
    ("R", [BLANK], ["R:-"], BLANK.reason),
    ("RRR", [NO_ROOM, NotDone(DOWN), OK], ["R:-", "R:limited", "R:unreachable"], "1.2"),
]


def _chain(kinds):
    def make(kind, position, alternatives=()):
        given = {"rule": "r", "position": position, "alternatives": alternatives}
        if kind == "A":
            return AgentStep(agent=f"agent{position}", timeout=1.0, session="sender", **given)
        return ReplyStep(template="x", **given) if kind == "R" else DropStep(**given)

    others = tuple(make(kind, f"1.{number}") for number, kind in enumerate(kinds[1:], start=1))
    return make(kinds[0], "1", others)


class _Script:
    def __init__(self, results):
        self.results = list(results)
        self.tried = []

    async def perform(self, step, failure):
        self.tried.append(f"{type(step).__name__[0]}:{failure.key.partition('.')[2] if failure else '-'}")
        return self.results.pop(0)


@pytest.mark.parametrize(("scope", "heard"), [("step", False), ("sender", True), ("conversation", True)])
async def test_a_guard_for_the_sender_says_that_they_have_heard_it(scope, heard):
    """A reply that has no room is one that the sender read already only if its guard counts for them."""
    step = ReplyStep(rule="r", position="1.1", template="x", guard=Guard(1, 60.0, scope))
    chain = AgentStep(agent="a", timeout=1.0, session="sender", rule="r", position="1", alternatives=(step,))
    result = await follow(chain, _Script([NOT_STARTED, NO_ROOM]))
    assert result == Exhausted(DOWN, heard=heard)


@pytest.mark.parametrize(("kinds", "results", "tried", "end"), CASES)
async def test_a_chain_ends_at_its_first_performed_entry(kinds, results, tried, end):
    """Entries are tried in order with the failure before them; agents are passed over while one may be at work."""
    script = _Script(results)
    result = await follow(_chain(kinds), script)
    assert script.tried == tried
    assert script.results == []
    if isinstance(end, str):
        assert isinstance(result, Done)
        assert result.step.position == end
        assert result.dropped == isinstance(result.step, DropStep)
    else:
        assert isinstance(result, Exhausted)
        assert result.reason == end
