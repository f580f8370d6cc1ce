"""Connections: how much they take, and what they answer to what is no HTTP."""

from __future__ import annotations

import asyncio

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_exceptions import HttpProcessingError

_LONGEST_HEAD_BYTES = 400 * 1024
_BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Connection(web.RequestHandler):
    """One connection. What is no HTTP is answered with an empty 400 and ends it; neither this nor a client that leaves is logged."""

    @classmethod
    def of(cls, server: web.Server) -> Connection:
        """A connection of ``server``: it takes heads as long as PRX does, and leaves bodies as they are."""
        return cls(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type] # the framework's word for "none"
            auto_decompress=False,
            max_line_size=_LONGEST_HEAD_BYTES,
            max_field_size=_LONGEST_HEAD_BYTES,
        )

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what could not be read as a request or has nobody any more; the rest is the framework's affair."""
        if isinstance(exc, HttpProcessingError | ConnectionError):
            return _BadRequest()
        return super().handle_error(request, status, exc, message)


class _BadRequest(web.Response):
    """An empty 400 without the headers that the framework would add."""

    def __init__(self) -> None:
        super().__init__(status=400)
        self.force_close()

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Send it."""
        if request.transport is not None:
            request.transport.write(_BAD_REQUEST)
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        """There is nothing more."""
