"""What the robots of a process share, put together as the composition root says."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import Meter, SqliteJournal, to_carry_out
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.service import clock_watch
from prx_dingtalk_router.service.engine import Engine
from prx_dingtalk_router.settings import JournalSettings, Settings, settings_from_table

PATIENCE = 20.0


class OwnClock:
    """A clock whose wall clock is set by hand, and whose seconds are short."""

    SPEED = 100.0

    def __init__(self) -> None:
        self.set_seconds = 0.0

    def now_ms(self) -> int:
        """Unix time in milliseconds."""
        return 1_900_000_000_000 + round((self.monotonic() + self.set_seconds) * 1000)

    def monotonic(self) -> float:
        """Seconds, running faster."""
        return time.monotonic() * self.SPEED

    async def sleep(self, seconds: float) -> None:
        """Wait that many of them."""
        await asyncio.sleep(max(0.0, seconds) / self.SPEED)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a robot, with a journal in a file."""
    table = {"channels_config": {"dingtalk": {"client_id": "ding", "client_secret": "s3cr3t-0f-th3-b0t"}}}
    return settings_from_table(table, tmp_path / "prx-router.toml", {})


def message(msg_id: str = "m") -> Message:
    """A message."""
    return Message(msg_id, "ding", "cid", group=False, sender="u1001")


async def test_everything_goes_by_the_clock_that_is_handed_in(
    settings: Settings, logged: Callable[[], Any]
) -> None:
    """What is stored has its time, and the operator is told within its seconds that it was set."""
    clock = OwnClock()
    async with Engine(settings, clock=clock) as engine:
        before = clock.now_ms()
        (stored,) = await engine.dispatcher.accept_all([to_carry_out(Decision(message(), "sha256:0", None))])
        assert before <= stored.entry.stored_at_ms <= clock.now_ms()
        upkeep = asyncio.create_task(engine.upkeep())
        await clock.sleep(clock_watch.LOOK_SECONDS)
        clock.set_seconds = -3600
        async with asyncio.timeout(PATIENCE):
            while not [line for line in logged() if line["event"] == "clock-set"]:
                await clock.sleep(clock_watch.LOOK_SECONDS)
        upkeep.cancel()
        await asyncio.gather(upkeep, return_exceptions=True)


async def test_it_holds_the_journal_from_begin_to_end(settings: Settings) -> None:
    """While it lasts nobody else gets the file, and afterwards somebody does."""
    assert settings.journal.path is not None
    other = SqliteJournal(settings.journal.path)
    async with Engine(settings):
        with pytest.raises(JournalError, match="in use"):
            await other.claim()
    await other.claim()
    await other.close()


async def test_a_journal_that_is_gone_ends_its_upkeep(settings: Settings) -> None:
    """Also if nobody writes: looking at the journal finds it out."""
    clock = OwnClock()
    async with Engine(settings, clock=clock) as engine:
        assert settings.journal.path is not None
        settings.journal.path.unlink()
        with pytest.raises(ExceptionGroup) as failed:
            async with asyncio.timeout(PATIENCE):
                await engine.upkeep()
        assert failed.group_contains(JournalError, match="removed, moved or replaced")


async def test_each_observer_is_told(settings: Settings, logged: Callable[[], Any]) -> None:
    """One that fails keeps no other from being told, and its failure is logged."""
    seen: list[Any] = []

    def failing(event: Any) -> None:
        raise ValueError(event)

    in_memory = settings.model_copy(update={"journal": JournalSettings(url="memory:")})
    async with Engine(in_memory, observers=[failing, seen.append]) as engine:
        await engine.dispatcher.accept_all([to_carry_out(Decision(message(), "sha256:0", None))])
    assert [type(event).__name__ for event in seen] == ["Dropped"]
    assert [line["msg_id"] for line in logged() if line["event"] == "delivery.observer-failed"] == ["m"]


async def test_what_is_counted_of_a_month_outlasts_the_process(
    settings: Settings, logged: Callable[[], Any]
) -> None:
    """The next process goes on with the count, by the budget of the configuration, and tells nobody a second time."""
    dingtalk = settings.dingtalk.model_copy(update={"api_calls_per_month": 10, "reserve": "10%"})
    settings = settings.model_copy(update={"dingtalk": dingtalk})
    for calls in (8, 1):
        async with Engine(settings, clock=OwnClock()) as engine:
            engine.calls.made(Meter.API, calls)
    async with Engine(settings, clock=OwnClock()) as engine:
        assert engine.calls.used(Meter.API) == 9
        assert not engine.calls.allows(Meter.API, "progress")
    (line,) = [line for line in logged() if line["event"].startswith("budget")]
    assert (line["what"], line["used"], line["limit"], line["level"]) == ("api", 8, 10, "warning")


async def test_what_is_counted_is_kept_while_it_runs(settings: Settings) -> None:
    """A process that is killed loses no count: it is in the journal about a second later."""
    clock = OwnClock()
    async with Engine(settings, clock=clock) as engine:
        upkeep = asyncio.create_task(engine.upkeep())
        engine.calls.made(Meter.API, 7)
        async with asyncio.timeout(PATIENCE):
            while not (kept := await engine.journal.call_days("")):
                await clock.sleep(1)
        assert kept[0].calls >= 7
        upkeep.cancel()
        await asyncio.gather(upkeep, return_exceptions=True)
