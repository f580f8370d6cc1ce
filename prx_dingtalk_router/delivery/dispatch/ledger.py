"""The record of one message while it is carried out: what is known of it, and the one way to change that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.dispatch.journal_condition import JournalCondition
from prx_dingtalk_router.delivery.journal import Change, Entry, Journal, StepChanged, TurnChanged
from prx_dingtalk_router.delivery.journal.changes import changed

Following = Callable[[Entry], tuple[Change, ...]]
"""What follows from changes at once, and is kept with them."""


def _nothing(_: Entry) -> tuple[Change, ...]:
    return ()


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
        self.entry = entry

    async def apply(self, *changes: Change, following: Following = _nothing) -> bool:
        """Keep changes, all or none; whoever gives up waiting does not take them back.

        Args:
            *changes: in order.
            following: given the entry as it will be, more changes for the same transaction.

        Returns:
            False, and nothing is kept, if one of them needs room and there is none.

        Raises:
            JournalError: they cannot be kept.
        """
        return await asyncio.shield(asyncio.ensure_future(self._apply(changes, following)))

    async def _apply(self, changes: tuple[Change, ...], following: Following) -> bool:
        async with self._lock:
            dated = tuple(self._dated(change) for change in changes)
            whole = (*dated, *following(changed(self.entry, dated)))
            after = await self._condition.outlast(lambda: self._keep(whole))
            if after is None:
                return False
            self.entry = after
            return True

    def _dated(self, change: Change) -> Change:
        """The change with the moment at which it is kept, for people who ask later."""
        now = self._clock.now_ms()
        match change:
            case StepChanged(step, record):
                before = self.entry.steps.get(step)
                begun = now if before is None else before.begun_at_ms
                return StepChanged(step, replace(record, begun_at_ms=begun, at_ms=now))
            case TurnChanged(turn):
                return TurnChanged(replace(turn, at_ms=now))
        return change

    async def _keep(self, changes: tuple[Change, ...]) -> Entry | None:
        return await self._journal.apply(self.entry, changes)
