"""HTTP bodies: reading them raw within a limit, and the shapes that PRX and a proxy before it answer with."""

from __future__ import annotations

import json
from collections.abc import Collection

from aiohttp import web

BODY_LIMIT = 65_536
API_BODY_LIMIT = 201 * 1024 * 1024
JSON_LIMIT = 2 * 1024 * 1024
ACCEPTED = web.RequestKey("accepted", bool)
"""Marks a request that PRX accepted, whatever becomes of its answer on the way."""

_CONSOLE = (
    '<!doctype html>\n<html><head><title>OpenPRX</title></head><body><div id="root"></div></body></html>\n'
)
_PROXY = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n"
_PROXY_REASONS = {
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
    504: "504 Gateway Time-out",
}


class BodyTooLarge(Exception):  # noqa: N818 - reads as what happened
    """The body is over the route's limit; ``text`` is what the framework answers."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


async def read_body(request: web.Request, limit: int) -> bytes:
    """The exact bytes of the body.

    Raises:
        BodyTooLarge: more than ``limit`` bytes were declared or came (prx-gateway.md section 5.2, row 1).
    """
    if request.content_length is not None and request.content_length > limit:
        raise BodyTooLarge("length limit exceeded")
    body = bytearray()
    async for piece in request.content.iter_any():
        body += piece
        if len(body) > limit:
            raise BodyTooLarge("Failed to buffer the request body: length limit exceeded")
    return bytes(body)


def read_object(body: bytes, *, once: Collection[str] = ()) -> dict[str, object] | None:
    """The JSON object in ``body``, or ``None`` where PRX's parser would refuse it.

    Args:
        body: the raw bytes.
        once: keys of fields that PRX knows and therefore takes only once; others may be repeated.
    """
    repeated: list[bool] = []

    def gather(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs if name in once]
        repeated.append(len(names) != len(set(names)))
        return dict(pairs)

    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=gather)
        json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate is no text
    except (ValueError, RecursionError):
        return None
    # The outermost object is gathered last.
    return value if isinstance(value, dict) and not repeated[-1] else None


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def answer(body: object, status: int = 200) -> web.Response:
    """``body`` as JSON in UTF-8."""
    return web.Response(
        body=json.dumps(body, ensure_ascii=False).encode(), status=status, content_type="application/json"
    )


def refusal(status: int, error: str, /, **more: object) -> web.Response:
    """PRX's flat error: ``{"error": …}`` and what goes with it."""
    return answer({"error": error, **more}, status)


def too_many(retry_after: int) -> web.Response:
    """A 429: the hint is in the body, there is no ``Retry-After`` header."""
    return refusal(429, "too many requests, slow down", retry_after=retry_after)


def too_large(error: BodyTooLarge) -> web.Response:
    """A 413 as the framework words it."""
    return web.Response(text=error.text, status=413)


def console() -> web.Response:
    """The embedded web console, which any unknown `GET` reaches (prx-gateway.md section 3)."""
    return web.Response(text=_CONSOLE, content_type="text/html")


def not_allowed() -> web.Response:
    """A 405 with an empty body."""
    return web.Response(status=405)


def proxy_page(status: int) -> web.Response:
    """The error page of a proxy before PRX."""
    page = _PROXY.format(_PROXY_REASONS.get(status, f"{status} Error"))
    return web.Response(text=page, status=status, content_type="text/html", headers={"Server": "nginx"})
