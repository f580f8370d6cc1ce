"""Brings what a ledger counts to the journal, written behind: a call never waits for the disk, nor costs a commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.dingtalk.call_ledger import CallLedger
from prx_dingtalk_router.delivery.journal import CallDay, Journal
from prx_dingtalk_router.delivery.journal.call_days import KEPT_DAYS
from prx_dingtalk_router.errors import JournalError

KEEP_SECONDS = 1.0

_Key = tuple[str, str, str]


class CallKeeping:
    """Keeps the counts of a ledger, about once a second while something is counted.

    Today is kept with a little more than was counted, as much as came in the last second. So a process that is killed leaves a
    count that is too high by no more than that, rather than too low: progress stops a little earlier, and never too late. Only
    where calls grow suddenly, what came within the last second can be missing.

    Args:
        ledger: counts.
        journal: claimed.
        clock: waits.
    """

    def __init__(self, ledger: CallLedger, journal: Journal, clock: Clock) -> None:
        self._ledger = ledger
        self._journal = journal
        self._clock = clock
        self._kept: dict[_Key, CallDay] = {}
        self._looked: dict[_Key, int] = {}
        self._changes = -1

    async def load(self) -> None:
        """Go on from what is kept; before anything is counted.

        Raises:
            JournalError: it cannot be read.
        """
        since = date.fromisoformat(self._ledger.today) - timedelta(days=KEPT_DAYS)
        days = await self._journal.call_days(since.isoformat())
        self._ledger.restore(days)
        self._kept = {_key(each): each for each in days}
        self._looked = {_key(each): each.calls for each in days}

    async def run(self) -> None:
        """Keep what is counted, until cancelled; while the journal takes nothing, what is counted waits."""
        while True:
            await self._clock.sleep(KEEP_SECONDS)
            await self.keep()

    async def keep(self, *, exactly: bool = False) -> None:
        """Keep what has changed.

        Args:
            exactly: nothing more than was counted, as at the end of a process.
        """
        today = self._ledger.today
        changes = self._ledger.changes
        if changes == self._changes and not exactly:
            return
        due = self._due(today, exactly)
        if due:
            try:
                await self._journal.keep_calls(due)
            except JournalError:
                return  # whoever keeps the claim notices; the next time everything is asked about again
            self._kept |= {_key(each): each for each in due}
        self._changes = changes

    def _due(self, today: str, exactly: bool) -> Sequence[CallDay]:
        due: list[CallDay] = []
        for each in self._ledger.days():
            key = _key(each)
            kept = self._kept.get(key)
            ahead = 0
            if each.day == today and not exactly:
                ahead = max(1, each.calls - self._looked.get(key, 0))
                self._looked[key] = each.calls
            if (
                kept is None
                or kept.alerted != each.alerted
                or (each.calls > kept.calls if ahead else each.calls != kept.calls)
            ):
                due.append(replace(each, calls=each.calls + ahead))
        return due


def _key(day: CallDay) -> _Key:
    return day.robot, day.day, day.meter
