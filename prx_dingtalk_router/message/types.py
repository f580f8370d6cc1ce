"""The one table of message types that bot callbacks are known to have (dingtalk-stream.md section 6)."""

from __future__ import annotations

MESSAGE_TYPES = (
    "text",
    "richText",
    "picture",
    "audio",
    "video",
    "file",
    "unknownMsgType",
    "markdown",
    "interactiveCard",
    "actionCard",
    "chatRecord",
    "reply",
)
"""The values of ``msgtype`` as DingTalk writes them: documented ones first, then those seen in the field. It may add others."""
