"""The wire under the HTTP client: aiohttp, with errors that say truthfully how far a request got."""

from __future__ import annotations

import ssl

import aiohttp

from prx_dingtalk_router.net.exchange import NotSent, Unknown


def open_session(context: ssl.SSLContext) -> aiohttp.ClientSession:
    """Open a session without limits of its own (the client counts exchanges), cookies, or the environment."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(ssl=context, limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
    )


def how_far(error: Exception) -> NotSent | Unknown:
    """Say how far a request got that failed with ``error``.

    Args:
        error: of aiohttp or the operating system.
    """
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    match error:
        case aiohttp.InvalidURL():
            return NotSent("address", said)
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
