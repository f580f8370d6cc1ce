"""From a registration to an open WebSocket, or the reason why there is none."""

from __future__ import annotations

import logging
import ssl
from functools import partial
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net import Proxies, mask_values, redact, redact_logger
from prx_dingtalk_router.stream.options import StreamOptions
from prx_dingtalk_router.stream.protocol.registration import Refusal, RefusalKind, Registration
from prx_dingtalk_router.stream.websocket import MessageSocket

# The library logs request lines, which hold the ticket, when its logger is at DEBUG; this one never is.
_wire_logger = redact_logger(f"{__name__}.wire")
_wire_logger.setLevel(logging.WARNING)


class _Connect(connect):
    """An opening handshake that follows no redirect: the ticket is for the host that the gateway named."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def open_websocket(
    registration: Registration, options: StreamOptions, proxies: Proxies, tls: ssl.SSLContext
) -> MessageSocket | Refusal:
    """Use up ``registration``: an open WebSocket, or why there is none.

    Every handshake answer but 101 means the same: register again (dingtalk-stream.md section 2).
    """
    url = registration.url()
    timing = options.timing
    make: Any = partial(MessageSocket, most=options.max_message)
    try:
        proxy = proxies.to(url)
        secured: dict[str, Any] = {"ssl": tls} if url.startswith("wss:") else {}
        if proxy and proxy.startswith("https:"):
            secured["proxy_ssl"] = tls
        websocket = await _Connect(
            url,
            create_connection=make,
            proxy=proxy,
            compression=None,
            user_agent_header=options.ua,
            open_timeout=timing.handshake,
            ping_interval=None,  # the keep-alive of the socket ends a dead connection without a closing handshake
            close_timeout=timing.close,
            max_size=options.max_message,
            logger=_wire_logger,
            **secured,
        )
        assert isinstance(websocket, MessageSocket)
        return websocket
    except InvalidStatus as error:
        why = f"HTTP {error.response.status_code}"
    except TimeoutError:
        return Refusal(RefusalKind.TIMEOUT, text("stream.handshake", why="timeout"))
    except RouterError as error:
        return Refusal(RefusalKind.HANDSHAKE, text("stream.handshake", why=error.text))
    except (OSError, ValueError, EOFError, WebSocketException) as error:
        # The words of an error could hold the address with the ticket: only those of the system are shown.
        secrets = (registration.ticket, options.client_secret)
        said = redact(mask_values(str(error), secrets))[:200] if isinstance(error, OSError) else ""
        why = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return Refusal(RefusalKind.HANDSHAKE, text("stream.handshake", why=why))
