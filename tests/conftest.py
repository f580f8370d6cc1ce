"""What all tests share: hypothesis settings that keep laws short and repeatable, routers, messages, a clock, logs left as they were."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

from prx_dingtalk_router.language import CheckContext, check_rules
from prx_dingtalk_router.matching import Baseline, Router
from prx_dingtalk_router.message import Message

settings.register_profile(
    "project", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("project")


class HandClock:
    """A clock that moves only when somebody sleeps on it, or by hand."""

    def __init__(self) -> None:
        self.ms = 1_788_200_000_000
        self.wall_ms = 0
        """By how much the wall clock was set."""
        self.slept: list[float] = []

    def now_ms(self) -> int:
        """Unix time in milliseconds."""
        return self.ms + self.wall_ms

    def monotonic(self) -> float:
        """Seconds that have passed."""
        return (self.ms - 1_788_200_000_000) / 1000

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.slept.append(seconds)
        self.ms += max(1, round(seconds * 1000))
        await asyncio.sleep(0)


def pytest_configure() -> None:
    """Let processes that tests start take interrupts, also where the tests were started in the background, which ignores them."""
    for number, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, nor a process that it starts, knows or changes what the user's own runs have found."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """A test that sets the logs of a whole process up leaves those of the next test alone."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    loggers = [
        each for each in logging.Logger.manager.loggerDict.values() if isinstance(each, logging.Logger)
    ]
    levels = [(each, each.level) for each in (root, *loggers)]
    yield
    root.handlers = handlers
    for logger, level in levels:
        if logger.level != level:
            logger.setLevel(level)


@pytest.fixture
def router(tmp_path: Path) -> Callable[..., Router]:
    """A router for the text of ``main.rules``."""

    def build(text: str, baseline: Baseline | None = None, context: CheckContext | None = None) -> Router:
        (tmp_path / "main.rules").write_text(text, encoding="utf-8")
        result = check_rules(tmp_path, context)
        assert result.rules is not None, [each.message.render("en") for each in result.diagnostics]
        return Router(result.rules, baseline or Baseline(client_id="ding1abc"))

    return build


@pytest.fixture
def message() -> Callable[..., Message]:
    """A private text of ``u1001``; ``at`` is a wall clock in Shanghai."""

    def build(text: str = "hello", at: str = "2026-01-07 10:00", **fields: Any) -> Message:
        moment = datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        values: dict[str, Any] = {
            "msg_id": "msgAbC==",
            "robot": "ding1abc",
            "conversation": "cidPriv==",
            "group": False,
            "text": text,
            "sender": "u1001",
            "sender_id": "$:LWCP_v1:$u1",
            "sender_name": "小林",
            "created_at_ms": int(moment.timestamp() * 1000),
        }
        return Message(**{**values, **fields})

    return build


@pytest.fixture
def hand_clock() -> HandClock:
    """A clock that moves only when somebody sleeps on it."""
    return HandClock()
