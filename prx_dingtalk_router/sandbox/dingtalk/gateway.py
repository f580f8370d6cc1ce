"""The gateway: registration over HTTP, and the stream connections that tickets open (sections 1 and 2)."""

from __future__ import annotations

import asyncio

from aiohttp import web

from prx_dingtalk_router.sandbox.dingtalk import answers, json_text, refusals, registration
from prx_dingtalk_router.sandbox.dingtalk.connections import Connection
from prx_dingtalk_router.sandbox.dingtalk.events import Registered
from prx_dingtalk_router.sandbox.dingtalk.refusals import Refusal
from prx_dingtalk_router.sandbox.dingtalk.requests import body_of
from prx_dingtalk_router.sandbox.dingtalk.service import Service

OPEN = "/v1.0/gateway/connections/open"


class Gateway:
    """Handlers of the gateway."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[web.AbstractRouteDef]:
        """Registration, and any path for connecting: the endpoint's path is the service's choice."""
        return [web.post(OPEN, self.register), web.get("/{path:.*}", self.connect)]

    async def register(self, request: web.Request) -> web.StreamResponse:
        """``POST /v1.0/gateway/connections/open``."""
        faults = self._service.faults
        raw = await body_of(request)
        if faults.register_delay:
            await asyncio.sleep(faults.register_delay)
        fault = faults.take("register")
        if fault in ("html", "unavailable"):
            self._service.refused("registration", 400 if fault == "html" else 503, "", "fault")
            return answers.html_400() if fault == "html" else answers.unavailable()
        as_json = registration.prefers_json(request.headers.get("Accept"))
        try:
            if fault in refusals.REGISTRATION:
                raise refusals.registration(fault)
            body = self._granted(request, raw)
        except Refusal as refused:
            self._service.refused("registration", refused.status, refused.code, refused.message)
            return _negotiated(refused.body(), refused.status, "Error", as_json=as_json)
        if fault == "no-ticket":
            del body["ticket"]
        return _negotiated(body, 200, "OpenConnectionResponse", as_json=as_json)

    def _granted(self, request: web.Request, raw: bytes) -> dict[str, object]:
        service = self._service
        if request.content_type != "application/json":
            raise refusals.registration("invalidParameter")
        try:
            asked = registration.check(json_text.read(raw), service.directory)
        except ValueError:
            raise refusals.registration("invalidParameter") from None
        host = request.host
        service.hosts[asked.app.client_id] = host
        grant = service.tickets.issue(asked.app, asked.subscriptions, host)
        subscriptions = tuple(sorted(asked.subscriptions))
        service.observers.tell(
            Registered(
                at=service.clock.now(),
                client_id=asked.app.client_id,
                subscriptions=subscriptions,
                ua=asked.ua,
            )
        )
        return {"endpoint": f"ws://{host}{service.tickets.endpoint()}", "ticket": grant.ticket}

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """The upgrade of a ticket to a stream connection; how refusals look is not documented (section 12)."""
        service = self._service
        ws = web.WebSocketResponse(autoping=False, timeout=1.0, compress=False)
        if "ticket" not in request.query or not ws.can_prepare(request).ok:
            return answers.not_found()
        if service.faults.handshake_status:
            service.refused("handshake", service.faults.handshake_status, "", "fault")
            return web.Response(status=service.faults.handshake_status)
        grant = service.tickets.take(request.query["ticket"])
        if isinstance(grant, str) or grant.path != request.path:
            why = f"ticket {grant}" if isinstance(grant, str) else "another path than the endpoint's"
            service.refused("handshake", 401, "", why)
            return web.Response(status=401, text="invalid ticket")
        await ws.prepare(request)
        transport = request.transport
        if transport is None:
            return ws
        connection = Connection(
            service.pool.number(),
            grant,
            ws,
            transport,
            clock=service.clock,
            faults=service.faults,
            observers=service.observers,
        )
        if service.faults.spend("close_on_open"):
            connection.end()
        elif service.faults.black_hole:
            connection.flow(False)
        service.pool.add(connection)
        try:
            await connection.run(service.pushes.answer)
        finally:
            service.pool.remove(connection)
            service.observers.tell(connection.ended())
        return ws


def _negotiated(body: dict[str, object], status: int, root: str, *, as_json: bool) -> web.Response:
    if as_json:
        return answers.plain(body, status)
    text = registration.as_xml(body, root)
    return web.Response(text=text, status=status, content_type="application/xml")
