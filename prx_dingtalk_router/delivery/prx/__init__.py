"""PRX agents: their wire, the retry table, and turns carried to an end (prx-gateway.md)."""

from prx_dingtalk_router.delivery.prx.agent import Agent, AgentPool
from prx_dingtalk_router.delivery.prx.client import PrxClient
from prx_dingtalk_router.delivery.prx.outcome import Answered, Failed, NotStarted, TurnOutcome, Unknown
from prx_dingtalk_router.delivery.prx.turn import Turn

__all__ = [
    "Agent",
    "AgentPool",
    "Answered",
    "Failed",
    "NotStarted",
    "PrxClient",
    "Turn",
    "TurnOutcome",
    "Unknown",
]
