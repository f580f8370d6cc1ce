"""The wire under the HTTP client: httpx on the connections of aiohttp, with errors that say how far a request got.

Pool, names, TLS, tunnels of proxies and the reading of answers are aiohttp's. Its session is left out: what that makes for each
request (a request, a response, a writer, timers, a jar of cookies) takes three times as long as the exchange.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from typing import Any, Literal

import aiohttp
import httpx
from aiohttp.connector import Connection
from aiohttp.http import HttpProcessingError
from aiohttp.streams import StreamReader
from yarl import URL

from prx_dingtalk_router.net.exchange import NotSent, Unknown

FAILURES = (aiohttp.ClientError, HttpProcessingError, OSError)
"""What an exchange fails by; httpx has no words for how far it got."""

_LINE_END = re.compile(rb"[\r\n\0]")


class NoConnection(aiohttp.ClientError):
    """A connection was lost, or refused, before anything could be sent on it.

    Args:
        by: who did that.
        said: what was wrong.
    """

    def __init__(self, by: Literal["proxy", "connect"], said: str) -> None:
        super().__init__(said)
        self.by = by


class Connections:
    """All connections of one client, made and kept by aiohttp; without a limit of their own, as the client counts exchanges.

    Args:
        context: of TLS.
        connect_timeout: seconds until a connection stands.
    """

    def __init__(self, context: ssl.SSLContext, connect_timeout: float) -> None:
        self._context = context
        self._timeout = aiohttp.ClientTimeout(connect=connect_timeout, sock_connect=connect_timeout)
        self._connector: _Connector | None = None

    async def connect(self, way: aiohttp.ClientRequest) -> Connection:
        """Give a connection that waits, or a new one.

        Raises:
            aiohttp.ClientError: there is none.
        """
        if self._connector is None:
            self._connector = _Connector(ssl=self._context, limit=0)
        try:
            return await self._connector.connect(way, [], self._timeout)
        except TimeoutError as error:
            msg = f"no connection within {self._timeout.connect:g} s"
            raise aiohttp.ConnectionTimeoutError(msg) from error
        except (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError):
            raise
        except FAILURES as error:  # a proxy that is gone in mid-tunnel, or this client, closed meanwhile
            by: Literal["proxy", "connect"] = "connect" if way.proxy is None else "proxy"
            raise NoConnection(by, _said(error)) from error

    async def aclose(self) -> None:
        """Close every connection."""
        if self._connector is not None:
            await self._connector.close()


class Transport(httpx.AsyncBaseTransport):
    """Sends requests with whole bodies to one origin, and gives the answers back unread.

    What is asked for is the ``target`` of a request's extensions, as httpx names it, or else its URL's.

    Args:
        connections: of the client.
        origin: as ``https://host:port``.
        proxy: the way there, as ``http://host:port``; None for straight.
    """

    def __init__(self, connections: Connections, origin: str, proxy: str | None = None) -> None:
        self._connections = connections
        self._way = _way_to(origin, proxy)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; returns once the head of its answer is there.

        Raises:
            aiohttp.ClientError: or another of ``FAILURES``; ``how_far`` says what that means.
        """
        sent = _written(request)
        try:
            return await self._exchange(request, sent)
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
            # The peer may have given up a connection that was idle; what only asks may be asked again.
            if request.method != "GET" or isinstance(error, aiohttp.ClientConnectorError):
                raise
            return await self._exchange(request, sent)

    async def _exchange(self, request: httpx.Request, sent: bytes) -> httpx.Response:
        connection = await self._connections.connect(self._way)
        try:
            protocol = connection.protocol
            if protocol is None or protocol.transport is None:
                raise aiohttp.ClientConnectionResetError("the connection is closing")
            protocol.set_response_params(read_until_eof=True, auto_decompress=False)
            protocol.transport.write(sent)
            while True:
                message, payload = await protocol.read()
                if not 100 <= message.code < 200 or message.code == 101:
                    break
        except BaseException:
            connection.close()
            raise
        stream = _Body(connection, payload)
        return httpx.Response(message.code, headers=message.raw_headers, stream=stream, request=request)


class _Connector(aiohttp.TCPConnector):
    """Takes the connection that was used last, and none on which something came while nothing was asked.

    aiohttp takes the one that waits longest, by which all those that only a burst needed stay open for as long as there is any
    traffic. It has no setting for that, and no other place where the choice could be made, hence ``_get``.
    """

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Any],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - as aiohttp calls it
    ) -> aiohttp.connector.Connection:
        """Give a connection whose next answer is that to ``req``: what came before it was asked would be taken for that."""
        while True:
            connection = await super().connect(req, traces, timeout)
            if connection.protocol is None or not connection.protocol.should_close:
                return connection
            connection.close()

    async def _get(self, key: Any, traces: Any) -> Any:
        waiting = self._conns.get(key)
        if waiting:
            waiting.rotate()  # the last becomes the first, which is taken
        return await super()._get(key, traces)


class _Body(httpx.AsyncByteStream):
    """The body of an answer; what is left of it when it is closed is not waited for, nor what is left of the request."""

    def __init__(self, connection: Connection, payload: StreamReader) -> None:
        self._connection = connection
        self._payload = payload

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while chunk := await self._payload.readany():
            yield chunk

    async def aclose(self) -> None:
        wire = self._connection.transport
        # An answer may come before the whole request is written, by a peer that may never read the rest.
        if self._payload.is_eof() and (wire is None or not wire.get_write_buffer_size()):
            self._connection.release()
        else:
            self._connection.close()


def how_far(error: Exception) -> NotSent | Unknown:
    """Say how far a request got that failed with ``error``.

    Args:
        error: one of ``FAILURES``.
    """
    said = _said(error)
    match error:
        case NoConnection(by=by):
            return NotSent(by, str(error))
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


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _way_to(origin: str, proxy: str | None) -> aiohttp.ClientRequest:
    url, loop = URL(origin), asyncio.get_running_loop()
    if proxy is None:
        return aiohttp.ClientRequest("GET", url, loop=loop)
    address = URL(proxy)
    # The connector would add the host to them with the first tunnel, and look for the next one under another key.
    headers = {"Host": url.host_port_subcomponent or ""}
    if address.user is not None:
        headers["Proxy-Authorization"] = aiohttp.encode_basic_auth(address.user, address.password or "")
    return aiohttp.ClientRequest("GET", url, loop=loop, proxy=address.with_user(None), proxy_headers=headers)


def _written(request: httpx.Request) -> bytes:
    """A request as it goes over the wire.

    Raises:
        ValueError: a header would be read as two.
    """
    target = request.extensions.get("target") or request.url.raw_path
    head = [request.method.encode("ascii"), b" ", target, b" HTTP/1.1\r\n"]
    for name, value in request.headers.raw:
        if _LINE_END.search(value):
            msg = f"the header {name!r} has more than one line"
            raise ValueError(msg)
        head += (name, b": ", value, b"\r\n")
    return b"".join((*head, b"\r\n", request.read()))
