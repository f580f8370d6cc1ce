"""One thin HTTP client: limits before the clock starts, no redirects, no cookies, no hooks, nothing secret logged.

It builds ``httpx.Request`` and calls the transport itself: what httpx's own client does for each request (redirects,
cookies, authentication, proxies of the environment) costs more than the exchange and is needed by none of ours.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import aiohttp
import httpx
from aiohttp.http import SERVER_SOFTWARE

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net.exchange import Answer, Exchange, NotSent, Unknown
from prx_dingtalk_router.net.origins import Origins
from prx_dingtalk_router.net.redaction import redact_logger
from prx_dingtalk_router.net.tls import tls_context
from prx_dingtalk_router.net.transport import FAILURES, Connections, Transport, how_far

_OF_EVERY_REQUEST = {"accept": "*/*", "accept-encoding": "identity", "user-agent": SERVER_SOFTWARE}


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
        self._connections = Connections(tls_context(self._options.ca_file), self._options.connect_timeout)
        self._origins = Origins(self._connections, self._options.proxy)
        self._headers = {**_OF_EVERY_REQUEST, **_in_one_case(self._options.headers)}
        self._places = asyncio.Semaphore(self._options.in_flight)
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
        self,
        method: str,
        url: str,
        *,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
        within: float | None = None,
    ) -> Exchange:
        """Make one exchange and say truthfully how far it got.

        Args:
            method: of HTTP.
            url: https, or http to loopback; sent as it is written.
            content: the body.
            headers: besides those of the options.
            within: seconds for the whole exchange, in place of ``total_timeout``.

        Returns:
            The answer; ``NotSent`` only where the request cannot have reached the peer.

        Raises:
            RuntimeError: the client was closed.
        """
        if self._closed:
            msg = "the client was closed"
            raise RuntimeError(msg)
        try:
            origin, target = self._origins.of(url)
        except (RouterError, httpx.InvalidURL) as error:
            return NotSent("address", str(error))
        request = httpx.Request(
            method,
            origin.url,
            headers={
                "host": origin.host,
                **self._headers,
                **_in_one_case(headers or {}),
                **_length_of(method, content),
            },
            stream=httpx.ByteStream(content),
            extensions={"target": target},
        )
        seconds = self._options.total_timeout if within is None else within
        async with self._places:
            try:
                async with asyncio.timeout(seconds):
                    return await self._exchange(origin.transport, request)
            except aiohttp.ServerTimeoutError as error:
                return how_far(error)
            except TimeoutError:
                return Unknown("timeout", f"no whole answer within {seconds:g} s")
            except FAILURES as error:
                return how_far(error)

    async def aclose(self) -> None:
        """Close every connection."""
        self._closed = True
        await self._connections.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _exchange(self, transport: Transport, request: httpx.Request) -> Exchange:
        response = await transport.handle_async_request(request)
        stream = response.stream
        assert isinstance(stream, httpx.AsyncByteStream)
        try:
            encoding = response.headers.get("content-encoding", "").strip().lower()
            if encoding not in ("", "identity"):
                # Nothing was asked to be compressed, and an expanded body could pass the limit a thousand times.
                return Unknown("odd", f"unexpected content-encoding {encoding[:20]!r}")
            body = bytearray()
            async for chunk in stream:
                body += chunk
                if len(body) > self._options.max_body:
                    return Unknown("too-large", f"answer longer than {self._options.max_body} bytes")
            return Answer(response.status_code, response.headers, bytes(body))
        finally:
            await stream.aclose()


def _in_one_case(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _length_of(method: str, content: bytes) -> Mapping[str, str]:
    return {"content-length": str(len(content))} if content or method != "GET" else {}
