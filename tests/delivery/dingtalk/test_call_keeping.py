"""What a ledger counts comes to the journal, behind it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.delivery import Budget, CallKeeping, CallLedger, MemoryJournal, Meter, SystemClock
from prx_dingtalk_router.delivery.dingtalk.call_ledger import ZONE
from prx_dingtalk_router.errors import JournalUnavailable

API = Meter.API
NOON_MS = round(datetime(2026, 11, 29, 12, tzinfo=ZONE).timestamp() * 1000)


class NoonClock(SystemClock):
    """A day that does not end, nor its month."""

    def now_ms(self) -> int:
        """Noon."""
        return NOON_MS


class CountingJournal(MemoryJournal):
    """Counts how often it is written to, and takes nothing while ``shut``."""

    writes = 0
    shut = False

    async def keep_calls(self, days):
        """Keep, or not."""
        if self.shut:
            raise JournalUnavailable("delivery.journal-locked", path="j")
        self.writes += 1
        await super().keep_calls(days)


@pytest.fixture
def journal():
    """A journal that is watched."""
    return CountingJournal()


@pytest.fixture
def began(journal, hand_clock):
    """Begins a process: its ledger and what keeps its counts."""
    hand_clock.ms = round(datetime(2026, 11, 29, 13, tzinfo=ZONE).timestamp() * 1000)
    return partial(_begin, journal, hand_clock)


async def _begin(journal, clock):
    ledger = CallLedger(Budget({API: 100}), clock, robot="bot")
    keeping = CallKeeping(ledger, journal, clock)
    await keeping.load()
    return ledger, keeping


async def test_a_process_that_ends_leaves_the_exact_count(began):
    """The next one goes on from it."""
    ledger, keeping = await began()
    ledger.made(API, 7)
    await keeping.keep()
    ledger.made(API, 3)
    ledger.uncounted(API)
    await keeping.keep(exactly=True)
    assert (await began())[0].used(API) == 9


async def test_a_process_that_is_killed_leaves_no_less_than_was_counted(began, journal):
    """As a rule up to a second's calls too many: progress stops earlier, never later."""
    ledger, keeping = await began()
    for calls in (5, 5, 4, 1, 0, 1):
        ledger.made(API, calls)
        await keeping.keep()
        assert ledger.used(API) <= (await began())[0].used(API) <= ledger.used(API) + 5


async def test_an_alert_is_told_once_across_restarts(began):
    """Whoever was told in this month is not told again by the next process."""
    told = []
    ledger, keeping = await began()
    ledger.observers.append(told.append)
    ledger.made(API, 85)
    await keeping.keep(exactly=True)
    ledger, keeping = await began()
    ledger.observers.append(told.append)
    ledger.made(API)
    assert len(told) == 1


async def test_a_thousand_calls_a_second_are_one_write_a_second(began, journal):
    """And where nothing is counted nothing is written."""
    ledger, keeping = await began()
    for _ in range(10):
        for _ in range(1000):
            ledger.made(API)
        await keeping.keep()
    assert journal.writes <= 10
    await keeping.keep()
    await keeping.keep()
    assert journal.writes <= 10


async def test_while_the_journal_takes_nothing_the_count_waits(began, journal):
    """It is kept once it can be."""
    ledger, keeping = await began()
    journal.shut = True
    ledger.made(API, 7)
    await keeping.keep()
    assert (await began())[0].used(API) == 0
    journal.shut = False
    await keeping.keep()
    assert (await began())[0].used(API) >= 7


async def test_a_day_that_is_over_is_kept_exactly(began, journal, hand_clock):
    """What was kept ahead of it is taken back."""
    ledger, keeping = await began()
    ledger.made(API, 7)
    await keeping.keep()
    hand_clock.ms += 86_400_000
    await keeping.keep()
    assert [(each.day, each.calls) for each in await journal.call_days("")] == [("2026-11-29", 7)]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 3)), max_size=30))
def test_the_count_goes_on_over_any_restarts(steps):
    """Whatever is counted and whenever the process is killed, nothing that was kept is ever lost."""

    async def live():
        begin = partial(_begin, MemoryJournal(), NoonClock())
        ledger, keeping = await begin()
        at_least = 0
        for calls, restart in steps:
            ledger.made(API, calls)
            await keeping.keep(exactly=restart == 1)
            at_least += calls
            if restart:
                ledger, keeping = await begin()
                assert ledger.used(API) >= at_least
                at_least = ledger.used(API)

    asyncio.run(live())
