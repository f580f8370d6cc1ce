"""The JSON bodies of replies (dingtalk-stream.md section 7)."""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.decision.model import ReplyFormat
from prx_dingtalk_router.delivery.dingtalk.json_text import json_of
from prx_dingtalk_router.delivery.dingtalk.titles import title_of

MOST_MENTIONS = 50


def reply_body(format: ReplyFormat, content: str, mentions: Sequence[str] = ()) -> bytes:  # noqa: A002
    """The bytes of one reply. A mention needs the id in the text and in ``at``; nobody is ever called out with all.

    Args:
        format: ``text`` or ``markdown``.
        content: what is shown.
        mentions: staff IDs to call out.
    """
    called = tuple(dict.fromkeys(staff_id for staff_id in mentions if staff_id))[:MOST_MENTIONS]
    prefix = " ".join(f"@{staff_id}" for staff_id in called)
    body: dict[str, object]
    if format == "markdown":
        # On a line of its own, so that a heading or a list stays one.
        text = f"{prefix}\n\n{content}" if prefix else content
        body = {"msgtype": "markdown", "markdown": {"title": title_of(content), "text": text}}
    else:
        body = {"msgtype": "text", "text": {"content": f"{prefix} {content}" if prefix else content}}
    if called:
        body["at"] = {"atUserIds": list(called)}
    return json_of(body)
