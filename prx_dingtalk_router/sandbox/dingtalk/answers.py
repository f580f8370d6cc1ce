"""HTTP answers in the service's several manners: JSON, proxies' HTML, throttling by IP, nothing at all."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Mapping

from aiohttp import web

from prx_dingtalk_router.sandbox.dingtalk import json_text, refusals
from prx_dingtalk_router.sandbox.dingtalk.refusals import Refusal

_PLAIN_TO_TLS = (
    "<html>\r\n<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>\r\n<body>\r\n"
    "<center><h1>400 Bad Request</h1></center>\r\n<center>The plain HTTP request was sent to HTTPS port</center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
_UNAVAILABLE = (
    "<html><head><title>503 Service Temporarily Unavailable</title></head>"
    "<body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>"
)
_PUNISHED = (
    '<!DOCTYPE html><html><head><title>访问被拒绝</title></head><body><div id="punish">'
    "Sorry, we have detected unusual traffic from your network.</div></body></html>"
)


def plain(body: Mapping[str, object], status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.Response(text=json_text.write(body), status=status, content_type="application/json")


def not_found() -> web.Response:
    """The API host has no such interface, or none with this method."""
    return plain(
        {
            "code": "InvalidAction.NotFound",
            "message": "Specified api is not found, please check your url and method.",
            "requestid": refusals.request_id(),
        },
        404,
    )


def refusal(refused: Refusal) -> web.Response:
    """A refusal of the API host."""
    return plain(refused.body(), refused.status)


def html_400() -> web.Response:
    """What a proxy in between says."""
    return web.Response(text=_PLAIN_TO_TLS, status=400, content_type="text/html")


def unavailable() -> web.Response:
    """503 with an HTML body."""
    return web.Response(text=_UNAVAILABLE, status=503, content_type="text/html")


def punished_html() -> web.Response:
    """HTML instead of JSON, status 200: one face of throttling by IP."""
    return web.Response(text=_PUNISHED, content_type="text/html")


def throttled() -> web.Response:
    """The JSON face of throttling by IP."""
    return plain(
        {"status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": uuid.uuid4().hex},
    )


def special(fault: str) -> web.Response | None:
    """The answer of a fault that has the same form on every interface; ``None`` for other faults."""
    match fault:
        case "html":
            return punished_html()
        case "throttled" | "json":
            return throttled()
        case "html-403":
            return web.Response(text=_PUNISHED, status=403, content_type="text/html")
        case "http-429":
            return web.Response(text="Too Many Requests", status=429)
        case "empty":
            return web.Response()
        case "http-500":
            return web.Response(text="Internal Server Error", status=500)
        case "string-zero":
            return plain({"errcode": "0", "errmsg": "ok"})
        case "code-message":
            return plain(
                {"code": "ServiceUnavailable", "message": "The request has failed due to a temporary failure"}
            )
    return None


async def trickled(request: web.Request, answer: web.Response, seconds: float) -> web.StreamResponse:
    """Send an answer whose body comes in ten pieces over so many seconds, with its length said before."""
    body = answer.body if isinstance(answer.body, bytes) else b""
    slow = web.StreamResponse(status=answer.status)
    slow.content_type, slow.content_length = answer.content_type, len(body)
    step = -(-len(body) // 10) or 1
    with contextlib.suppress(ConnectionError):  # who asked may have had enough of it
        await slow.prepare(request)
        for at in range(0, len(body), step):
            await slow.write(body[at : at + step])
            await asyncio.sleep(seconds / 10)
        await slow.write_eof()
    return slow


def cut(request: web.Request) -> web.Response:
    """Drop the TCP connection instead of an answer; the response is for the caller to return and goes nowhere."""
    if request.transport:
        request.transport.abort()
    return web.Response()
