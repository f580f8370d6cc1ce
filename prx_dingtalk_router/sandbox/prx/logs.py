"""`GET /api/logs`: a WebSocket into which version 0.8.32 writes nothing (prx-gateway.md section 9)."""

from __future__ import annotations

from aiohttp import web

from prx_dingtalk_router.sandbox.prx.answers import refusal

LARGEST_AUDIENCE = 64


class LogStream:
    """Lets up to 64 clients listen to silence."""

    def __init__(self) -> None:
        self._listeners = 0

    async def listen(self, request: web.Request) -> web.StreamResponse:
        """Upgrade and stay silent until the client leaves; 503 beyond 64 clients, 400 without an upgrade."""
        socket = web.WebSocketResponse(autoping=True)
        if not socket.can_prepare(request).ok:
            return refusal(400, "this route speaks WebSocket only")
        if self._listeners >= LARGEST_AUDIENCE:
            return refusal(503, "too many log listeners")
        self._listeners += 1
        try:
            await socket.prepare(request)
            async for _ in socket:
                pass
        finally:
            self._listeners -= 1
        return socket
