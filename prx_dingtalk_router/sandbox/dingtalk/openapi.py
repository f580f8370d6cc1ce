"""The HTTP side of the API host: tokens, robot API, media (sections 6 and 8)."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from prx_dingtalk_router.sandbox.dingtalk import answers, json_text
from prx_dingtalk_router.sandbox.dingtalk.directory import App
from prx_dingtalk_router.sandbox.dingtalk.events import Reacted, Replied
from prx_dingtalk_router.sandbox.dingtalk.media import UPLOAD_LIMITS, Medium, fits
from prx_dingtalk_router.sandbox.dingtalk.recalls import Recalled, recall_event
from prx_dingtalk_router.sandbox.dingtalk.refusals import REGISTRATION, ROBOT_API, TOKEN, Refusal
from prx_dingtalk_router.sandbox.dingtalk.requests import body_of
from prx_dingtalk_router.sandbox.dingtalk.robot_api import Sent
from prx_dingtalk_router.sandbox.dingtalk.service import Service
from prx_dingtalk_router.sandbox.dingtalk.tokens import Token
from prx_dingtalk_router.sandbox.dingtalk.transcript import Line

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Call = Callable[[App, Mapping[str, object], web.Request], Sent]

TOKEN_HEADER = "x-acs-dingtalk-access-token"  # noqa: S105 - the name of a header

_NO_MULTIPART = (
    AssertionError,
    HttpProcessingError,
    LookupError,
    RuntimeError,
    ValueError,
    web.RequestPayloadError,
    zlib.error,
)
"""What aiohttp raises for a body that is no multipart one, or names a charset or coding that nobody knows."""

_FORBIDDEN_LINK = (
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>The request signature we '
    "calculated does not match the signature you provided.</Message></Error>"
)


class OpenApi:
    """Handlers of the API host."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[web.AbstractRouteDef]:
        """Tokens in three forms, the robot API, reactions and recalls, media in and out."""
        return [
            web.post("/v1.0/oauth2/accessToken", self.access_token),
            web.post("/v1.0/oauth2/{corp_id}/token", self.corp_token),
            web.get("/gettoken", self.legacy_token),
            web.post(
                "/v1.0/robot/oToMessages/batchSend", self._call("oToMessages/batchSend", self._batch_send)
            ),
            web.post("/v1.0/robot/groupMessages/send", self._call("groupMessages/send", self._group_send)),
            web.post(
                "/v1.0/robot/messageFiles/download", self._call("messageFiles/download", self._download)
            ),
            web.post("/v1.0/robot/emotion/reply", self._call("emotion/reply", self._react)),
            web.post("/v1.0/robot/emotion/recall", self._call("emotion/recall", self._unreact)),
            web.post(
                "/v1.0/robot/otoMessages/batchRecall",
                self._call("otoMessages/batchRecall", self._recall_private),
            ),
            web.post(
                "/v1.0/robot/groupMessages/recall", self._call("groupMessages/recall", self._recall_group)
            ),
            web.get("/sandbox-media/{key}", self.fetch),
            web.post("/media/upload", self.upload),
        ]

    async def access_token(self, request: web.Request) -> web.StreamResponse:
        """``POST /v1.0/oauth2/accessToken``."""
        body = json_text.read_object(await body_of(request))
        return self._token(
            lambda: self._service.tokens.issue(body.get("appKey"), body.get("appSecret")),
            lambda token: {"expireIn": token.life, "accessToken": token.value},
        )

    async def corp_token(self, request: web.Request) -> web.StreamResponse:
        """``POST /v1.0/oauth2/{corpId}/token``."""
        body, corp_id = json_text.read_object(await body_of(request)), request.match_info["corp_id"]

        def issue() -> Token:
            if body.get("grant_type") != "client_credentials":
                raise REGISTRATION["invalidParameter"]
            return self._service.tokens.issue(
                body.get("client_id"), body.get("client_secret"), corp_id=corp_id
            )

        return self._token(issue, lambda token: {"access_token": token.value, "expires_in": token.life})

    async def legacy_token(self, request: web.Request) -> web.StreamResponse:
        """``GET /gettoken?appkey=&appsecret=``: refusals come with 200 and an ``errcode``."""
        query = request.query
        answer = self._token(
            lambda: self._service.tokens.issue(query.get("appkey"), query.get("appsecret")),
            lambda token: {
                "errcode": 0,
                "access_token": token.value,
                "errmsg": "ok",
                "expires_in": token.life,
            },
        )
        if answer.status == 400 and "InvalidAuthentication" in (answer.text or ""):
            return answers.plain({"errcode": 40014, "errmsg": "不合法的access_token"})
        if answer.status == 400:
            return answers.plain({"errcode": 40096, "errmsg": "不合法的appKey或appSecret"})
        return answer

    def _token(self, issue: Callable[[], Token], shape: Callable[[Token], dict[str, object]]) -> web.Response:
        fault = self._service.faults.take("token")
        special = answers.special(fault)
        if special is not None:
            self._service.refused("token", special.status, fault, "fault")
            return special
        try:
            if fault in TOKEN:
                raise TOKEN[fault]
            return answers.plain(shape(issue()))
        except Refusal as refused:
            self._service.refused("token", refused.status, refused.code, refused.message)
            return answers.refusal(refused)

    def _call(self, api: str, call: Call) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            service = self._service
            if service.faults.api_delay:
                await asyncio.sleep(service.faults.api_delay)
            body, fault = json_text.read_object(await body_of(request)), self._fault(request.path)
            special = answers.special(fault)
            if special is not None or fault == "cut-before":
                service.refused(api, special.status if special else 0, fault, "fault")
                return special or answers.cut(request)
            try:
                app = service.tokens.owner(request.headers.get(TOKEN_HEADER))
                if fault in ROBOT_API:
                    raise ROBOT_API[fault]
                service.robot_api.admit(app, api)
                sent = call(app, body, request)
            except Refusal as refused:
                service.refused(api, refused.status, refused.code, refused.message)
                return answers.refusal(refused)
            self._show(api, body, sent)
            return answers.cut(request) if fault == "cut-after" else answers.plain(sent.answer)

        return handle

    def _fault(self, path: str) -> str:
        """The fault that a call of this path meets."""
        paths = self._service.faults.listed("api_paths")
        return self._service.faults.take("api") if not paths or any(part in path for part in paths) else "ok"

    def _show(self, api: str, body: Mapping[str, object], sent: Sent) -> None:
        service = self._service
        for line in sent.lines:
            service.observers.tell(
                Replied(
                    at=line.at,
                    msg_id="",
                    conversation_id=line.conversation_id,
                    route="api",
                    body=body,
                    errcode=0,
                )
            )
            service.show(line)
        for line in sent.gone:
            service.hide(line)
        for event in sent.events:
            service.observers.tell(event)
        for listed in ("invalidStaffIdList", "flowControlledStaffIdList", "filteredStaffIdList"):
            if sent.answer.get(listed):
                service.refused(api, 200, listed, str(sent.answer[listed]))

    def _batch_send(self, app: App, body: Mapping[str, object], _: web.Request) -> Sent:
        return self._service.robot_api.batch_send(app, body)

    def _group_send(self, app: App, body: Mapping[str, object], _: web.Request) -> Sent:
        return self._service.robot_api.group_send(app, body)

    def _react(self, app: App, body: Mapping[str, object], _: web.Request) -> Sent:
        return self._reacted(self._service.reactions.reply(app, body), body, added=True)

    def _unreact(self, app: App, body: Mapping[str, object], _: web.Request) -> Sent:
        return self._reacted(self._service.reactions.recall(app, body), body, added=False)

    def _reacted(self, line: Line, body: Mapping[str, object], *, added: bool) -> Sent:
        service = self._service
        event = Reacted(
            at=service.clock.now(),
            msg_id=line.msg_id,
            conversation_id=line.conversation_id,
            added=added,
            name=str(body.get("emotionName") or ""),
            reactions=tuple(chip.name for chip in service.reactions.visible(line.msg_id)),
        )
        return Sent({"success": True}, events=(event,))

    def _recall_private(self, app: App, body: Mapping[str, object], _: web.Request) -> Sent:
        return self._recalled(app, self._service.recalls.private(app, body))

    def _recall_group(self, app: App, body: Mapping[str, object], _: web.Request) -> Sent:
        return self._recalled(app, self._service.recalls.group(app, body))

    def _recalled(self, app: App, recalled: Recalled) -> Sent:
        if self._service.faults.recall_event:
            for line in recalled.lines:
                self._service.push_event(
                    app, "robot_msg_recall", recall_event(app, line, self._service.clock.now())
                )
        return Sent(recalled.answer, gone=recalled.lines)

    def _download(self, app: App, body: Mapping[str, object], request: web.Request) -> Sent:
        key = self._service.robot_api.download(app, body)
        return Sent({"downloadUrl": f"http://{request.host}/sandbox-media/{key}"})

    async def fetch(self, request: web.Request) -> web.StreamResponse:
        """A signed link: good for a short while, and only without a Content-Type, which is part of the signature."""
        medium = self._service.media.fetch(request.match_info["key"])
        if medium is None or "Content-Type" in request.headers:
            code = "SignatureDoesNotMatch" if medium else "AccessDenied"
            self._service.refused("media", 403, code, "link")
            return web.Response(
                text=_FORBIDDEN_LINK.format(code=code), status=403, content_type="application/xml"
            )
        return web.Response(body=medium.body, content_type=medium.content_type)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """``POST /media/upload?access_token=…``: multipart ``media`` and ``type``."""
        try:
            self._service.tokens.owner(request.query.get("access_token"))
        except Refusal:
            return answers.plain({"errcode": 40014, "errmsg": "不合法的access_token"})
        if not self._service.meters.spend("api"):
            return answers.plain({"errcode": 90020, "errmsg": "企业当月接口调用次数已达上限"})
        kind, medium = request.query.get("type", ""), None
        try:
            async for part in await request.multipart():
                if isinstance(part, BodyPartReader) and part.name == "type":
                    kind = await part.text()
                elif isinstance(part, BodyPartReader) and part.name == "media":
                    content_type = part.headers.get("Content-Type", "application/octet-stream")
                    medium = Medium(part.filename or "media", content_type, bytes(await part.read()))
        except _NO_MULTIPART:
            medium = None
        except web.HTTPRequestEntityTooLarge:
            return answers.plain({"errcode": 40006, "errmsg": "不合法的文件大小"})
        if medium is None or kind not in UPLOAD_LIMITS:
            return answers.plain({"errcode": 40035, "errmsg": "缺少参数 media 或 type"})
        if not fits(kind, medium.name):
            return answers.plain({"errcode": 40005, "errmsg": "不合法的文件类型"})
        if len(medium.body) > UPLOAD_LIMITS[kind]:
            return answers.plain({"errcode": 40006, "errmsg": "不合法的文件大小"})
        media_id, now = self._service.media.upload(medium), self._service.clock.now()
        return answers.plain(
            {"errcode": 0, "errmsg": "ok", "type": kind, "media_id": media_id, "created_at": now}
        )
