"""HTTP clients and addresses: one factory, one idea of what may be spoken to, one way to keep secrets out of logs."""

from prx_dingtalk_router.net.addresses import host_allowed, https_or_loopback, is_loopback, wss_or_loopback
from prx_dingtalk_router.net.client import HttpClient, HttpOptions, certainly_not_sent, http_client
from prx_dingtalk_router.net.masking import mask_values
from prx_dingtalk_router.net.proxies import proxy_for
from prx_dingtalk_router.net.redaction import RedactingFilter, redact, redact_logger
from prx_dingtalk_router.net.tls import tls_context
from prx_dingtalk_router.net.transport import ResponseTooLarge

__all__ = [
    "HttpClient",
    "HttpOptions",
    "RedactingFilter",
    "ResponseTooLarge",
    "certainly_not_sent",
    "host_allowed",
    "http_client",
    "https_or_loopback",
    "is_loopback",
    "mask_values",
    "proxy_for",
    "redact",
    "redact_logger",
    "tls_context",
    "wss_or_loopback",
]
