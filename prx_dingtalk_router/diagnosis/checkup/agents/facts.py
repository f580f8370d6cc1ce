"""What a daemon says of itself (prx-gateway.md sections 2, 5, 8)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prx_dingtalk_router.delivery.prx.client import AgentCard, Health, Missed, PrxClient
from prx_dingtalk_router.delivery.prx.signals import Response, TurnSignal
from prx_dingtalk_router.settings import AgentSettings


@dataclass(frozen=True, slots=True)
class AgentFacts:
    """What was learnt of one daemon.

    Attributes:
        settings: its table of the configuration.
        health: an answer of ``/health``, or why there is none.
        status: that of ``/api/status``.
        card: that of ``/.well-known/agent.json``.
        webhook: the status of an empty ``POST /webhook``, which runs nothing: 400 once every credential is right.
        config: its configuration as far as it tells; empty where it does not.
    """

    settings: AgentSettings
    health: Health | Missed
    status: Mapping[str, object] | Missed = "unreachable"
    card: AgentCard | Missed = "unreachable"
    webhook: int | None = None
    config: Mapping[str, Any] = field(default_factory=dict)

    def of_config(self, table: str, key: str) -> Any:
        """A value of its configuration; None where that is not told."""
        found = self.config.get(table)
        return found.get(key) if isinstance(found, Mapping) else None


async def ask_agent(settings: AgentSettings, *, config: bool = True) -> AgentFacts:
    """Ask a daemon; one that cannot be reached is asked nothing more.

    Args:
        settings: its table of the configuration.
        config: whether it is asked for its configuration, too.
    """
    client = PrxClient(settings)
    try:
        health = await client.health()
        if not isinstance(health, Health):
            return AgentFacts(settings, health)
        status, card, webhook = await asyncio.gather(
            client.status(), client.card(), client.dispatch(b"{}", "")
        )
        told = await client.config() if config else {}
        if isinstance(told, str):
            told = {}
        return AgentFacts(settings, health, status, card, _status(webhook), told)
    finally:
        await client.aclose()


def _status(signal: TurnSignal) -> int | None:
    return signal.status if isinstance(signal, Response) else None
