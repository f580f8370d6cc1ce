"""What a callback says: its text by message type, and the text that it quotes (language.md section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prx_dingtalk_router.message.callback import Callback
from prx_dingtalk_router.message.kinds import whole
from prx_dingtalk_router.text.folding import fold


def received_text(callback: Callback, robot_name: str) -> str:
    """The received text: of a text, the items of a richText, or what speech recognition heard; else empty."""
    match callback.msgtype:
        case "text" | "":
            return _string(callback.text, "content") or _string(callback.content, "content")
        case "richText":
            return _rich_text(callback.content.get("richText"), callback, robot_name)
        case "audio":
            return _string(callback.content, "recognition")
        case _:
            return ""


def quoted_text(callback: Callback) -> str:
    """The text of the message that this one answers (dingtalk-stream.md section 6, quoted replies)."""
    for holder in (callback.text, callback.content):
        replied = holder.get("repliedMsg")
        if isinstance(replied, Mapping):
            return _replied_text(replied)
    return _replied_text(callback.quoteMessage)


def file_name(callback: Callback) -> str:
    """The name of a sent file, else empty."""
    return _string(callback.content, "fileName") if callback.msgtype == "file" else ""


def _string(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    return whole(value) if isinstance(value, str) else ""


def _rich_text(items: object, callback: Callback, robot_name: str) -> str:
    """Texts joined with nothing between, pictures between two of them as one line break."""
    pieces: list[str] = []
    picture_waits = False
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, Mapping):
            continue
        kind = item.get("type") or item.get("msgType")
        if kind == "picture":
            picture_waits = bool(pieces)
            continue
        piece = _mention(item, callback, robot_name) if kind == "at" else _item_text(item)
        if piece:
            if picture_waits:
                pieces.append("\n")
            pieces.append(piece)
            picture_waits = False
    return "".join(pieces)


def _item_text(item: Mapping[str, Any]) -> str:
    return _string(item, "text") or _string(item, "content")


def _mention(item: Mapping[str, Any], callback: Callback, robot_name: str) -> str:
    """``@`` and the name; empty when it is the robot, which is addressed and not spoken of."""
    user, name = _string(item, "atUserId"), _string(item, "atName").removeprefix("@")
    if user and user in (callback.chatbotUserId, callback.robotCode):
        return ""
    if robot_name and fold(name) == fold(robot_name):
        return ""
    return f"@{name}" if name else ""


def _replied_text(replied: Mapping[str, Any]) -> str:
    content = replied.get("content")
    if isinstance(content, str):
        return whole(content)
    if not isinstance(content, Mapping):
        return ""
    direct = _string(content, "text") or _string(content, "content")
    if direct:
        return direct
    items = content.get("richText")
    return "".join(
        _item_text(item) for item in (items if isinstance(items, list) else []) if isinstance(item, Mapping)
    )
