"""HTTP clients and addresses: one factory, one idea of what may be spoken to, one way to keep secrets out of logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prx_dingtalk_router.lazy import names_on_demand
from prx_dingtalk_router.loopback import is_loopback
from prx_dingtalk_router.net.addresses import host_allowed, https_or_loopback, wss_or_loopback
from prx_dingtalk_router.net.exchange import Answer, Exchange, NotSent, Unknown
from prx_dingtalk_router.net.masking import mask_values
from prx_dingtalk_router.net.proxies import Proxies, proxy_for
from prx_dingtalk_router.net.redaction import RedactingFilter, redact, redact_logger
from prx_dingtalk_router.net.tls import tls_context

if TYPE_CHECKING:
    from prx_dingtalk_router.net.client import HttpClient, HttpOptions
else:  # httpx and aiohttp, a quarter of a second
    __getattr__ = names_on_demand(__name__, {"client": "HttpClient HttpOptions"})

__all__ = [
    "Answer",
    "Exchange",
    "HttpClient",
    "HttpOptions",
    "NotSent",
    "Proxies",
    "RedactingFilter",
    "Unknown",
    "host_allowed",
    "https_or_loopback",
    "is_loopback",
    "mask_values",
    "proxy_for",
    "redact",
    "redact_logger",
    "tls_context",
    "wss_or_loopback",
]
