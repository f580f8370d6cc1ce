"""What a reload puts in force of the running parts."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable
from pathlib import Path

from prx_dingtalk_router.delivery import Meter
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.engine import Engine
from prx_dingtalk_router.service.reload.boot import boot
from prx_dingtalk_router.service.reload.build import Origin
from prx_dingtalk_router.service.reload.kept_sets import KeptSets
from prx_dingtalk_router.service.reload.outcomes import Applied
from prx_dingtalk_router.service.reload.running import reloading, take_over
from prx_dingtalk_router.settings import settings_from_table


async def test_limits_hold_from_the_reload_on(make_router: Callable[..., Router], tmp_path: Path) -> None:
    """Replies a minute and the month's budget are those of the new configuration; what was counted stays."""
    channel = {"client_id": "ding", "client_secret": "s3cr3t-0f-th3-b0t"}
    table = {"channels_config": {"dingtalk": channel}, "journal": {"url": "memory:"}}
    before = settings_from_table(table, tmp_path / "prx-router.toml", {})
    limits = {"replies_per_minute": 5, "api_calls_per_month": 10, "reserve": "50%"}
    after = settings_from_table({**table, "dingtalk": limits}, tmp_path / "prx-router.toml", {})
    router = make_router()
    async with Engine(before) as engine:
        engine.calls.made(Meter.API, 5)
        assert engine.calls.allows(Meter.API, "progress")
        take_over(engine, ActiveRouter(router), router, before, after)
        assert engine.replies.per_minute == 5
        assert engine.calls.used(Meter.API) == 5
        assert not engine.calls.allows(Meter.API, "progress")


async def test_the_first_set_goes_when_another_one_takes_its_place(tmp_path: Path) -> None:
    """A router that runs for months holds the set that is in force, and not the one that it began with as well."""
    source, rules = tmp_path / "prx-router.toml", tmp_path / "rules" / "main.rules"
    rules.parent.mkdir()
    rules.write_text('otherwise drop "first"\n', "utf-8")
    table = {"channels_config": {"dingtalk": {"client_id": "ding", "client_secret": "s3cr3t-0f-th3-b0t"}}}
    settings = settings_from_table({**table, "journal": {"url": "memory:"}}, source, {})
    origin, kept = Origin(reads_settings=False), KeptSets(tmp_path / "kept")
    start = boot(settings, origin, kept)
    assert start is not None
    active, begun = ActiveRouter(start.router), [start]
    gone = asyncio.Event()
    first = weakref.ref(start.router, lambda _: gone.set())
    del start
    async with (
        Engine(settings) as engine,
        reloading(engine, active, begun.pop(), origin, kept, watches=False) as reloader,
    ):
        rules.write_text('otherwise drop "second"\n', "utf-8")
        assert isinstance(await reloader.reload("admin"), Applied)
        await asyncio.wait_for(gone.wait(), 20)
        assert first() is None
        assert active.current.rules.fingerprint == reloader.running.fingerprint
