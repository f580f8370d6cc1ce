"""The long-running process: everything wired together, and what its operator sees."""

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
