"""One thin HTTP client: limits before the clock starts, no redirects, no cookies, no hooks, nothing secret logged.

It is aiohttp's session with everything but the exchange left out: each layer above it costs a busy router more than it helps.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import aiohttp

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net.exchange import Answer, Exchange, NotSent, Unknown
from prx_dingtalk_router.net.redaction import redact_logger
from prx_dingtalk_router.net.targets import Target, Targets
from prx_dingtalk_router.net.tls import tls_context
from prx_dingtalk_router.net.transport import how_far, open_session


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """How one peer is spoken to.

    Attributes:
        proxy: ``http://host:port``; ``""`` asks the environment, once for each origin. Loopback is always reached straight.
        ca_file: PEM file of more certificate authorities to trust; ``""`` for none.
        connect_timeout: seconds until the connection stands, name look-up and TLS included.
        total_timeout: seconds for a whole exchange, its answer's body included; waiting for a free place is not counted.
        max_body: most bytes of an answer's body.
        in_flight: most exchanges at a time; the next one waits for a place.
        headers: sent with every request; values may be secret and are never shown.
    """

    proxy: str = field(default="", repr=False)  # may hold a password
    ca_file: str = ""
    connect_timeout: float = 5.0
    total_timeout: float = 10.0
    max_body: int = 1024 * 1024
    in_flight: int = 100
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class HttpClient:
    """Exchanges with one peer that end in time, whatever the peer does. Closed with ``aclose()`` or ``async with``.

    Args:
        options: limits, proxy, certificates and headers.

    Raises:
        RouterError: the CA file cannot be used.
    """

    def __init__(self, options: HttpOptions | None = None) -> None:
        self._options = options or HttpOptions()
        redact_logger("aiohttp.client")
        self._context = tls_context(self._options.ca_file)
        self._headers = {"accept-encoding": "identity", **self._options.headers}
        self._timeout = aiohttp.ClientTimeout(
            total=None, connect=self._options.connect_timeout, sock_connect=self._options.connect_timeout
        )
        self._places = asyncio.Semaphore(self._options.in_flight)
        self._targets = Targets(self._options.proxy)
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Exchange:
        """Ask for ``url``; see ``request``."""
        return await self.request("GET", url, headers=headers)

    async def post(
        self, url: str, content: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Exchange:
        """Post ``content`` to ``url``; see ``request``."""
        return await self.request("POST", url, content=content, headers=headers)

    async def request(
        self, method: str, url: str, *, content: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Exchange:
        """Make one exchange and say truthfully how far it got.

        Args:
            method: of HTTP.
            url: https, or http to loopback; sent as it is written.
            content: the body.
            headers: besides those of the options.

        Returns:
            The answer; ``NotSent`` only where the request cannot have reached the peer.

        Raises:
            RuntimeError: the client was closed.
        """
        if self._closed:
            msg = "the client was closed"
            raise RuntimeError(msg)
        try:
            target = self._targets.of(url)
        except (RouterError, ValueError) as error:
            return NotSent("address", str(error))
        sent = {**self._headers, **headers} if headers else self._headers
        async with self._places:
            try:
                async with asyncio.timeout(self._options.total_timeout):
                    return await self._exchange(method, target, content, sent)
            except aiohttp.ServerTimeoutError as error:
                return how_far(error)
            except TimeoutError:
                return Unknown("timeout", f"no whole answer within {self._options.total_timeout:g} s")
            except (aiohttp.ClientError, OSError) as error:
                return how_far(error)

    async def aclose(self) -> None:
        """Close every connection."""
        self._closed = True
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _exchange(
        self, method: str, target: Target, content: bytes, headers: Mapping[str, str]
    ) -> Exchange:
        if self._session is None:
            self._session = open_session(self._context)
        async with self._session.request(
            method,
            target.url,
            data=content or None,
            headers=headers,
            allow_redirects=False,
            timeout=self._timeout,
            proxy=target.proxy,
            proxy_headers=target.proxy_headers,
        ) as response:
            encoding = response.headers.get("content-encoding", "").strip().lower()
            if encoding not in ("", "identity"):
                # Nothing was asked to be compressed, and an expanded body could pass the limit a thousand times.
                return Unknown("odd", f"unexpected content-encoding {encoding[:20]!r}")
            body = bytearray()
            while chunk := await response.content.readany():
                body += chunk
                if len(body) > self._options.max_body:
                    return Unknown("too-large", f"answer longer than {self._options.max_body} bytes")
            return Answer(response.status, response.headers, bytes(body))
