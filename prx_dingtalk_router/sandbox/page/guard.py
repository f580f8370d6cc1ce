"""Who may talk to the page: browsers that opened it from this very address, and nobody else's pages."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def guard(bound_to: str) -> Middleware:
    """A middleware that refuses other hosts' names and other sites' pages with 403.

    A name that an attacker points at loopback (DNS rebinding) is not among the hosts that are answered: ``localhost``,
    IP addresses, and the name that the page was ``bound_to``. Whatever can change something needs the page's own origin.
    """

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not _known_host(request.host, bound_to):
            return web.Response(status=403, text="unknown host")
        changes = request.method not in {"GET", "HEAD"} or "upgrade" in request.headers
        if changes and request.headers.get("Origin", "") != f"{request.scheme}://{request.host}":
            return web.Response(status=403, text="not from this page")
        return await handler(request)

    return check


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Forbid every answer to load, run or frame anything that is not the page's own (signal ``on_response_prepare``)."""
    socket = f"ws://{request.host}" if _host_name(request.host) else ""
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    response.headers.update(_HEADERS)


def _known_host(host: str, bound_to: str) -> bool:
    name = _host_name(host)
    if name is None:
        return False
    if name in {"localhost", bound_to.lower()}:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _host_name(host: str) -> str | None:
    """The name or address in a ``Host`` header, or ``None`` for one that is none."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    if parts.netloc != host or parts.username is not None or not parts.hostname:
        return None
    return parts.hostname if all(sign.isalnum() or sign in ".-:[]" for sign in host) else None
