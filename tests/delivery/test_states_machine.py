"""Any course of things, the same against every journal: what is kept is what was said, and no state but by the table."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from msgspec import structs

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import EntryKey, MemoryJournal, NewEntry, SqliteJournal
from prx_dingtalk_router.delivery.journal import (
    Discarded,
    Ended,
    GuardKey,
    Lane,
    Retried,
    RoomReturned,
    RoomTaken,
    StepChanged,
    StepRecord,
    StepRef,
    StopAsked,
    TurnChanged,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.states import STATES, TRANSITIONS
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.message import Message

FAILED = text("delivery.failed")
STEPS = st.sampled_from([StepRef("r", "1"), StepRef("r", "1.1"), StepRef("规则", "2")])
RECORDS = st.one_of(
    st.builds(
        StepRecord, st.sampled_from(["sending", "performed"]), st.integers(0, 3), posting=st.booleans()
    ),
    st.just(StepRecord("refused")),
    st.builds(StepRecord, st.just("failed"), st.integers(0, 3), st.just(FAILED)),
)
TURNS = st.builds(
    TurnRecord,
    STEPS,
    st.just(Lane("desk", "s")),
    st.text(max_size=3),
    st.binary(max_size=5),
    st.integers(0, 9),
    st.integers(1, 2),
    st.sampled_from(["prepared", "sent", "accepted", "answered", "failed"]),
    answer=st.none() | st.text(max_size=5),
)
PROGRESS = st.one_of(
    st.builds(StepChanged, STEPS, RECORDS),
    st.builds(TurnChanged, TURNS),
    st.builds(StopAsked, st.sampled_from(["cancelled", "replaced"])),
)
ENDS = st.sampled_from(
    [
        Ended("done", None, 5),
        Ended("done", None, 5, "m0"),
        Ended("dropped", "spam", 5),
        Ended("dead", FAILED, 5),
        Retried(),
        Discarded(6),
    ]
)
GUARD = GuardKey(StepRef("r", "1"), "lin")


class AtOne:
    """A clock that stands at the time of all that is stored here."""

    def now_ms(self):
        """Unix time in milliseconds."""
        return 1

    def monotonic(self):
        """Seconds since some moment."""
        return 0.0

    async def sleep(self, seconds):
        """Wait for ever."""
        await asyncio.Event().wait()


def happening(change):
    """What of the table a change is."""
    match change:
        case Ended(state):
            return state
        case Retried():
            return "retried"
        case Discarded():
            return "discarded"
        case _:
            return "progress"


@dataclass
class Known:
    """What the test knows of an entry."""

    entry: object
    state: str
    records: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)


class Course(RuleBasedStateMachine):
    """One journal, and what must be true of it."""

    kind = "memory"
    entries = Bundle("entries")

    def __init__(self):
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "j.db"
        self.journal = MemoryJournal() if self.kind == "memory" else SqliteJournal(self.path, clock=AtOne())
        self.do(self.journal.claim())
        self.known: dict[EntryKey, Known] = {}
        self.holders: set[EntryKey] = set()

    def do(self, work):
        """The result of something that waits."""
        return self.runner.run(work)

    async def _apply(self, entry, changes):
        return await self.journal.apply(entry, changes)

    def teardown(self):
        """Let go of the files."""
        self.do(self.journal.close())
        self.runner.close()
        self.folder.cleanup()

    @rule(
        target=entries,
        ids=st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3),
        state=st.sampled_from(["queued", "queued", "dropped", "dead"]),
    )
    def store(self, ids, state):
        """Each message once, whatever is stored with it."""
        reason = {"queued": None, "dropped": "spam", "dead": FAILED}[state]
        batch = [
            NewEntry(Decision(Message(each, "bot", "c", group=False), "", "r"), "{}", state, reason)
            for each in ids
        ]
        made = []
        for new, stored in zip(batch, self.do(self.journal.store(batch, 1)), strict=True):
            assert stored.new == (new.key not in self.known)
            if stored.entry is not None:
                self.known[new.key] = Known(stored.entry, state)
                made.append(new.key)
        return multiple(*made)

    @rule(key=entries, changes=st.lists(PROGRESS | ENDS, min_size=1, max_size=3))
    def apply(self, key, changes):
        """All changes or none, as the table of states says."""
        known = self.known[key]
        state = known.state
        for change in changes:
            state = TRANSITIONS[state].get(happening(change)) if state else None
        if state is None:
            with pytest.raises(JournalError):
                self.do(self._apply(known.entry, changes))
            return
        known.entry = self.do(self._apply(known.entry, changes))
        known.state = state
        for change in changes:
            self._note(known, change)

    def _note(self, known, change):
        match change:
            case StepChanged(step, record):
                known.records[step] = record
            case TurnChanged(turn):
                known.answers[turn.step, turn.attempt] = turn.answer
            case Ended("done" | "dropped") | Discarded():
                known.answers = dict.fromkeys(known.answers)
            case Retried():
                known.records = {
                    step: record
                    for step, record in known.records.items()
                    if record.state in ("performed", "sending") or record.parts
                }

    @rule(key=entries)
    def apply_to_an_old_revision(self, key):
        """Nothing that was seen before the last change can be changed."""
        seen = self.known[key].entry
        old = structs.replace(seen, state="queued", revision=seen.revision - 1)
        with pytest.raises(JournalError):
            self.do(self._apply(old, [StepChanged(StepRef("r", "1"), StepRecord("performed"))]))

    @rule(key=entries)
    def take_room(self, key):
        """Two steps have room at a time; who holds it already keeps it."""
        known = self.known[key]
        if "progress" not in TRANSITIONS[known.state]:
            return
        after = self.do(self._apply(known.entry, [RoomTaken(GUARD, 2, 60, 1_000)]))
        assert (after is not None) == (key in self.holders or len(self.holders) < 2)
        if after is not None:
            self.holders.add(key)
            known.entry, known.state = after, "running"

    @rule(key=entries)
    def return_room(self, key):
        """What was not performed does not count."""
        known = self.known[key]
        if "progress" in TRANSITIONS[known.state]:
            known.entry = self.do(self._apply(known.entry, [RoomReturned(GUARD)]))
            known.state = "running"
            self.holders.discard(key)

    @rule()
    def restart(self):
        """A durable journal is the same for the next process."""
        if self.journal.durable:
            self.do(self.journal.close())
            self.journal = SqliteJournal(self.path, clock=AtOne())
            self.do(self.journal.claim())

    @invariant()
    def everything_is_as_it_was_said(self):
        """Each entry, each list and each count."""
        for key, known in self.known.items():
            kept = self.do(self.journal.get(key))
            assert kept == known.entry
            assert kept.state == known.state
            assert set(kept.steps) == set(known.records)
            assert {(turn.step, turn.attempt): turn.answer for turn in kept.turns} == known.answers
        states = {key: known.state for key, known in self.known.items()}
        assert {e.key for e in self.do(self.journal.unfinished())} == {
            key for key, state in states.items() if state in ("queued", "running")
        }
        assert {e.key for e in self.do(self.journal.dead())} == {k for k, s in states.items() if s == "dead"}
        counted = Counter(states.values())
        assert self.do(self.journal.counts()) == {state: counted[state] for state in STATES}


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_any_course_of_things(kind):
    """Stored, changed, ended, retried, restarted in any order: kept as it was said, and only as the table allows."""
    machine = type("Course", (Course,), {"kind": kind})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60 if kind == "memory" else 30,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
