"""The listening socket: opened, closed as by a dead machine, and opened again on the same port."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import sys

from aiohttp import web

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.prx.protocol import Connection

_BACKLOG = 128
_LARGEST_PORT = 65_535


class Listener:
    """Listens for ``runner`` on one address.

    Args:
        runner: an application runner that is set up.
        host: IP address or name to listen on.
        port: 0 = a free one, which then stays the same.
        allow_public: whether ``host`` may be another address than loopback.
    """

    def __init__(self, runner: web.AppRunner, host: str, port: int, *, allow_public: bool) -> None:
        self._runner = runner
        self._host = host
        self.port = port
        self._allow_public = allow_public
        self._socket: socket.socket | None = None
        self._serving: asyncio.Task[asyncio.Server] | None = None

    @property
    def is_open(self) -> bool:
        """Whether connections are taken."""
        return self._socket is not None

    def open(self) -> None:
        """Take connections from now on; does nothing if they are taken already.

        Raises:
            SandboxError: the address cannot be listened on, or is public without leave (prx-gateway.md section 3).
        """
        if self._socket is not None:
            return
        try:
            family, kind, protocol, address = self._resolved()
            if not (self._allow_public or ipaddress.ip_address(address[0].partition("%")[0]).is_loopback):
                raise SandboxError("sandbox.prx-public", host=self._host)
            listening = socket.socket(family, kind, protocol)
        except (OSError, ValueError) as error:
            raise self._refused(error) from error
        try:
            if sys.platform != "win32":  # there the option would let two programs share the port
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(_BACKLOG)
        except OSError as error:
            listening.close()
            raise self._refused(error) from error
        listening.setblocking(False)
        self.port = listening.getsockname()[1]
        self._socket = listening
        self._serving = asyncio.create_task(self._serve(listening), name="prx listener")

    def _resolved(self) -> tuple[socket.AddressFamily, socket.SocketKind, int, tuple[str, int]]:
        if not 0 <= self.port <= _LARGEST_PORT:  # the resolver would silently take the remainder
            raise ValueError("port must be 0-65535")
        family, kind, protocol, _, address = socket.getaddrinfo(
            self._host, self.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return family, kind, protocol, (str(address[0]), self.port)

    def _refused(self, error: Exception) -> SandboxError:
        reason = error.strerror if isinstance(error, OSError) else None
        return SandboxError(
            "sandbox.prx-listen",
            host=self._host,
            port=self.port,
            reason=reason or str(error),
        )

    async def _serve(self, listening: socket.socket) -> asyncio.Server:
        server = self._runner.server
        assert server is not None
        return await asyncio.get_running_loop().create_server(
            lambda: Connection.of(server), sock=listening, backlog=_BACKLOG
        )

    async def opened(self) -> None:
        """Wait until the last ``open`` is complete; connections queue up before that."""
        if self._serving is not None:
            await self._serving

    @property
    def settled(self) -> bool:
        """Whether no ``open`` is under way, so that ``close`` may be called."""
        return self._serving is None or self._serving.done()

    def close(self) -> None:
        """Refuse new connections and cut those that are open."""
        serving, self._serving = self._serving, None
        self._socket = None
        if serving is not None:
            serving.result().close()
        self.cut()

    def cut(self) -> None:
        """Reset every open connection."""
        factory = self._runner.server
        for connection in factory.connections if factory is not None else ():
            if connection.transport is not None:
                connection.transport.abort()
