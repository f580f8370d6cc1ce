"""What a callback tells of a quoted message besides its words: ids, and when the robot said it (dingtalk-cards-media.md section 6.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from prx_dingtalk_router.message.callback import BotCallback
from prx_dingtalk_router.message.json_text import object_of
from prx_dingtalk_router.message.kinds import milliseconds
from prx_dingtalk_router.text.surrogates import whole

_PLACES = ("text", "content")


class QuotedIds(Struct, frozen=True):
    """How a quoted message can be found.

    Attributes:
        process_query_key: what the robot API called it, where the robot sent it that way; else empty.
        msg_ids: its ids, the likelier first.
        own_at_ms: when the robot sent it (Unix time); 0 where somebody else did, or it is not told.
    """

    process_query_key: str = ""
    msg_ids: tuple[str, ...] = ()
    own_at_ms: int = 0


def quoted_ids(payload: Mapping[str, Any] | BotCallback) -> QuotedIds | None:
    """Return the ids of what a callback quotes; None where it quotes nothing, or tells none.

    Args:
        payload: the ``data`` of a bot callback, whatever it holds; one that ``read_usual`` has read quotes nothing.
    """
    if isinstance(payload, BotCallback) or not _quotes_something(payload):
        return None
    key = _text(payload.get("originalProcessQueryKey"))
    original = _text(payload.get("originalMsgId"))
    quotes = list(_quotes(payload))
    msg_ids = tuple(dict.fromkeys(filter(None, (original, *(_text(each.get("msgId")) for each in quotes)))))
    robot = _text(payload.get("chatbotUserId"))
    own = [each for each in quotes if robot and _text(each.get("senderId")) == robot]
    own_at_ms = max((milliseconds(each.get("createdAt")) for each in own), default=0)
    return QuotedIds(key, msg_ids, own_at_ms) if key or msg_ids or own_at_ms else None


def _quotes_something(payload: Mapping[str, Any]) -> bool:
    """Whether a closer look is worth its time: every message is asked, and few quote."""
    return (
        "originalMsgId" in payload
        or _holds_quote(payload.get("text"))
        or _holds_quote(payload.get("content"))
        or "originalProcessQueryKey" in payload
        or "repliedMsg" in payload
        or "quoteMessage" in payload
    )


def _quotes(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name in _PLACES:
        if _holds_quote(place := payload.get(name)):
            yield from _object(object_of(place).get("repliedMsg"))
    for name in ("repliedMsg", "quoteMessage"):
        if name in payload:
            yield from _object(payload[name])


def _holds_quote(place: object) -> bool:
    return isinstance(place, (dict, str)) and "repliedMsg" in place


def _object(value: object) -> Iterator[Mapping[str, Any]]:
    found = object_of(value)
    if found:
        yield found


def _text(value: object) -> str:
    return whole(value.strip()) if isinstance(value, str) else ""
