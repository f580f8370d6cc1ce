"""From an entry of the journal to what became of its message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import AgentStep, Decision, ReplyStep
from prx_dingtalk_router.delivery.journal import Entry, EntryKey, Lane, StepRecord, StepRef, TurnRecord
from prx_dingtalk_router.diagnosis.account import Ahead, account_of
from prx_dingtalk_router.message import Message

ASK = AgentStep(
    rule="vpn",
    position="1",
    agent="helpdesk",
    timeout=60.0,
    session="sender",
    alternatives=(ReplyStep(rule="vpn", position="1.1", template="稍后"),),
)
REPLY = ReplyStep(rule="vpn", position="2", template="收到")
REF, ELSE, SECOND = StepRef("vpn", "1"), StepRef("vpn", "1.1"), StepRef("vpn", "2")


def turn(state: str, **fields: Any) -> TurnRecord:
    """A turn of the first step."""
    return TurnRecord(REF, Lane("helpdesk", "s"), "k", b"", 1000, state=state, at_ms=3000, **fields)  # type: ignore[arg-type]


@pytest.fixture
def entry(message: Callable[..., Message]) -> Callable[..., Entry]:
    """Makes an entry with the two steps."""

    def made(msg_id: str = "m", arrival: int = 1, sender: str = "u1001", **fields: Any) -> Entry:
        said = message(msg_id=msg_id, sender=sender)
        decision = Decision(said, "sha256:0", "vpn", steps=(ASK, REPLY))
        return Entry(EntryKey("bot", msg_id), decision, arrival, 500, **fields)

    return made


@pytest.mark.parametrize(
    ("record", "turns", "fate"),
    [
        (None, (), "waiting"),
        (None, (turn("accepted"),), "asking"),
        (None, (turn("answered"),), "sending"),
        (StepRecord("sending"), (), "waiting"),
        (StepRecord("sending"), (turn("superseded"),), "waiting"),
        (StepRecord("sending"), (turn("prepared"),), "asking"),
        (StepRecord("sending"), (turn("accepted"),), "asking"),
        (StepRecord("sending"), (turn("answered"),), "sending"),
        (StepRecord("sending", 1, due_at_ms=9000), (turn("answered"),), "held-back"),
        (StepRecord("performed"), (turn("answered"),), "performed"),
        (StepRecord("refused"), (), "limited"),
        (StepRecord("failed", failure=text("delivery.failed")), (turn("failed"),), "failed"),
    ],
)
def test_an_agent_step_has_the_fate_that_its_record_and_its_turn_tell(
    entry: Callable[..., Entry], record: StepRecord | None, turns: tuple[TurnRecord, ...], fate: str
) -> None:
    """What comes after it is not begun, and its alternative is not needed as long as nothing else is known."""
    account = account_of(entry(state="running", steps={REF: record} if record else {}, turns=turns))
    first, second = account.steps
    assert (first.fate, second.fate, first.alternatives[0].fate) == (fate, "next", "skipped")


@pytest.mark.parametrize("state", ["done", "dropped", "dead"])
def test_what_was_not_reached_is_skipped(entry: Callable[..., Entry], state: str) -> None:
    """Also a step that was begun and never ended, as when its sender asked to stop."""
    account = account_of(entry(state=state, steps={REF: StepRecord("sending")}))
    assert [each.fate for each in account.steps] == ["skipped", "skipped"]


def test_times_tell_when_a_step_began_ended_and_how_long_it_may_take(entry: Callable[..., Entry]) -> None:
    """An end is told of what has ended only; of what waits, until when; what the journal has no time of has none."""
    steps = {
        REF: StepRecord("sending", begun_at_ms=900, at_ms=950),
        SECOND: StepRecord("performed", route="api", begun_at_ms=100, at_ms=200),
    }
    at_work = account_of(entry(state="running", steps=steps, turns=(turn("accepted", sent_at_ms=1500),)))
    asked, replied = at_work.steps
    assert (asked.begun_at_ms, asked.ended_at_ms, asked.until_ms) == (900, None, 61_000)
    assert (asked.attempts[0].ended_at_ms, asked.attempts[0].sent_at_ms) == (None, 1500)
    assert (replied.begun_at_ms, replied.ended_at_ms, replied.route) == (100, 200, "api")
    old = account_of(entry(state="done", steps={SECOND: StepRecord("performed")}))
    assert (old.steps[1].begun_at_ms, old.steps[1].ended_at_ms) == (None, None)


def test_each_attempt_is_told(entry: Callable[..., Entry]) -> None:
    """In order, with the end of those that have ended."""
    turns = (turn("unknown", failure=text("delivery.failed")), turn("accepted", attempt=2))
    account = account_of(entry(state="running", steps={REF: StepRecord("sending")}, turns=turns))
    first, second = account.steps[0].attempts
    assert (first.number, first.state, first.ended_at_ms, first.until_ms) == (1, "unknown", 3000, None)
    assert (second.number, second.ended_at_ms, second.until_ms) == (2, None, 61_000)


def test_that_the_sender_was_told_is_known(entry: Callable[..., Entry]) -> None:
    """Once it was said, and not while it is being said."""
    told = StepRef("vpn", "failed")
    said = account_of(entry(state="dead", steps={told: StepRecord("performed", at_ms=7000)}))
    saying = account_of(entry(state="running", steps={told: StepRecord("sending", at_ms=7000)}))
    assert (said.told_at_ms, saying.told_at_ms) == (7000, None)


def test_what_would_speak_waits_while_its_conversation_is_held_back(entry: Callable[..., Entry]) -> None:
    """Whichever message found that it takes nothing now: the next of the others there waits, too, and until then."""
    finder = entry("a", 1, state="running", steps={SECOND: StepRecord("sending", due_at_ms=9000)})
    answered = entry("b", 2, state="running", turns=(turn("answered"),))
    at_work = entry("c", 3, state="running", turns=(turn("accepted"),))
    ahead = Ahead([finder, answered, at_work])
    first, second = account_of(answered, ahead).steps
    assert (first.fate, first.until_ms, second.fate) == ("held-back", 9000, "next")
    assert [each.fate for each in account_of(at_work, ahead).steps] == ["asking", "next"]


def test_who_comes_first_is_counted_by_session(entry: Callable[..., Entry]) -> None:
    """Earlier messages of the same person count; those of others, later ones and steps that are not waiting do not."""
    mine = entry("c", 3)
    ahead = Ahead([entry("a", 1), entry("b", 2), mine, entry("d", 4), entry("x", 1, sender="u1002")])
    assert account_of(mine, ahead).steps[0].behind == 2
    at_work = entry("c", 3, state="running", steps={REF: StepRecord("sending")}, turns=(turn("sent"),))
    assert account_of(at_work, ahead).steps[0].behind == 0
