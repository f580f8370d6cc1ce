"""The way to a host, hop by hop: name, connection, proxy, encryption. Whichever fails first is named."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import ssl
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from prx_dingtalk_router.net import proxy_for, tls_context

Hop = Literal["name", "connection", "proxy", "encryption"]

HOP_SECONDS = 5.0
_SECURE = {"https": True, "wss": True, "http": False, "ws": False}
_MOST_HEAD = 8 * 1024


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the way ends.

    Attributes:
        hop: that failed.
        host: to which; the proxy's where that is meant.
        why: what the system said.
    """

    hop: Hop
    host: str
    why: str


async def walk(url: str, proxy: str = "", ca_file: str = "") -> Broken | None:
    """Go to a host as the router would, and hang up; None when it is reached.

    Args:
        url: https, wss, or http and ws to loopback.
        proxy: of the configuration; empty for that of the environment.
        ca_file: more certificates to trust.

    Raises:
        RouterError: the proxy or the CA file is unusable.
    """
    target = urlsplit(url)
    via = proxy_for(url, proxy)
    first = urlsplit(via) if via else target
    context = tls_context(ca_file)
    opened = await _open(first)
    if isinstance(opened, Broken):
        return opened
    reader, writer = opened
    try:
        if via:
            if _SECURE[first.scheme] and (broken := await _encrypt(writer, first, context)):
                return broken
            if broken := await _through_proxy(reader, writer, first, target):
                return broken
        return await _encrypt(writer, target, context) if _SECURE[target.scheme] else None
    finally:
        writer.transport.abort()


async def _open(to: SplitResult) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | Broken:
    host, port = to.hostname or "", _port(to)
    where = f"{host}:{port}"
    try:
        async with asyncio.timeout(HOP_SECONDS):
            await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except TimeoutError:
        return Broken("name", where, _late())
    except OSError as error:
        return Broken("name", where, _why(error))
    try:
        async with asyncio.timeout(HOP_SECONDS):
            return await asyncio.open_connection(host, port)
    except TimeoutError:
        return Broken("connection", where, _late())
    except OSError as error:
        return Broken("connection", where, _why(error))


async def _through_proxy(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, proxy: SplitResult, target: SplitResult
) -> Broken | None:
    """Ask a proxy for a tunnel; what it thinks of the user it is asked with, it says by its status."""
    where = f"{proxy.hostname}:{_port(proxy)}"
    name = f"{target.hostname}:{_port(target)}"
    asked = f"CONNECT {name} HTTP/1.1\r\nHost: {name}\r\n"
    if proxy.username is not None:
        user = base64.b64encode(f"{proxy.username}:{proxy.password or ''}".encode()).decode()
        asked += f"Proxy-Authorization: Basic {user}\r\n"
    try:
        async with asyncio.timeout(HOP_SECONDS):
            writer.write(f"{asked}\r\n".encode())
            await writer.drain()
            head = await reader.readuntil(b"\r\n\r\n")
    except TimeoutError:
        return Broken("proxy", where, _late())
    except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        return Broken("proxy", where, type(error).__name__)
    status = head[:_MOST_HEAD].split(b"\r\n")[0].decode("latin-1").split(" ", 2)
    if len(status) > 1 and status[1].startswith("2"):
        return None
    return Broken("proxy", where, f"HTTP {status[1][:3]}" if len(status) > 1 else "?")


async def _encrypt(writer: asyncio.StreamWriter, to: SplitResult, context: ssl.SSLContext) -> Broken | None:
    where = f"{to.hostname}:{_port(to)}"
    try:
        async with asyncio.timeout(HOP_SECONDS):
            await writer.start_tls(context, server_hostname=to.hostname)
    except TimeoutError:
        return Broken("encryption", where, _late())
    except ssl.SSLCertVerificationError as error:
        return Broken("encryption", where, error.verify_message)
    except (OSError, EOFError) as error:
        return Broken("encryption", where, _why(error))
    return None


def _port(to: SplitResult) -> int:
    return to.port or (443 if _SECURE.get(to.scheme, True) else 80)


def _late() -> str:
    return f"> {HOP_SECONDS:g} s"


def _why(error: BaseException) -> str:
    if isinstance(error, ssl.SSLError):
        return str(error.reason or type(error).__name__)
    if isinstance(error, socket.gaierror):
        return error.strerror or type(error).__name__
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return type(error).__name__
