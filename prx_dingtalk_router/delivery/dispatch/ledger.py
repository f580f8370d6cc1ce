"""The record of one message while it is carried out: what is known of it, and the one way to change that."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from msgspec import structs

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.dispatch.journal_condition import JournalCondition
from prx_dingtalk_router.delivery.journal import Change, Entry, Journal, StepChanged, TurnChanged, TurnRecord
from prx_dingtalk_router.delivery.journal.changes import changed
from prx_dingtalk_router.delivery.journal.states import ENDED
from prx_dingtalk_router.errors import JournalUnavailable

Following = Callable[[Entry], tuple[Change, ...]]
"""Changes that depend on what is kept, and are kept with what they depend on."""


class Ledger:
    """Keeps changes of one entry, one transaction after the other.

    Trouble of the journal that may pass is outlasted: whoever asks to keep something waits until it is kept, and meanwhile does
    not do what the record would say.

    Args:
        journal: where they are kept.
        condition: of the journal.
        clock: tells when something was kept.
        entry: as it was stored, or found at the last start.

    Attributes:
        entry: as it is kept now.
    """

    def __init__(self, journal: Journal, condition: JournalCondition, clock: Clock, entry: Entry) -> None:
        self._journal = journal
        self._condition = condition
        self._clock = clock
        self._lock = asyncio.Lock()
        self._under_way = 0
        self.entry = entry

    async def apply(self, *changes: Change, following: Following | None = None) -> bool:
        """Keep changes, all or none; whoever gives up waiting does not take them back.

        Args:
            *changes: in order.
            following: given the entry as it will be, more changes for the same transaction.

        Returns:
            False, and nothing is kept, if one of them needs room and there is none.

        Raises:
            JournalError: they cannot be kept.
        """
        return await self._shielded(lambda _: changes, following)

    async def apply_while(self, holds: Callable[[Entry], bool], *changes: Change) -> bool:
        """Keep changes of an entry to which something else may happen meanwhile.

        Args:
            holds: asked when it is the turn of these changes: whether they may still be made.
            *changes: in order.

        Returns:
            False, and nothing is kept, if they may not.

        Raises:
            JournalError: they cannot be kept.
        """
        return await self._shielded(lambda entry: changes if holds(entry) else (), None)

    async def change_turn(self, new: TurnRecord, **fields: Any) -> None:
        """Change fields of a turn's row, whatever else was kept of it meanwhile; nothing once its message has ended.

        Args:
            new: names the row by its step and attempt, and is what is changed if it was not kept before.
            **fields: of the row.

        Raises:
            JournalError: they cannot be kept.
        """

        def made(entry: Entry) -> tuple[Change, ...]:
            # Somebody else may ask for the turn to be stopped at the very moment at which all of it is over.
            return () if entry.state in ENDED else (TurnChanged(replace(row_of(entry, new), **fields)),)

        await self._shielded(made, None)

    async def _shielded(self, made: Following, following: Following | None) -> bool:
        if not self._under_way and self._condition.trouble is None:
            try:
                return await self._at_once(made, following)
            except JournalUnavailable:
                pass  # from now on it has to be outlasted
        self._under_way += 1
        return await asyncio.shield(asyncio.ensure_future(self._in_turn(made, following)))

    async def _at_once(self, made: Following, following: Following | None) -> bool:
        """Keep what nobody and nothing has to be waited for with, without a task of its own.

        Raises:
            JournalUnavailable: it cannot be kept now.
        """
        whole = self._whole(made, following)
        if not whole:
            return False
        kept = asyncio.ensure_future(self._keep(whole))
        self._under_way += 1
        await self._lock.acquire()  # nobody else has it or waits for it
        kept.add_done_callback(self._kept)
        return await asyncio.shield(kept) is not None

    def _kept(self, kept: asyncio.Future[Entry | None]) -> None:
        """Take up what is kept, whether or not somebody waits for it still."""
        self._under_way -= 1
        self._lock.release()
        if not kept.cancelled() and kept.exception() is None:
            self.entry = kept.result() or self.entry

    async def _in_turn(self, made: Following, following: Following | None) -> bool:
        try:
            async with self._lock:
                whole = self._whole(made, following)
                if not whole:
                    return False
                after = await self._condition.outlast(lambda: self._keep(whole))
                if after is None:
                    return False
                self.entry = after
                return True
        finally:
            self._under_way -= 1

    def _whole(self, made: Following, following: Following | None) -> tuple[Change, ...]:
        dated = tuple(self._dated(change) for change in made(self.entry))
        return dated if following is None else (*dated, *following(changed(self.entry, dated)))

    def _dated(self, change: Change) -> Change:
        """The change with the moment at which it is kept, for people who ask later."""
        now = self._clock.now_ms()
        match change:
            case StepChanged(step, record):
                before = self.entry.steps.get(step)
                begun = now if before is None else before.begun_at_ms
                return StepChanged(step, structs.replace(record, begun_at_ms=begun, at_ms=now))
            case TurnChanged(turn):
                return TurnChanged(replace(turn, at_ms=now))
        return change

    def _keep(self, changes: tuple[Change, ...]) -> Awaitable[Entry | None]:
        return self._journal.apply(self.entry, changes)


class LedgerRow:
    """The row of one turn, as ``prx.turn`` asks for it: what is kept of it has no second copy that could be older.

    Args:
        ledger: of the message.
        new: the row, which may not be kept yet.
    """

    def __init__(self, ledger: Ledger, new: TurnRecord) -> None:
        self._ledger = ledger
        self._new = new

    @property
    def record(self) -> TurnRecord:
        """The row as it is kept."""
        return row_of(self._ledger.entry, self._new)

    async def keep(self, **fields: Any) -> None:
        """Change fields of the row; returns once that is kept."""
        await self._ledger.change_turn(self._new, **fields)


def row_of(entry: Entry, new: TurnRecord) -> TurnRecord:
    """The row of a turn in an entry; ``new`` itself if it is not there yet."""
    mine = (new.step, new.attempt)
    return next((turn for turn in entry.turns if (turn.step, turn.attempt) == mine), new)
