"""The long-running process: everything wired together, and what its operator sees.

What it offers is loaded when it is asked for: the helper process of a reload needs the rules and nothing of the network.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prx_dingtalk_router.service.active import ActiveRouter
    from prx_dingtalk_router.service.intake import Intake, IntakeCounters
    from prx_dingtalk_router.service.logs import close_logs, configure_logs, flush_logs, log
    from prx_dingtalk_router.service.router_service import RouterService

__all__ = [
    "ActiveRouter",
    "Intake",
    "IntakeCounters",
    "RouterService",
    "close_logs",
    "configure_logs",
    "flush_logs",
    "log",
]

_HOMES = {
    "ActiveRouter": "active",
    "Intake": "intake",
    "IntakeCounters": "intake",
    "RouterService": "router_service",
    "close_logs": "logs",
    "configure_logs": "logs",
    "flush_logs": "logs",
    "log": "logs",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
