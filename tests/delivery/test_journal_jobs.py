"""What a journal knows of the jobs of turns."""

from __future__ import annotations

from dataclasses import replace

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery.journal import (
    Ended,
    Identity,
    Lane,
    NewEntry,
    StepRef,
    TurnChanged,
    TurnRecord,
)
from prx_dingtalk_router.message import Message

LANE = Lane("desk", "s")
TURN = TurnRecord(
    StepRef("r", "1"), LANE, "k", b"{}", 7, state="accepted", job_id="j", daemon=Identity(1, 2.5, 9)
)


async def _stored(journal, msg_id="a"):
    message = Message(msg_id, "bot", "cid", group=False, sender="lin")
    (stored,) = await journal.store([NewEntry(Decision(message, "sha256:0", "r"), "{}")], 1)
    return stored.entry


async def test_it_tells_whose_jobs_are_taken(journal):
    """A job is its turn's also when the turn has ended, and after the message has."""
    entry = await _stored(journal)
    assert await journal.jobs_taken(["j", "x"]) == frozenset()
    after = await journal.apply(entry, [TurnChanged(TURN)])
    assert await journal.jobs_taken(["j", "x"]) == {"j"}
    await journal.apply(after, [TurnChanged(replace(TURN, state="answered")), Ended("done", None, 9)])
    assert await journal.jobs_taken(["j", "x"]) == {"j"}
    assert await journal.jobs_taken([]) == frozenset()


async def test_it_tells_which_turns_may_have_had_a_job_that_was_never_named(journal):
    """Those before a turn in its session that may have begun, and no others; also when their message has ended."""
    jobless = replace(TURN, job_id=None, state="answered")
    before = [
        jobless,
        replace(jobless, attempt=2, state="unknown", daemon=None),
        replace(jobless, attempt=3, state="prepared"),
        replace(jobless, attempt=4, state="not-started"),
        replace(jobless, attempt=5, lane=Lane("desk", "other")),
        replace(TURN, attempt=6),
    ]
    entry = await journal.apply(await _stored(journal), [TurnChanged(turn) for turn in before])
    await journal.apply(entry, [Ended("done", None, 9)])
    later = await _stored(journal, "later")
    mine = replace(TURN, job_id=None, state="sent")
    await journal.apply(later, [TurnChanged(mine)])
    found = await journal.jobless(later.arrival, mine)
    assert {(turn.attempt, turn.state, turn.daemon) for turn in found} == {
        (1, "answered", TURN.daemon),
        (2, "unknown", None),
    }
