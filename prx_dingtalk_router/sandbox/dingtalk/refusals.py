"""Refusals of the API host: registration, token and robot API, with status and code of the documents.

A body is ``{"code", "message", "requestid"}``, and for a missing permission ``accessdenieddetail`` that names it
(dingtalk-stream.md sections 1 and 8, dingtalk-cards-media.md sections 0.1, 5 and 9.4).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_DENIED = "Forbidden.AccessDenied"
SEND_SCOPE = "qyapi_robot_sendmsg"


@dataclass(frozen=True, slots=True)
class Refusal(Exception):  # noqa: N818 - an answer of the service, not an error of this program
    """An answer of the service that is not a success; raised by a check, sent by the server."""

    status: int
    code: str
    message: str
    scopes: tuple[str, ...] = ()

    def body(self) -> dict[str, object]:
        """The JSON body, with a request id of its own."""
        body: dict[str, object] = {"code": self.code, "message": self.message, "requestid": request_id()}
        return body | ({"accessdenieddetail": {"requiredScopes": list(self.scopes)}} if self.scopes else {})


def request_id() -> str:
    """A fresh id, as every refusal carries one."""
    return str(uuid.uuid4()).upper()


def _table(*refusals: Refusal) -> Mapping[str, Refusal]:
    return MappingProxyType({refusal.code: refusal for refusal in refusals})


FORBIDDEN = _table(
    Refusal(
        403,
        f"{_DENIED}.AccessTokenPermissionDenied",
        f"没有调用该接口的权限,请申请权限点:{SEND_SCOPE}",
        (SEND_SCOPE,),
    ),
    Refusal(403, f"{_DENIED}.IpNotInWhiteList", "访问ip不在白名单之中"),
    Refusal(403, f"{_DENIED}.QpsLimitForAppkeyAndApi", "您的应用调用该接口的频率超过限制,请稍后再试"),
    Refusal(403, f"{_DENIED}.QpmLimitForAppkeyAndApi", "您的应用每分钟调用该接口的次数超过限制,请稍后再试"),
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
    Refusal(400, "unknown.send.result", "发送结果未知"),
    Refusal(400, "send.forbidden", "禁止发送消息"),
    Refusal(400, "ip.not.match", "IP 地址不匹配"),
    Refusal(400, "keywords.not.match", "关键词不匹配"),
    Refusal(400, "sign.not.match", "签名不匹配"),
    Refusal(400, "contain.unsafe.url", "消息中包含不安全的链接"),
    Refusal(400, "contain.notAllowed.text", "消息中包含不合适的文本"),
    Refusal(400, "contain.notAllowed.picture", "消息中包含不合适的图片"),
    Refusal(400, "contain.notAllowed.content", "消息中包含不合适的内容"),
    Refusal(400, "illegal.receivers", "接收者不合法"),
    Refusal(400, "receivers.exceed", "接收者过多"),
    Refusal(400, "illegal.excludes", "排除的接收者不合法"),
    Refusal(400, "invalidParameter.userIds.empty", "userIds 不能为空"),
    Refusal(400, "invalidParameter.userIds.overMax", "userIds 超过 100 个"),
    Refusal(400, "invalidParameter.msgKey.empty", "msgKey 不能为空"),
    Refusal(400, "invalidParameter.msg.unsupport", "不支持的消息类型"),
    Refusal(400, "invalidParameter.msgBody.invalid", "消息体不正确"),
    Refusal(400, "invalidParameter.robotCode.auth", "机器人属于其他应用"),
    Refusal(400, "invalidParameter.robotCode.coolApp", "机器人属于酷应用"),
    Refusal(400, "sendMessage.model.notMatch", "消息模型不匹配"),
    Refusal(400, "miss.param.robotCode", "缺少参数 robotCode"),
    Refusal(400, "template.not.existed", "模板不存在"),
    Refusal(400, "template.stopped", "模板已停用"),
    Refusal(400, "token.is.not.exist", "token 不存在"),
    Refusal(400, "resource.not.found", "资源不存在"),
    Refusal(400, "unauthorized", "未授权"),
    Refusal(400, "auth.error", "鉴权失败"),
    Refusal(400, "only.groupAdmin.canAtAll", "只有群管理员可以 @所有人"),
    *FORBIDDEN.values(),
    Refusal(500, "system.error", "系统错误"),
    Refusal(500, "system.err", "系统错误"),
    Refusal(500, "system.busy", "系统繁忙"),
    Refusal(500, "send.ding.exception", "发送异常"),
    Refusal(500, "unknownError", "未知错误"),
    Refusal(503, "ServiceUnavailable", "服务暂不可用"),
)

MESSAGE_CALLS = _table(
    Refusal(400, "miss.robotCode", "缺少参数 robotCode"),
    Refusal(400, "miss.openMsgId", "缺少参数 openMsgId"),
    Refusal(400, "miss.openConversationId", "缺少参数 openConversationId"),
    Refusal(400, "invalid.openMsgId", "消息不存在"),
    Refusal(400, "invalidParameter.robotCode", "机器人不存在"),
    Refusal(400, "not.allowed.robotCode", "消息不是该机器人发送的"),
    Refusal(400, "invalidParameter.processQueryKeys.overMax", "processQueryKeys 超过 20 个"),
    Refusal(400, "invalidParameter.processQueryKey.missing", "缺少 processQueryKeys"),
    Refusal(400, "invalid.processQueryKey", "processQueryKey 不正确"),
    Refusal(400, "invalidParameter.param.invalid", "参数不正确"),
    Refusal(400, "robot.processQueryKey.expired", "消息已超过 24 小时"),
    Refusal(400, "notRevoke.all.messages", "没有撤回任何消息"),
    Refusal(400, "invalid.openConversationId", "openConversationId 不正确"),
    Refusal(400, "bot.stopped", "机器人已停用"),
    Refusal(400, "emotion.notExisted", "没有这个表情"),
    Refusal(500, "system.err", "系统错误"),
)
"""Refusals of what is done to a message that is there: reactions (their codes are not documented) and recalls."""


def registration(code: str) -> Refusal:
    """A refusal of registration, by code."""
    return REGISTRATION[code]


def robot_api(code: str) -> Refusal:
    """A refusal of the robot API, by code; ``QpsLimit…`` and its kind may come without their long prefix."""
    return ROBOT_API.get(code) or ROBOT_API[f"{_DENIED}.{code}"]
