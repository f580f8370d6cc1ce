"""Who asks the admin address to do something, for the log."""

from __future__ import annotations

from aiohttp import web

ASKER_HEADER = "X-Prx-Router-User"
"""Who asks, as a program says it; it stands in the log beside the address."""
_MOST_NAME = 64


def asker(request: web.Request) -> str:
    """Return whom a request says it comes from, and its address."""
    name = "".join(sign for sign in request.headers.get(ASKER_HEADER, "") if sign.isprintable())[:_MOST_NAME]
    return f"{name}@{request.remote}" if name else str(request.remote)
