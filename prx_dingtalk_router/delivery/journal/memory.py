"""A journal in memory: for ``run --sandbox``, tests, and rules that may be lost with the process."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery.journal.entry import (
    FINISHED,
    STATES,
    Entry,
    EntryKey,
    Generation,
    GuardKey,
    Lane,
    Person,
    State,
    StepRecord,
    StepRef,
    Stored,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.lanes import Lanes
from prx_dingtalk_router.delivery.journal.windows import Windows

DEFAULT_RETENTION = 7 * 86400.0


@dataclass(frozen=True, slots=True, order=True)
class _Forget:
    """One ``forget``: by which entry, and its number among all of the conversation."""

    arrival: int
    number: int
    key: EntryKey
    step: StepRef


class MemoryJournal:
    """Keeps everything in this process; finished entries for ``retention`` seconds. See ``Journal`` for the methods."""

    durable = False

    def __init__(self, retention: float = DEFAULT_RETENTION) -> None:
        self._retention_ms = retention * 1000
        self._entries: dict[EntryKey, Entry] = {}
        self._arrivals = 0
        self._lanes = Lanes()
        self._windows = Windows()
        self._forgets: dict[Person, list[_Forget]] = {}
        self._conversations: Counter[tuple[str, str]] = Counter()

    async def store(self, decision: Decision, callback: str, now_ms: int) -> Stored:
        """Keep a decision once per (robot, message id)."""
        return self._add(decision, callback, now_ms, "queued", None)

    async def bury(self, decision: Decision, callback: str, reason: Text, now_ms: int) -> Stored:
        """Keep a message as dead at once."""
        return self._add(decision, callback, now_ms, "dead", reason)

    async def get(self, key: EntryKey) -> Entry | None:
        """The entry as it stands."""
        return self._entries.get(key)

    async def unfinished(self) -> Sequence[Entry]:
        """All entries that have not ended, by arrival; empties the lanes."""
        self._lanes.clear()
        return [entry for entry in self._entries.values() if entry.state not in FINISHED]

    async def record_step(self, key: EntryKey, step: StepRef, record: StepRecord) -> None:
        """How far one step is."""
        entry = self._entries[key]
        steps = MappingProxyType({**entry.steps, step: record})
        self._entries[key] = replace(entry, state="running", steps=steps)

    async def record_turn(self, key: EntryKey, turn: TurnRecord) -> None:
        """The ledger's row of a turn."""
        entry = self._entries[key]
        others = (old for old in entry.turns if (old.step, old.attempt) != (turn.step, turn.attempt))
        self._entries[key] = replace(entry, state="running", turns=(*others, turn))

    async def finish(self, key: EntryKey, state: State, reason: Text | str | None, now_ms: int) -> None:
        """End an entry."""
        entry = self._entries[key]
        turns = entry.turns if state == "dead" else tuple(turn.outlined() for turn in entry.turns)
        self._entries[key] = replace(entry, state=state, reason=reason, finished_at_ms=now_ms, turns=turns)

    async def revive(self, key: EntryKey) -> Entry | None:
        """Queue a dead entry again."""
        entry = self._entries.get(key)
        if entry is None or entry.state != "dead":
            return None
        kept = {
            step: replace(record, state="sending", failure=None) if record.state == "failed" else record
            for step, record in entry.steps.items()
            if record.state in ("performed", "sending") or record.parts
        }
        revived = replace(
            entry,
            state="queued",
            reason=None,
            finished_at_ms=None,
            lane=None,
            steps=MappingProxyType(kept),
            turns=tuple(
                turn if turn.state == "answered" else replace(turn, state="superseded")
                for turn in entry.turns
            ),
        )
        self._entries[key] = revived
        return revived

    async def give_up(self, key: EntryKey, now_ms: int) -> bool:
        """End a dead entry as dropped."""
        entry = self._entries.get(key)
        if entry is None or entry.state != "dead":
            return False
        await self.finish(key, "dropped", "discarded", now_ms)
        return True

    async def dead(self) -> Sequence[Entry]:
        """The dead entries, by arrival."""
        return [entry for entry in self._entries.values() if entry.state == "dead"]

    async def counts(self) -> Mapping[State, int]:
        """How many entries are in each state."""
        counted = Counter(entry.state for entry in self._entries.values())
        return {state: counted[state] for state in STATES}

    async def enter(
        self, lane: Lane, key: EntryKey, waiting: int | None, *, dispatched: bool = False
    ) -> bool:
        """Give an entry its place in a lane."""
        entry = self._entries[key]
        if not self._lanes.enter(lane, key, entry.order, waiting, dispatched=dispatched):
            return False
        self._entries[key] = replace(entry, lane=lane)
        return True

    async def await_turn(self, lane: Lane, key: EntryKey) -> None:
        """Wait for an entry's turn in its lane."""
        await self._lanes.await_turn(lane, key)

    async def leave(self, lane: Lane, key: EntryKey) -> None:
        """Give up the place."""
        self._lanes.leave(lane, key)

    async def take(self, guard: GuardKey, key: EntryKey, count: int, per: float, now_ms: int) -> bool:
        """Count a step against its guard, if there is room."""
        return self._windows.take(guard, key, count, per, now_ms)

    async def release(self, guard: GuardKey, key: EntryKey) -> None:
        """Take back a count."""
        self._windows.release(guard, key)

    async def forget(self, person: Person, key: EntryKey, step: StepRef) -> Generation:
        """Begin a new generation of a person's sessions."""
        made = self._forgets.setdefault(person, [])
        arrival = self._entries[key].arrival
        if not any((forget.key, forget.step) == (key, step) for forget in made):
            where = (person.robot, person.conversation)
            self._conversations[where] += 1
            bisect.insort(made, _Forget(arrival, self._conversations[where], key, step))
        return await self.generation(person, arrival)

    async def generation(self, person: Person, arrival: int) -> Generation:
        """The generation of a person's sessions that an entry sees."""
        seen = [forget for forget in self._forgets.get(person, ()) if forget.arrival <= arrival]
        return Generation(len(seen), seen[-1].number if seen else 0)

    async def close(self) -> None:
        """Nothing is held open."""

    def _add(
        self, decision: Decision, callback: str, now_ms: int, state: State, reason: Text | None
    ) -> Stored:
        self._evict(now_ms)
        key = EntryKey(decision.message.robot, decision.message.msg_id)
        known = self._entries.get(key)
        if known is not None:
            return Stored(known, new=False)
        self._arrivals += 1
        entry = Entry(
            key,
            decision,
            self._arrivals,
            now_ms,
            state,
            reason,
            callback=callback,
            finished_at_ms=now_ms if state in FINISHED else None,
        )
        self._entries[key] = entry
        return Stored(entry, new=True)

    def _evict(self, now_ms: int) -> None:
        """Drop what ended before the retention; entries are in order of arrival, so the oldest are looked at first."""
        horizon = now_ms - self._retention_ms
        old: list[EntryKey] = []
        for key, entry in self._entries.items():
            if entry.stored_at_ms > horizon:
                break
            if entry.finished_at_ms is not None and entry.finished_at_ms <= horizon:
                old.append(key)
        for key in old:
            del self._entries[key]
