"""The journal as delivery uses it. SQLite, memory and a replicated log fit behind the same calls."""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Mapping, Sequence
from typing import Protocol

from prx_dingtalk_router.delivery.journal.call_days import CallDay
from prx_dingtalk_router.delivery.journal.changes import Change
from prx_dingtalk_router.delivery.journal.entry import (
    Entry,
    EntryKey,
    Generation,
    NewEntry,
    Person,
    Stored,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.reaction_mark import ReactionMark
from prx_dingtalk_router.delivery.journal.sent_words import SentWords
from prx_dingtalk_router.delivery.journal.states import EntryState

PAGE = 500
"""How many entries one call gives at most, unless asked for fewer."""


class Journal(Protocol):
    """Decisions and how far each is carried out (interfaces.md section 5).

    What an implementation guarantees, whatever it stands on:

    - *Kept.* A method returns once what it says is kept for good, so a caller may act on it, acknowledge a frame for one. It
      raises JournalError when that cannot be said; then the caller acts as if nothing were kept, and is not harmed if it is.
      JournalUnavailable says that surely nothing is kept, and that the same call may succeed later; any other that this process
      cannot go on.
    - *Once.* Of any number of ``store`` calls for one key, at any time within the retention and from any router, exactly one
      finds it new.
    - *Whole.* The changes of one ``apply`` are kept all or not at all, the counts of ``at most`` with the steps they count.
    - *Fenced.* ``apply`` is refused unless the entry still has the revision that the caller saw. So a router that lost its
      claim without noticing cannot record anything about a message that another one goes on with.
    - *Ordered.* Arrival numbers only grow. Calls for one entry take effect in the order in which they were made.
    - *Claimed.* Between ``claim`` and the loss of it, which ``heartbeat`` tells, no other router goes on with the entries that
      ``unfinished`` gives, nor stores what belongs to the same sessions.

    What lives in one process only is not in here: places in the queue of a session, tasks, timers. ``unfinished`` is enough to
    make them anew.

    A replicated log fits so (NATS JetStream): a subject for each message; ``store`` publishes with the expected last sequence 0,
    or ``Nats-Msg-Id``; ``apply`` appends an atomic batch with the expected sequence as revision; ``claim`` is a pinned consumer
    of the partitions, which are hashes of agent and session, and ``heartbeat`` its renewal; windows are keys changed by
    compare-and-set, retried while another router was faster; ``unfinished`` is what the partition's consumer has not settled.
    """

    @property
    def durable(self) -> bool:
        """Whether what is kept outlasts this process."""

    @property
    def last_arrival(self) -> int:
        """The arrival number of the last message that was stored, or is being stored; 0 before the first. Told at once."""

    async def claim(self) -> None:
        """Take the journal, or this router's share of it, before anything else is asked of it.

        Raises:
            JournalError: another router holds it (the sentence names it), or it cannot be used.
        """

    async def heartbeat(self) -> None:
        """Say that the holder lives, and find out whether anything can be kept; called every few seconds.

        Raises:
            JournalUnavailable: nothing can be kept now.
            JournalError: the claim is lost, or the journal cannot be used any more.
        """

    async def store(self, batch: Sequence[NewEntry], now_ms: int) -> Sequence[Stored]:
        """Keep messages with their decisions, each once per (robot, message id); frames are acknowledged after this.

        Args:
            batch: in the order in which they came; they get growing arrival numbers.
            now_ms: Unix time in milliseconds.

        Returns:
            What became of each, in the same order; of two with one key the second is known.
        """

    def apply(self, entry: Entry, changes: Sequence[Change]) -> Awaitable[Entry | None]:
        """Keep changes of one entry as one transaction.

        What is awaited may be a future: then it is asked for at once, and nobody takes it back by not waiting for it.

        Args:
            entry: as the caller knows it; its revision is the one expected.
            changes: at least one, in order; at most one ``RoomTaken``.

        Returns:
            The entry after them; None, and nothing is kept, if a ``RoomTaken`` among them finds no room.

        Raises:
            JournalError: besides the usual, the entry has another revision, or its state does not allow a change.
        """

    async def get(self, key: EntryKey) -> Entry | None:
        """The entry as it stands; None for one never stored, or beyond the retention."""

    async def carried_by(self, key: EntryKey) -> Sequence[Entry]:
        """The entries of the same robot that ended as told to their agent together with a message, by arrival."""

    async def unfinished(
        self, after: int = 0, limit: int = PAGE, *, at_work: bool = False
    ) -> Sequence[Entry]:
        """Entries that are neither done nor dropped nor dead and arrived after ``after``, by arrival.

        Args:
            after: the arrival of the last one seen.
            limit: how many at most.
            at_work: only those that have a turn in flight.
        """

    async def between(
        self, since_ms: int, until_ms: int, after: int = 0, limit: int = PAGE, *, sender: str | None = None
    ) -> Sequence[Entry]:
        """Entries stored from ``since_ms`` to before ``until_ms`` that arrived after ``after``, by arrival.

        Args:
            since_ms: Unix time in milliseconds.
            until_ms: Unix time in milliseconds.
            after: the arrival of the last one seen.
            limit: how many at most.
            sender: only of this person (``Message.sender_key``).
        """

    async def dead(self, after: int = 0, limit: int = PAGE) -> Sequence[Entry]:
        """The dead entries that arrived after ``after``, by arrival."""

    async def jobs_taken(self, job_ids: Collection[str]) -> frozenset[str]:
        """Which of these jobs belong to turns that are kept, whatever became of the turns."""

    async def jobless(self, arrival: int, turn: TurnRecord) -> Sequence[TurnRecord]:
        """The turns before one in its session that may have begun, and whose job was never named.

        Those whose job no daemon can remember any more may be left out.

        Args:
            arrival: of the message whose turn it is.
            turn: as it is kept; the session's turns are one at a time.
        """

    async def mark_reaction(self, mark: ReactionMark) -> None:
        """Keep that a message may carry a reaction, in place of what was kept of that before."""

    async def unmark_reaction(self, key: EntryKey) -> None:
        """Keep that a message carries no reaction; one that was not marked is no mistake."""

    async def reactions(self, limit: int = PAGE) -> Sequence[ReactionMark]:
        """The marks of messages that may carry a reaction, the oldest first; they outlive their messages."""

    async def counts(self) -> Mapping[EntryState, int]:
        """How many entries are in each state."""

    async def keep_calls(self, days: Sequence[CallDay]) -> None:
        """Keep the calls of days, in place of what was kept of them; an alert is never taken back."""

    async def call_days(self, since: str) -> Sequence[CallDay]:
        """The calls of the days from ``since`` on, as ``2026-11-29``, the earliest first.

        Days that are older than ``KEPT_DAYS`` may be gone.
        """

    async def keep_sent(self, posts: Sequence[SentWords]) -> None:
        """Keep what the robot said, for the retention."""

    async def sent_as(self, robot: str, process_query_key: str) -> SentWords | None:
        """The post that the robot API calls so."""

    async def sent_near(self, robot: str, conversation: str, at_ms: int, within_ms: int) -> SentWords | None:
        """The post to a conversation that was made nearest to a time, not further from it than ``within_ms``."""

    def generation(self, person: Person, arrival: int) -> Generation:
        """The generation of a person's sessions that an entry sees: only what arrived no later than it counts.

        So a message is never put into a conversation that was begun after it, whenever its agent is asked. It is told at once,
        by what ``claim`` found and ``apply`` kept since.
        """

    async def close(self) -> None:
        """Let go of the claim and of what is held open; nothing else may be asked afterwards."""
