"""Which entry of a chain is tried (language.md section 7), as a table."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import AgentStep, DropStep, ReplyStep
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
