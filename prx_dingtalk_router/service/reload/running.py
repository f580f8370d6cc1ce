"""Reloading beside a router that runs: the helper process, watching, signals, and the end of all that."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from prx_dingtalk_router.errors import ReloadError
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.engine import Engine, budget_of
from prx_dingtalk_router.service.logs import configure_logs, log
from prx_dingtalk_router.service.reload.boot import Start
from prx_dingtalk_router.service.reload.build import Origin
from prx_dingtalk_router.service.reload.builder import Builder
from prx_dingtalk_router.service.reload.kept_sets import KeptSets
from prx_dingtalk_router.service.reload.reloader import Reloader
from prx_dingtalk_router.service.reload.watching import Watching
from prx_dingtalk_router.service.supervised import supervised
from prx_dingtalk_router.settings import Settings

WARM_FROM = 200
"""From so many rules on the helper process reads the set before the first edit: until it has, an edit takes a whole check."""


def take_over(
    engine: Engine, active: ActiveRouter, router: Router, before: Settings, after: Settings
) -> Router:
    """Put a router and the settings that came with it in force, in one step of the loop; give back the router that was.

    Args:
        engine: whose agents and limits change.
        active: holds the router that decides.
        router: made ready.
        before: the settings in force.
        after: those that take their place.
    """
    engine.agents.replace(after.agents)
    engine.replies.per_minute = after.dingtalk.replies_per_minute
    engine.calls.budget = budget_of(after.dingtalk)
    former = active.current
    active.replace(router)
    if before.log != after.log:
        configure_logs(after.log.level, after.log.format)
    return former


@asynccontextmanager
async def reloading(
    engine: Engine,
    active: ActiveRouter,
    start: Start,
    origin: Origin,
    kept: KeptSets,
    *,
    watches: bool = True,
) -> AsyncIterator[Reloader]:
    """Reload when files change, on SIGHUP and when asked, until the block ends.

    Args:
        engine: of the router.
        active: holds the router that decides.
        start: what it started with.
        origin: where rules and settings come from.
        kept: the sets applied so far.
        watches: whether files are watched.
    """
    builder = Builder()
    reloader = Reloader(
        start,
        origin,
        kept,
        lambda router, settings: take_over(engine, active, router, reloader.settings, settings),
        builder,
    )
    await reloader.keep_start(start.built)
    watching = Watching(reloader, noisy=_noisy(start.built.settings))
    is_large = len(start.built.rules.rules) >= WARM_FROM
    del start  # so that the first set can go once another one takes its place
    try:
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(_on_hangup(reloader))
            if watches:
                await stack.enter_async_context(supervised("watching", watching.run))
            if is_large:
                await stack.enter_async_context(supervised("warming-up", reloader.warm_up))
            yield reloader
    finally:
        await reloader.aclose()
        await builder.aclose()


def _noisy(settings: Settings) -> tuple[Path, ...]:
    """Where the journal is written to with every message."""
    return (settings.journal.path.parent,) if settings.journal.path is not None else ()


@contextlib.contextmanager
def _on_hangup(reloader: Reloader) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    asked: set[asyncio.Task[object]] = set()

    def reload() -> None:
        task = asyncio.create_task(_reload(reloader), name="reload-on-hangup")
        asked.add(task)
        task.add_done_callback(asked.discard)

    try:
        loop.add_signal_handler(signal.SIGHUP, reload)
    except (AttributeError, NotImplementedError, ValueError, RuntimeError):
        # There is no such signal, or this is not the main thread: the other ways remain.
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
        for task in asked:
            task.cancel()


async def _reload(reloader: Reloader) -> None:
    try:
        await reloader.reload("signal", "SIGHUP")
    except ReloadError as error:
        log("error", "reload-helper", problem=error.text)
