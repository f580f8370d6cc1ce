"""The wire under the HTTP client: aiohttp, with errors that say truthfully how far a request got."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import aiohttp
import httpx
from yarl import URL

from prx_dingtalk_router.net.exchange import NotSent, Unknown

_address: ContextVar[str] = ContextVar("_address")


@contextmanager
def written_as(url: str) -> Iterator[None]:
    """Send what is requested inside to exactly ``url``: aiohttp would unquote parts of a webhook's query."""
    token = _address.set(url)
    try:
        yield
    finally:
        _address.reset(token)


class _Connector(aiohttp.TCPConnector):
    """Takes the connection that was used last, so that those which only a burst needed grow idle and are closed.

    aiohttp takes the one that waits longest, by which all of them stay open for as long as there is any traffic.
    """

    async def _get(self, key: Any, traces: Any) -> Any:
        waiting = self._conns.get(key)
        if waiting:
            waiting.rotate()  # the last becomes the first, which is taken
        return await super()._get(key, traces)


def open_session(context: ssl.SSLContext) -> aiohttp.ClientSession:
    """Open a session without limits of its own (the client counts exchanges), cookies, or the environment."""
    return aiohttp.ClientSession(
        connector=_Connector(ssl=context, limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        middlewares=(_to_the_address,),
    )


def how_far(error: Exception) -> NotSent | Unknown:
    """Say how far a request got that failed with ``error``.

    The transport calls a connection that broke after the request was sent a ConnectTimeout; whoever retries on that would
    have a turn run twice. What aiohttp itself met is below it.

    Args:
        error: of httpx's transport, with its cause, or of aiohttp or the operating system.
    """
    cause = error.__cause__ if isinstance(error, httpx.TransportError) and error.__cause__ else error
    said = f"{type(cause).__name__}: {cause}".rstrip(": ")
    match cause:
        case aiohttp.ClientProxyConnectionError() | aiohttp.ClientHttpProxyError():
            return NotSent("proxy", said)
        case aiohttp.ConnectionTimeoutError():
            return NotSent("timeout", said)
        case aiohttp.ClientConnectorError():  # also of DNS and of certificates
            return NotSent("connect", said)
        case aiohttp.ServerTimeoutError() | TimeoutError():
            return Unknown("timeout", said)
        case (
            aiohttp.ServerDisconnectedError()
            | aiohttp.ClientOSError()
            | aiohttp.ClientPayloadError()
            | OSError()
        ):
            return Unknown("broken", said)
        case _:
            return Unknown("odd", said[:200])


async def _to_the_address(
    request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    request.url = URL(_address.get(), encoded=True)
    return await send(request)
