"""Who may ask the admin address: whoever has the token, and no web page of somebody else."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

OPEN_PATHS = frozenset({"/healthz", "/readyz"})
"""Asked by load balancers and supervisors, which have no token; they tell nothing but whether."""
MOST_AT_A_TIME = 16
MOST_SECONDS = 150.0
"""Longer than any reload may take."""

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}

Refuse = Callable[[int, str], Awaitable[web.Response]]


def guard(token: str, bound_to: str) -> Middleware:
    """Return the check that every request passes first.

    A name that an attacker points at loopback (DNS rebinding) is not among the hosts that are answered: ``localhost``, IP
    addresses, and the name the address is bound to. What a browser sends for another site's page is refused, too.

    Args:
        token: that requests carry; empty for none, which only a loopback address may have.
        bound_to: the host that is listened on.
    """
    at_work = asyncio.Semaphore(MOST_AT_A_TIME)

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not is_known_host(request.host, bound_to):
            return refusal(403, "unknown host")
        if not _is_own_page(request):
            return refusal(403, "not from this page")
        if token and request.path not in OPEN_PATHS and not _has_token(request, token):
            return refusal(401, "token missing or wrong", {"WWW-Authenticate": "Bearer"})
        if at_work.locked():
            return refusal(503, "busy")
        async with at_work:
            try:
                async with asyncio.timeout(MOST_SECONDS):
                    response = await handler(request)
            except web.HTTPException as error:
                return refusal(
                    error.status, error.reason, {k: v for k, v in error.headers.items() if k == "Allow"}
                )
            except TimeoutError:
                return refusal(503, "took too long")
        response.headers.update(_HEADERS)
        return response

    return check


def refusal(status: int, why: str, headers: dict[str, str] | None = None) -> web.Response:
    """Return an answer that refuses."""
    return web.json_response({"error": why}, status=status, headers={**_HEADERS, **(headers or {})})


def is_known_host(host: str, bound_to: str) -> bool:
    """Tell whether a ``Host`` header names this address by no name that somebody else could have chosen."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return False
    name = parts.hostname
    if not name or parts.netloc != host or parts.username is not None:
        return False
    if name in {"localhost", bound_to.lower()}:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_own_page(request: web.Request) -> bool:
    """Whether it comes from no browser, or from a page of this address."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return False
    return request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}


def _has_token(request: web.Request, token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(
        given.strip().encode("utf-8", "replace"), token.encode()
    )
