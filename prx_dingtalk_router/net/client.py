"""The one factory of HTTP clients: time limits, proxy, certificates, size cap, no redirects, nothing secret logged."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net.redaction import redact_logger
from prx_dingtalk_router.net.tls import tls_context
from prx_dingtalk_router.net.transport import GuardedTransport


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """How one peer is spoken to.

    Attributes:
        proxy: ``http://host:port``; ``""`` asks the environment. Loopback is always reached straight.
        ca_file: PEM file of more certificate authorities to trust; ``""`` for none.
        connect_timeout: seconds until the connection stands, name look-up and TLS included.
        total_timeout: seconds for a whole exchange, its answer's body included; one request may set its own with
            ``extensions={"total": seconds}``.
        max_body: most bytes of an answer's body.
        max_connections: most connections at a time.
        headers: sent with every request; values may be secret and are never shown.
    """

    proxy: str = field(default="", repr=False)  # may hold a password
    ca_file: str = ""
    connect_timeout: float = 5.0
    total_timeout: float = 10.0
    max_body: int = 1024 * 1024
    max_connections: int = 100
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class HttpClient(httpx.AsyncClient):
    """An httpx client whose exchanges end in time, whatever the peer does. Made by ``http_client``."""

    total_timeout: float = 10.0

    async def send(self, request: httpx.Request, **kwargs: Any) -> httpx.Response:
        """As httpx, but the whole exchange within the total time.

        Raises:
            httpx.ReadTimeout: the total time is over; whether the peer acted is unknown.
            httpx.TransportError: see ``GuardedTransport`` for which of them are safe to send again.
            RouterError: the address is neither https nor loopback, or the proxy is unusable.
        """
        total = float(request.extensions.get("total", self.total_timeout))
        try:
            async with asyncio.timeout(total):
                return await super().send(request, **kwargs)
        except TimeoutError as error:
            msg = f"no whole answer within {total:g} s"
            raise httpx.ReadTimeout(msg, request=request) from error


def http_client(options: HttpOptions | None = None) -> HttpClient:
    """A client for one peer; close it with ``aclose()`` or use it in ``async with``.

    Redirects are not followed, cookies not kept, proxies of the environment only asked where ``proxy`` is empty.

    Raises:
        RouterError: the CA file cannot be used.
    """
    options = options or HttpOptions()
    for name in ("httpx", "httpcore", "aiohttp.client"):
        redact_logger(name)
    transport = GuardedTransport(
        context=tls_context(options.ca_file),
        proxy=options.proxy,
        max_body=options.max_body,
        max_connections=options.max_connections,
    )
    client = HttpClient(
        transport=transport,
        timeout=httpx.Timeout(
            connect=options.connect_timeout,
            read=None,
            write=None,
            pool=options.connect_timeout,
        ),
        follow_redirects=False,
        trust_env=False,
        headers={"accept-encoding": "identity", **options.headers},
    )
    client.total_timeout = options.total_timeout
    return client


def certainly_not_sent(error: Exception) -> bool:
    """Whether ``error`` proves that the request never reached its peer, so that sending again cannot act twice."""
    return isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, RouterError))
