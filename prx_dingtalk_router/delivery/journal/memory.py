"""A journal in memory: for ``run --sandbox``, tests, and messages that may be lost with the process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice

from prx_dingtalk_router.delivery.journal.call_days import CallDay, CallDays
from prx_dingtalk_router.delivery.journal.callbacks import without_webhook
from prx_dingtalk_router.delivery.journal.changes import (
    Change,
    Forgotten,
    RoomReturned,
    RoomTaken,
    changed,
)
from prx_dingtalk_router.delivery.journal.entry import (
    NEVER_BEGAN,
    Entry,
    EntryKey,
    Generation,
    NewEntry,
    Person,
    Stored,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.forgets import Forgets
from prx_dingtalk_router.delivery.journal.port import PAGE
from prx_dingtalk_router.delivery.journal.reaction_mark import ReactionMark
from prx_dingtalk_router.delivery.journal.sent_words import SentWords, SentWordsInMemory
from prx_dingtalk_router.delivery.journal.sliding_window import Windows
from prx_dingtalk_router.delivery.journal.states import ENDED, STATES, EntryState
from prx_dingtalk_router.errors import JournalError

DEFAULT_RETENTION = 7 * 86400.0


class MemoryJournal:
    """Keeps everything in this process; what has ended for ``retention`` seconds. See ``Journal`` for the methods."""

    durable = False

    def __init__(self, retention: float = DEFAULT_RETENTION) -> None:
        self._retention_ms = retention * 1000
        self._entries: dict[EntryKey, Entry] = {}
        self._arrivals = 0
        self._windows = Windows()
        self._forgets = Forgets()
        self._calls = CallDays()
        self._reactions: dict[EntryKey, ReactionMark] = {}
        self._sent = SentWordsInMemory(self._retention_ms)

    @property
    def last_arrival(self) -> int:
        """The arrival number of the last message that was stored."""
        return self._arrivals

    async def claim(self) -> None:
        """Nobody else can have it."""

    async def heartbeat(self) -> None:
        """Nobody else can take it."""

    async def store(self, batch: Sequence[NewEntry], now_ms: int) -> Sequence[Stored]:
        """Keep messages, each once per (robot, message id)."""
        self._evict(now_ms)
        return [self._add(new, now_ms) for new in batch]

    async def apply(self, entry: Entry, changes: Sequence[Change]) -> Entry | None:
        """Keep changes of one entry."""
        kept = self._entries.get(entry.key)
        if kept is None or kept.revision != entry.revision:
            raise JournalError("delivery.journal-conflict", msg_id=entry.key.msg_id)
        after = changed(kept, changes)
        for change in changes:
            if isinstance(change, RoomTaken) and not self._windows.take(
                change.guard, entry.key, change.count, change.per, change.at_ms
            ):
                return None
        for change in changes:
            match change:
                case RoomReturned(guard):
                    self._windows.release(guard, entry.key)
                case Forgotten(person, step):
                    forget = self._forgets.next(person, entry.arrival, step)
                    if forget is not None:
                        self._forgets.add(person, forget)
        self._entries[entry.key] = after
        return after

    async def get(self, key: EntryKey) -> Entry | None:
        """The entry as it stands."""
        return self._entries.get(key)

    async def carried_by(self, key: EntryKey) -> Sequence[Entry]:
        """The entries that were told to their agent together with a message, by arrival."""
        return [
            entry
            for entry in self._entries.values()
            if entry.carrier == key.msg_id and entry.key.robot == key.robot
        ]

    async def unfinished(
        self, after: int = 0, limit: int = PAGE, *, at_work: bool = False
    ) -> Sequence[Entry]:
        """Entries that have not ended, by arrival."""
        return self._page(
            after, limit, lambda entry: entry.state not in ENDED and (entry.is_at_work or not at_work)
        )

    async def between(
        self, since_ms: int, until_ms: int, after: int = 0, limit: int = PAGE, *, sender: str | None = None
    ) -> Sequence[Entry]:
        """Entries stored in a time, by arrival."""
        return self._page(
            after,
            limit,
            lambda entry: (
                since_ms <= entry.stored_at_ms < until_ms
                and sender in (None, entry.decision.message.sender_key)
            ),
        )

    async def dead(self, after: int = 0, limit: int = PAGE) -> Sequence[Entry]:
        """The dead entries, by arrival."""
        return self._page(after, limit, lambda entry: entry.state == "dead")

    async def jobs_taken(self, job_ids: Collection[str]) -> frozenset[str]:
        """Which of these jobs belong to turns that are kept."""
        kept = {turn.job_id for entry in self._entries.values() for turn in entry.turns if turn.job_id}
        return frozenset(job_ids) & kept

    async def jobless(self, arrival: int, turn: TurnRecord) -> Sequence[TurnRecord]:
        """The turns before one in its session that may have begun, and whose job was never named."""
        mine = (arrival, turn.step, turn.attempt)
        return [
            other
            for entry in self._entries.values()
            for other in entry.turns
            if other.job_id is None
            and other.lane.session == turn.lane.session
            and other.state not in NEVER_BEGAN
            and (entry.arrival, other.step, other.attempt) != mine
        ]

    async def mark_reaction(self, mark: ReactionMark) -> None:
        """Keep that a message may carry a reaction."""
        self._reactions[mark.key] = mark

    async def unmark_reaction(self, key: EntryKey) -> None:
        """Keep that a message carries none."""
        self._reactions.pop(key, None)

    async def reactions(self, limit: int = PAGE) -> Sequence[ReactionMark]:
        """The marks, the oldest first."""
        return sorted(self._reactions.values(), key=lambda mark: (mark.at_ms, mark.key))[:limit]

    async def counts(self) -> Mapping[EntryState, int]:
        """How many entries are in each state."""
        counted = Counter(entry.state for entry in self._entries.values())
        return {state: counted[state] for state in STATES}

    async def keep_calls(self, days: Sequence[CallDay]) -> None:
        """Keep the calls of days."""
        self._calls.keep(days)

    async def call_days(self, since: str) -> Sequence[CallDay]:
        """The calls of the days from ``since`` on."""
        return self._calls.since(since)

    async def keep_sent(self, posts: Sequence[SentWords]) -> None:
        """Keep what the robot said."""
        self._sent.keep(posts)

    async def sent_as(self, robot: str, process_query_key: str) -> SentWords | None:
        """The post that the robot API calls so."""
        return self._sent.of_key(robot, process_query_key)

    async def sent_near(self, robot: str, conversation: str, at_ms: int, within_ms: int) -> SentWords | None:
        """The post to a conversation that was made nearest to a time."""
        return self._sent.near(robot, conversation, at_ms, within_ms)

    def generation(self, person: Person, arrival: int) -> Generation:
        """The generation of a person's sessions that an entry sees."""
        return self._forgets.generation(person, arrival)

    async def close(self) -> None:
        """Nothing is held open."""

    def _page(self, after: int, limit: int, wanted: Callable[[Entry], bool]) -> Sequence[Entry]:
        found: Iterator[Entry] = (
            entry for entry in self._entries.values() if entry.arrival > after and wanted(entry)
        )
        return list(islice(found, limit))

    def _add(self, new: NewEntry, now_ms: int) -> Stored:
        if new.key in self._entries:
            return Stored(new.key, None)
        self._arrivals += 1
        entry = Entry(
            new.key,
            new.decision,
            self._arrivals,
            now_ms,
            new.state,
            new.reason,
            callback=without_webhook(new.callback, new.decision.message.session_webhook),
            finished_at_ms=now_ms if new.state in ENDED else None,
        )
        self._entries[new.key] = entry
        return Stored(new.key, entry)

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
