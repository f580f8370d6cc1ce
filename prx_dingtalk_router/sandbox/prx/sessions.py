"""The sessions API, which knows only what a channel listener stored: never a webhook turn (prx-gateway.md section 7)."""

from __future__ import annotations

from aiohttp import web

from prx_dingtalk_router.sandbox.prx.answers import (
    API_BODY_LIMIT,
    JSON_LIMIT,
    answer,
    read_body,
    read_object,
    refusal,
)


class Sessions:
    """The session routes. Nothing here creates a session, so there is none."""

    async def list(self, _request: web.Request) -> web.StreamResponse:
        """`GET /api/sessions`: a bare array."""
        return answer([])

    async def messages(self, _request: web.Request) -> web.StreamResponse:
        """`GET /api/sessions/{id}/messages`: 404 for an id that no channel stored."""
        return refusal(404, "there is no such session")

    async def message(self, request: web.Request) -> web.StreamResponse:
        """`POST /api/sessions/{id}/message`: 400 for a bad payload, else 404, never a new session."""
        files = request.content_type.startswith("multipart/")
        body = await read_body(request, API_BODY_LIMIT if files else JSON_LIMIT)
        if not files:
            payload = read_object(body)
            message = payload.get("message") if payload is not None else None
            if not isinstance(message, str) or not message.strip():
                return refusal(400, "the body must be a JSON object with a `message` that is not blank")
        return refusal(404, "there is no such session")
