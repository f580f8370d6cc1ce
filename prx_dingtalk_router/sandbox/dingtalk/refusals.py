"""Refusals of the API host: registration, token and robot API, with status and code of the documents.

A body is ``{"code", "message", "requestid"}`` (dingtalk-stream.md sections 1 and 8).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_DENIED = "Forbidden.AccessDenied"


@dataclass(frozen=True, slots=True)
class Refusal(Exception):  # noqa: N818 - an answer of the service, not an error of this program
    """An answer of the service that is not a success; raised by a check, sent by the server."""

    status: int
    code: str
    message: str

    def body(self) -> dict[str, object]:
        """The JSON body, with a request id of its own."""
        return {"code": self.code, "message": self.message, "requestid": request_id()}


def request_id() -> str:
    """A fresh id, as every refusal carries one."""
    return str(uuid.uuid4()).upper()


def _table(*refusals: Refusal) -> Mapping[str, Refusal]:
    return MappingProxyType({refusal.code: refusal for refusal in refusals})


FORBIDDEN = _table(
    Refusal(
        403, f"{_DENIED}.AccessTokenPermissionDenied", "没有调用该接口的权限,请申请权限点:qyapi_robot_sendmsg"
    ),
    Refusal(403, f"{_DENIED}.IpNotInWhiteList", "访问ip不在白名单之中"),
    Refusal(403, f"{_DENIED}.QpsLimitForAppkeyAndApi", "您的应用调用该接口的频率超过限制,请稍后再试"),
    Refusal(403, f"{_DENIED}.QpsLimitForApi", "该接口的调用总频率超过限制,请稍后再试"),
    Refusal(403, f"{_DENIED}.ApiCountLimitForOrg", "企业当月接口调用次数已达上限"),
)

REGISTRATION = _table(
    Refusal(401, "authFailed", "鉴权失败"),
    Refusal(400, "systemError", "系统错误"),
    Refusal(400, "invalidParameter", "参数错误"),
    Refusal(400, "robot.notPublished", "应用未发布,或机器人未启用"),
    Refusal(400, "robot.notStreamMode", "机器人的消息接收模式不是 Stream 模式"),
    *FORBIDDEN.values(),
)

TOKEN = _table(
    Refusal(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret"),
    Refusal(400, "InvalidAuthentication", "不合法的access_token"),
)

ROBOT_API = _table(
    TOKEN["InvalidAuthentication"],
    Refusal(400, "send.too.fast", "发送消息过快"),
    Refusal(400, "send.byToken.tooFast", "该 token 发送消息过快"),
    Refusal(400, "too.many.people", "一次发送的人数超过限制"),
    Refusal(400, "too.many.group", "一次发送的群数超过限制"),
    Refusal(400, "invalidParameter.robotCode.empty", "robotCode 不能为空"),
    Refusal(400, "invalidParameter.robotCode.notExist", "robotCode 不存在"),
    Refusal(400, "invalidParameter.robotCode.downloadCode", "robotCode 或 downloadCode 不正确"),
    Refusal(400, "invalidParameter.msgKey.invalid", "msgKey 不正确"),
    Refusal(400, "invalidParameter.msgParam.invalid", "msgParam 不正确"),
    Refusal(400, "invalidParameter.msgParam.tooLong", "msgParam 过长"),
    Refusal(400, "invalid.openConversationId", "openConversationId 不正确"),
    Refusal(400, "group.disbanded", "群已解散"),
    Refusal(400, "bot.stopped", "机器人已停用"),
    Refusal(400, "bot.forbidden.sendMessage", "机器人被禁止发消息"),
    Refusal(400, "session.expired", "会话已过期"),
    Refusal(400, "session.notExisted", "会话不存在"),
    Refusal(400, "staffId.notExisted", "员工不存在"),
    Refusal(400, "chatbotId.notAllow.sendOTO", "机器人不允许发单聊消息"),
    Refusal(400, "robot.oto.notExist", "单聊机器人不存在"),
    Refusal(400, "conversation.org.notMatch", "群与机器人不属于同一组织"),
    Refusal(400, "resource.unavailable", "资源不可用"),
    *FORBIDDEN.values(),
    Refusal(500, "system.error", "系统错误"),
)


def registration(code: str) -> Refusal:
    """A refusal of registration, by code."""
    return REGISTRATION[code]


def robot_api(code: str) -> Refusal:
    """A refusal of the robot API, by code; ``QpsLimit…`` and its kind may come without their long prefix."""
    return ROBOT_API.get(code) or ROBOT_API[f"{_DENIED}.{code}"]
