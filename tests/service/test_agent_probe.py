"""Agents are looked at when the router starts."""

from __future__ import annotations

import io
import json
from typing import Any

from pydantic import SecretStr

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.sandbox.prx import Prx
from prx_dingtalk_router.service import close_logs, configure_logs
from prx_dingtalk_router.service.agent_probe import probe_agents
from prx_dingtalk_router.settings import AgentSettings


async def test_each_agent_in_trouble_is_one_line() -> None:
    """One that is dead, one whose token is wrong, one that is well: two warnings, with what to do, without the token."""
    use_language("en")
    out = io.StringIO()
    configure_logs("info", "json", out)
    well, strict = Prx("well"), Prx("strict")
    for agent in (well, strict):
        await agent.start()
    try:
        await probe_agents(
            {
                "well": AgentSettings(url=well.base_url, token=SecretStr(well.token)),
                "strict": AgentSettings(url=strict.base_url, token=SecretStr("wr0ng-t0k3n")),
                "dead": AgentSettings(url="http://127.0.0.1:1"),
            },
            "ding1abc",
        )
    finally:
        await well.stop()
        await strict.stop()
        close_logs()
    lines: dict[str, Any] = {line["agent"]: line for line in map(json.loads, out.getvalue().splitlines())}
    assert lines.keys() == {"strict", "dead"}
    assert {(line["event"], line["level"]) for line in lines.values()} == {("agent-trouble", "warning")}
    assert "does not know this token" in lines["strict"]["problem"]
    assert "start PRX there" in lines["dead"]["remedy"]
    assert "wr0ng" not in out.getvalue()
