"""Agents are looked at when the router starts: one line of the log for each that would get no message."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from prx_dingtalk_router.diagnosis.checkup.agents import trouble_of
from prx_dingtalk_router.service.logs import log
from prx_dingtalk_router.settings import AgentSettings


async def probe_agents(agents: Mapping[str, AgentSettings], client_id: str) -> None:
    """Ask every agent once, side by side, and log the first trouble of each.

    Args:
        agents: of the configuration.
        client_id: ours.
    """
    await asyncio.gather(*(_probe(name, settings, client_id) for name, settings in agents.items()))


async def _probe(name: str, settings: AgentSettings, client_id: str) -> None:
    trouble = await trouble_of(name, settings, client_id)
    if trouble is not None:
        log("warning", "agent-trouble", agent=name, problem=trouble.summary, remedy=trouble.remedy)
