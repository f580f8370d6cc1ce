"""The JSON bodies of replies (dingtalk-stream.md section 7)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from prx_dingtalk_router.decision.model import ReplyFormat

MOST_TITLE = 20
MOST_MENTIONS = 50
_FALLBACK_TITLE = "回复"

_LINE_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,9}[.)]\s+|```\S*|---+\s*$|===+\s*$)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`~]+|\\(?=[^\w\s])")


def title_of(content: str) -> str:
    """The preview line of a markdown message: its first line without markup, at most 20 characters."""
    for line in content.splitlines():
        while True:
            bare = _LINE_MARKUP.sub("", line)
            if bare == line:
                break
            line = bare
        plain = " ".join(_MARKS.sub("", _LINK.sub(r"\1", line)).split())
        if plain:
            return plain if len(plain) <= MOST_TITLE else plain[: MOST_TITLE - 1] + "…"
    return _FALLBACK_TITLE


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
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="replace")
