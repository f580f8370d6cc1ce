"""The error codes of session webhooks, with the service's words (dingtalk-stream.md sections 7 and 9)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MESSAGES: Mapping[int, str] = MappingProxyType(
    {
        0: "ok",
        -1: "系统繁忙",
        88: "ding talk error",
        300001: "session 不存在",
        300005: "token is not exist",
        310000: "keywords not in content",
        34016: "message is too long",
        40035: "缺少参数 json",
        43004: "无效的HTTP HEADER Content-Type",
        90002: "您的服务器调用钉钉开放平台所有接口的请求都被暂时禁用了",
        90018: "您的服务器调用钉钉开放平台当前接口的请求过于频繁",
        90020: "企业调用钉钉开放平台接口的次数已达上限",
        101002: "消息内容过长",
        130101: "send too fast, exceed 20 times per minute",
        400013: "群已被解散",
        400101: "access_token不存在",
        400102: "机器人已停用",
        400105: "不支持的消息类型",
        400106: "机器人不存在",
        400402: "参数 markdown --》 title 缺失",
        401102: "miss param",
        410100: "发送速度太快而限流",
        430101: "含有不安全的外链",
        430102: "含有不合适的文本",
        430103: "含有不合适的图片",
        430104: "含有不合适的内容",
        660026: "send too many messages per minute",
        460101: "message too long, exceed 20000 bytes",
    }
)

SUB_CODES: Mapping[int, str] = MappingProxyType({88: "90018"})
"""Codes of the gateway come inside 88 with a ``sub_code``."""


def answer(code: int, detail: str = "") -> dict[str, object]:
    """The JSON body that the service answers with; ``detail`` is added to the message."""
    body: dict[str, object] = {
        "errcode": code,
        "errmsg": f"{MESSAGES[code]} : {detail}" if detail else MESSAGES[code],
    }
    if code in SUB_CODES:
        body["sub_code"] = SUB_CODES[code]
        body["sub_msg"] = MESSAGES[int(SUB_CODES[code])]
    return body
