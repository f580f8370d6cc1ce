"""Which entry of a chain is tried (language.md section 7), as a table."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import AgentStep, DropStep, Guard, ReplyStep
from prx_dingtalk_router.delivery.dispatch.chains import Exhausted, Next, Performed, follow
from prx_dingtalk_router.delivery.journal import StepRecord, StepRef

DOWN = text("delivery.unreachable")
FAILED = text("delivery.failed")

UNSURE = text("delivery.reply-unknown")
WORDLESS = text("delivery.empty-message")
BLANK = text("templates.empty-message")


class _NotDone:
    """A failed step; ``at_work``: it may have left its agent at work."""

    def __init__(self, reason, *, at_work=False):
        self.record = StepRecord("failed", failure=reason)
        self.at_work = at_work


class _Ended:
    def __init__(self, state):
        self.record = StepRecord(state)
        self.at_work = False


OK, NO_ROOM = _Ended("performed"), _Ended("refused")
NOT_STARTED = _NotDone(DOWN)
RAN = _NotDone(FAILED, at_work=True)

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
    ("ARAD", [RAN, NOT_STARTED, OK], ["A:-", "R:failed", "D:unreachable"], "1.3"),
    ("AR", [NO_ROOM, NO_ROOM], ["A:-", "R:limited"], None),
    ("AR", [NO_ROOM, NOT_STARTED], ["A:-", "R:limited"], DOWN),
    ("AR", [RAN, NOT_STARTED], ["A:-", "R:failed"], FAILED),
    ("RR", [_NotDone(UNSURE)], ["R:-"], UNSURE),
    ("A", [_NotDone(WORDLESS)], ["A:-"], WORDLESS),
    ("AAR", [_NotDone(WORDLESS), NOT_STARTED, NO_ROOM], ["A:-", "A:empty-message", "R:unreachable"], DOWN),
    (
        "AAR",
        [_NotDone(WORDLESS), _NotDone(WORDLESS), _NotDone(BLANK)],
        ["A:-", "A:empty-message", "R:empty-message"],
        WORDLESS,
    ),
    ("ARR", [NOT_STARTED, _NotDone(BLANK), OK], ["A:-", "R:unreachable", "R:unreachable"], "1.2"),
    ("AR", [NO_ROOM, _NotDone(BLANK)], ["A:-", "R:limited"], None),
    ("R", [_NotDone(BLANK)], ["R:-"], BLANK),
    ("RRR", [NO_ROOM, NOT_STARTED, OK], ["R:-", "R:limited", "R:unreachable"], "1.2"),
]


def _chain(kinds):
    def make(kind, position, alternatives=()):
        given = {"rule": "r", "position": position, "alternatives": alternatives}
        if kind == "A":
            return AgentStep(agent=f"agent{position}", timeout=1.0, session="sender", **given)
        return ReplyStep(template="x", **given) if kind == "R" else DropStep(**given)

    others = tuple(make(kind, f"1.{number}") for number, kind in enumerate(kinds[1:], start=1))
    return make(kinds[0], "1", others)


def _carried_out(chain, results):
    """What is tried, each with the failure before it, and what it comes to."""
    left, tried, records, at_work = list(results), [], {}, set()
    while isinstance(came := follow(chain, records.get, lambda step: StepRef.of(step) in at_work), Next):
        failure = came.failure.key.partition(".")[2] if came.failure else "-"
        tried.append(f"{type(came.step).__name__[0]}:{failure}")
        result, ref = left.pop(0), StepRef.of(came.step)
        records[ref] = result.record
        if result.at_work:
            at_work.add(ref)
    assert left == []
    return came, tried


@pytest.mark.parametrize(("scope", "heard"), [("step", False), ("sender", True), ("conversation", True)])
def test_a_guard_for_the_sender_says_that_they_have_heard_it(scope, heard):
    """A reply that has no room is one that the sender read already only if its guard counts for them."""
    step = ReplyStep(rule="r", position="1.1", template="x", guard=Guard(1, 60.0, scope))
    chain = AgentStep(agent="a", timeout=1.0, session="sender", rule="r", position="1", alternatives=(step,))
    result, _ = _carried_out(chain, [NOT_STARTED, NO_ROOM])
    assert result == Exhausted(DOWN, heard=heard)


@pytest.mark.parametrize(("kinds", "results", "tried", "end"), CASES)
def test_a_chain_ends_at_its_first_performed_entry(kinds, results, tried, end):
    """Entries are tried in order with the failure before them; agents are passed over while one may be at work."""
    result, came = _carried_out(_chain(kinds), results)
    assert came == tried
    if isinstance(end, str):
        assert isinstance(result, Performed)
        assert result.step.position == end
        assert result.dropped == isinstance(result.step, DropStep)
    else:
        assert isinstance(result, Exhausted)
        assert result.reason == end


def test_what_was_begun_is_gone_on_with():
    """A step that an earlier process began is the next one, with the failure before it."""
    chain = _chain("AR")
    records = {StepRef("r", "1"): NOT_STARTED.record, StepRef("r", "1.1"): StepRecord("sending", 1)}
    assert follow(chain, records.get, lambda _: False) == Next(chain.alternatives[0], DOWN)
