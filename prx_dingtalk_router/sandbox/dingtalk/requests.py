"""What clients send, as far as it can be read at all."""

from __future__ import annotations

from aiohttp import web


async def body_of(request: web.Request) -> bytes:
    """The body of a request; nothing where it is not in the coding that its header names, as for one that sent none."""
    try:
        return await request.read()
    except web.RequestPayloadError:
        return b""
