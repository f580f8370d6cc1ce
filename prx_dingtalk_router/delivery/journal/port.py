"""The journal as delivery uses it. SQLite, memory and a replicated log fit behind the same calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery.journal.entry import (
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


class Journal(Protocol):
    """Decisions and how far each is carried out (interfaces.md section 5).

    Every method returns once what it says is kept for good, so a caller may act on it. All raise JournalError when the
    journal cannot be used; then nothing is kept. Calls take effect, and return, in the order in which they were made:
    of two records of one step or turn the later one stands, also when whoever made the first no longer waits for it.

    Places in lanes, and who is at the agent, need not outlast the process; the lane of an entry (``Entry.lane``) does.
    """

    @property
    def durable(self) -> bool:
        """Whether what is kept outlasts this process."""

    async def store(self, decision: Decision, callback: str, now_ms: int) -> Stored:
        """Keep a decision once per (robot, message id); the frame is acknowledged after this.

        Args:
            decision: what will be carried out.
            callback: what it is about, as it came: JSON text, kept for ``export`` and ``replay --journal``.
            now_ms: Unix time in milliseconds.
        """

    async def bury(self, decision: Decision, callback: str, reason: Text, now_ms: int) -> Stored:
        """Keep a message as dead at once, because nothing could be decided about it."""

    async def get(self, key: EntryKey) -> Entry | None:
        """The entry as it stands; None for one never stored, or beyond the retention."""

    async def unfinished(self) -> Sequence[Entry]:
        """All entries that are neither done nor dropped nor dead, by arrival.

        Asked once at start. It also empties the queues of all lanes: who waited there is placed anew by the caller.
        """

    async def record_step(self, key: EntryKey, step: StepRef, record: StepRecord) -> None:
        """How far one step is; the entry is ``running`` from then on."""

    async def record_turn(self, key: EntryKey, turn: TurnRecord) -> None:
        """The ledger's row of a turn, by step and attempt."""

    async def finish(self, key: EntryKey, state: State, reason: Text | str | None, now_ms: int) -> None:
        """End an entry as ``done``, ``dropped`` or ``dead``.

        Of one that is not dead the bodies and answers of its turns are not kept: nothing is carried out any more.
        """

    async def revive(self, key: EntryKey) -> Entry | None:
        """Queue a dead entry again; None if it is not dead.

        What was performed stays done, parts that were sent stay sent (the step is ``sending``), answers are kept; other
        turns are ``superseded``, and the rest is tried anew, in a lane of its own choice.
        """

    async def give_up(self, key: EntryKey, now_ms: int) -> bool:
        """End a dead entry as ``dropped``; False, and nothing happens, if it is not dead (any more)."""

    async def dead(self) -> Sequence[Entry]:
        """The dead entries, by arrival."""

    async def counts(self) -> Mapping[State, int]:
        """How many entries are in each state."""

    async def enter(
        self, lane: Lane, key: EntryKey, waiting: int | None, *, dispatched: bool = False
    ) -> bool:
        """Give an entry its place in a lane, sorted by (``createAt``, arrival).

        Args:
            lane: agent and session; kept with the entry.
            key: who enters.
            waiting: how many may wait besides the one whose turn it is; None for any number.
            dispatched: it was at the agent already before a restart: nobody comes before it.

        Returns:
            False when as many as may are waiting; it has no place then.
        """

    async def await_turn(self, lane: Lane, key: EntryKey) -> None:
        """Wait until an entry with a place is first in its lane and nobody is at the agent, and send it there."""

    async def leave(self, lane: Lane, key: EntryKey) -> None:
        """Give up the place; the next of the lane follows. Nothing happens if it has none."""

    async def take(self, guard: GuardKey, key: EntryKey, count: int, per: float, now_ms: int) -> bool:
        """Count a step against its guard, if fewer than ``count`` were within the last ``per`` seconds.

        An entry that is counted already keeps its count and gets True.
        """

    async def release(self, guard: GuardKey, key: EntryKey) -> None:
        """Take back a count: the step was not performed."""

    async def forget(self, person: Person, key: EntryKey, step: StepRef) -> Generation:
        """Begin a new generation of a person's sessions, once per step of an entry."""

    async def generation(self, person: Person, arrival: int) -> Generation:
        """The generation of a person's sessions that an entry sees: only what arrived no later than it counts.

        So a message is never put into a conversation that was begun after it, whenever its agent is asked.
        """

    async def close(self) -> None:
        """Let go of what is held open."""
