"""The HTTP side of session webhooks (section 7)."""

from __future__ import annotations

import asyncio

from aiohttp import web

from prx_dingtalk_router.sandbox.dingtalk import answers, errcodes
from prx_dingtalk_router.sandbox.dingtalk.events import Replied
from prx_dingtalk_router.sandbox.dingtalk.requests import body_of
from prx_dingtalk_router.sandbox.dingtalk.service import Service
from prx_dingtalk_router.sandbox.dingtalk.webhooks import Verdict

SEND = "/robot/sendBySession"


class Replies:
    """The handler of what robots post to session webhooks."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[web.AbstractRouteDef]:
        """The one address of all sessions."""
        return [web.post(SEND, self.send)]

    async def send(self, request: web.Request) -> web.StreamResponse:
        """``POST /robot/sendBySession?session=…``: HTTP 200 for success and refusal alike."""
        service, faults = self._service, self._service.faults
        raw = await body_of(request)
        if faults.webhook_delay:
            await asyncio.sleep(faults.webhook_delay)
        fault = faults.take("webhook")
        success = fault in ("ok", "string-zero", "cut-after")
        if not success and not _is_errcode(fault):
            special = answers.special(fault)
            service.refused("webhook", special.status if special else 0, fault, "fault")
            return special or answers.cut(request)
        verdict = service.webhooks.judge(request.query.get("session"), request.content_type, raw)
        if not success:
            verdict = Verdict(int(fault), session=verdict.session, body=verdict.body)
        elif verdict.errcode == 0 and not service.meters.spend("push"):
            verdict = Verdict(90020, session=verdict.session, body=verdict.body)
        self._tell(verdict)
        if fault == "cut-after":
            return answers.cut(request)
        if fault == "string-zero" and verdict.errcode == 0:
            return answers.plain({"errcode": "0", "errmsg": "ok"})
        return answers.plain(errcodes.answer(verdict.errcode, verdict.detail))

    def _tell(self, verdict: Verdict) -> None:
        service, session = self._service, verdict.session
        if verdict.errcode:
            why = errcodes.MESSAGES[verdict.errcode]
            service.refused("webhook", 200, str(verdict.errcode), f"{why} {verdict.detail}".strip())
        if session is not None:
            service.observers.tell(
                Replied(
                    at=service.clock.now(),
                    msg_id=session.msg_id,
                    conversation_id=session.room.id,
                    route="webhook",
                    body=verdict.body,
                    errcode=verdict.errcode,
                )
            )
        if verdict.line is not None:
            service.show(verdict.line)


def _is_errcode(fault: str) -> bool:
    return fault.removeprefix("-").isdigit()
