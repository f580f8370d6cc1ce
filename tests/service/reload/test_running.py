"""What a reload puts in force of the running parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from prx_dingtalk_router.delivery import Meter
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.engine import Engine
from prx_dingtalk_router.service.reload.running import take_over
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
