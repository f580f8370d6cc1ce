"""A PRX daemon for the sandbox: its gateway by the wire contract of prx-gateway.md, with faults at hand."""

from prx_dingtalk_router.sandbox.prx.events import Answered, Booted, Died, PrxEvent, TurnEnded, TurnStarted
from prx_dingtalk_router.sandbox.prx.faults import PrxFaults
from prx_dingtalk_router.sandbox.prx.server import Prx
from prx_dingtalk_router.sandbox.prx.settings import PrxSettings
from prx_dingtalk_router.sandbox.prx.turns import Answer, Turn, TurnRequest

__all__ = [
    "Answer",
    "Answered",
    "Booted",
    "Died",
    "Prx",
    "PrxEvent",
    "PrxFaults",
    "PrxSettings",
    "Turn",
    "TurnEnded",
    "TurnRequest",
    "TurnStarted",
]
