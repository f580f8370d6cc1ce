"""Faults between the daemon and its client, and what the framework answers by itself: a middleware."""

from __future__ import annotations

import asyncio

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from prx_dingtalk_router.sandbox.prx.answers import (
    ACCEPTED,
    BodyTooLarge,
    console,
    not_allowed,
    proxy_page,
    too_large,
)
from prx_dingtalk_router.sandbox.prx.daemon import Daemon
from prx_dingtalk_router.sandbox.prx.events import Answered
from prx_dingtalk_router.sandbox.prx.jobs import ProcessGone

_PIECES = 10


def wire(daemon: Daemon) -> Middleware:
    """The middleware that stands between ``daemon`` and the socket."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        process = daemon.process
        if daemon.faults.take("bad_gateway"):
            response: web.StreamResponse = proxy_page(daemon.faults.proxy_status)
        else:
            try:
                response = await _answered(request, handler)
            except (ProcessGone, ConnectionError):  # we died, or the client left in the middle of its body
                return _cut(daemon, request)
        if ACCEPTED in request:
            if daemon.faults.take("drop_answers"):
                return _cut(daemon, request)
            if daemon.faults.take("bad_gateway_after"):
                response = proxy_page(daemon.faults.proxy_status)
        if daemon.faults.answer_latency > 0:
            await asyncio.sleep(daemon.faults.answer_latency)
        if process.dead:
            return _cut(daemon, request)
        daemon.emit(
            Answered(daemon.clock.unix_ms(), daemon.agent_id, request.method, request.path, response.status)
        )
        trickles = daemon.faults.slow_body > 0 and request.method != hdrs.METH_HEAD
        if trickles and isinstance(response, web.Response):
            return await _trickled(request, response, daemon.faults.slow_body)
        return response

    return middleware


async def _answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except BodyTooLarge as error:
        return too_large(error)
    except web.HTTPNotFound:
        return console() if request.method in {hdrs.METH_GET, hdrs.METH_HEAD} else not_allowed()
    except web.HTTPMethodNotAllowed as error:
        response = not_allowed()
        response.headers["Allow"] = ",".join(sorted(error.allowed_methods))
        return response


def _cut(daemon: Daemon, request: web.Request) -> web.StreamResponse:
    """Reset the connection; the response is for the framework only and reaches nobody."""
    daemon.emit(Answered(daemon.clock.unix_ms(), daemon.agent_id, request.method, request.path, 0))
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _trickled(request: web.Request, response: web.Response, seconds: float) -> web.StreamResponse:
    """The same answer with its body sent in ten pieces over ``seconds``."""
    body = response.body if isinstance(response.body, bytes) else b""
    stream = web.StreamResponse(status=response.status, headers=response.headers)
    stream.content_length = len(body)
    size = max(1, -(-len(body) // _PIECES))
    try:
        await stream.prepare(request)
        for start in range(0, len(body), size):
            await asyncio.sleep(seconds / _PIECES)
            await stream.write(body[start : start + size])
        await stream.write_eof()
    except ConnectionError:
        if request.transport is not None:
            request.transport.abort()
    return stream


async def without_server_name(_request: web.Request, response: web.StreamResponse) -> None:
    """Take out the framework's ``Server`` header: PRX sends none, a proxy its own."""
    if response.headers.get(hdrs.SERVER, "").startswith("Python/"):
        del response.headers[hdrs.SERVER]
