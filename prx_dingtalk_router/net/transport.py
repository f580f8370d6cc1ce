"""The wire under the HTTP client: aiohttp, with errors that say truthfully how far a request got."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextvars import ContextVar

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport
from yarl import URL

from prx_dingtalk_router.net.addresses import https_or_loopback
from prx_dingtalk_router.net.proxies import proxy_for

_address: ContextVar[str] = ContextVar("_address")


async def _as_written(
    request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Send to the address as httpx wrote it: aiohttp would unquote parts of a webhook's query."""
    request.url = URL(_address.get(), encoded=True)
    return await send(request)


class ResponseTooLarge(httpx.TransportError):
    """The answer was longer than ``max_body`` bytes; what had come of it is thrown away."""


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends requests over aiohttp, straight or through the proxy of their address.

    A request that cannot have reached the peer fails with ``httpx.ConnectError``, ``httpx.ConnectTimeout`` or
    ``httpx.ProxyError``; one whose fate is unknown with any other ``httpx.TransportError``. Callers decide from that
    whether sending again is safe.

    Args:
        context: the TLS context of every connection.
        proxy: the configured proxy, or ``""`` for that of the environment.
        max_body: most bytes of an answer's body.
        max_connections: most connections at a time to one peer or proxy.
    """

    def __init__(self, *, context: ssl.SSLContext, proxy: str, max_body: int, max_connections: int) -> None:
        self._context = context
        self._proxy = proxy
        self._max_body = max_body
        self._max_connections = max_connections
        self._routes: dict[str | None, AiohttpTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send ``request``; https, or http to loopback, or a RouterError."""
        url = str(request.url)
        https_or_loopback(url)
        _address.set(url)
        try:
            response = await self._route(proxy_for(url, self._proxy)).handle_async_request(request)
        except (httpx.TransportError, aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _truthful(error, request) from error
        response.extensions.pop("reason_phrase", None)  # words of the peer, which httpx would log
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("", "identity"):
            # Nothing was asked to be compressed, and an expanded body could pass the cap a thousand times.
            await response.aclose()
            msg = f"unexpected content-encoding {encoding[:20]!r}"
            raise httpx.RemoteProtocolError(msg, request=request)
        if not isinstance(response.stream, httpx.AsyncByteStream):
            raise httpx.RemoteProtocolError("no body to read", request=request)
        response.stream = _CappedStream(response.stream, self._max_body, request)
        return response

    async def aclose(self) -> None:
        """Close every connection."""
        for route in self._routes.values():
            await route.aclose()
        self._routes.clear()

    def _route(self, proxy: str | None) -> AiohttpTransport:
        route = self._routes.get(proxy)
        if route is None:
            route = AiohttpTransport(
                verify=self._context,
                proxy=httpx.Proxy(proxy) if proxy else None,
                client=self._session,
            )
            self._routes[proxy] = route
        return route

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=self._context, limit=0, limit_per_host=self._max_connections),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            middlewares=(_as_written,),
        )


class _CappedStream(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, most: int, request: httpx.Request) -> None:
        self._stream = stream
        self._most = most
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        seen = 0
        try:
            async for chunk in self._stream:
                seen += len(chunk)
                if seen > self._most:
                    msg = f"answer longer than {self._most} bytes"
                    raise ResponseTooLarge(msg, request=self._request)
                yield chunk
        except ResponseTooLarge:
            raise
        except (httpx.TransportError, aiohttp.ClientError, TimeoutError, OSError) as error:
            raise httpx.ReadError(type(error).__name__, request=self._request) from error

    async def aclose(self) -> None:
        await self._stream.aclose()


def _truthful(error: Exception, request: httpx.Request) -> httpx.TransportError:
    """The httpx error for what aiohttp met.

    The transport below calls a connection that broke after the request was sent a ConnectTimeout; whoever retries on
    that would have a turn run twice.
    """
    cause = error.__cause__ if isinstance(error, httpx.TransportError) and error.__cause__ else error
    said = str(cause) or type(cause).__name__
    if isinstance(cause, (aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError)):
        return httpx.ProxyError(said, request=request)
    if isinstance(cause, aiohttp.ConnectionTimeoutError):
        return httpx.ConnectTimeout(said, request=request)
    if isinstance(cause, aiohttp.ClientConnectorError):  # also of DNS and of certificates
        return httpx.ConnectError(said, request=request)
    if isinstance(cause, (aiohttp.ServerTimeoutError, TimeoutError)):
        return httpx.ReadTimeout(said, request=request)
    if isinstance(
        cause, (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, aiohttp.ClientPayloadError, OSError)
    ):
        return httpx.ReadError(said, request=request)
    if isinstance(cause, aiohttp.ClientResponseError):
        return httpx.RemoteProtocolError(f"{cause.status} {cause.message}"[:200], request=request)
    if isinstance(error, httpx.TransportError):
        return error
    return httpx.RemoteProtocolError(said, request=request)
