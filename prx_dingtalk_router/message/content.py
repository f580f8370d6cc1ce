"""What a callback says, what it quotes, and what it holds besides words (language.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from prx_dingtalk_router.message.callback import Callback
from prx_dingtalk_router.message.json_text import object_of
from prx_dingtalk_router.message.mentions import OwnMention
from prx_dingtalk_router.message.places import string_at
from prx_dingtalk_router.message.rich_text import rich_text_pictures
from prx_dingtalk_router.message.words import body_words, message_words
from prx_dingtalk_router.text.surrogates import whole

_QUOTES = ("repliedMsg", "quoteMessage", "quoteContent")


def received_text(callback: Callback, robot_name: str) -> str:
    """The words of the message, by its type."""
    return body_words(callback.msgtype, (callback.text, callback.content), _own_mention(callback, robot_name))


def quoted_text(callback: Callback, robot_name: str) -> str:
    """The words of the message that this one answers (dingtalk-cards-media.md section 6.3)."""
    own = _own_mention(callback, robot_name).elsewhere()
    return next(filter(None, (message_words(quote, own) for quote in _quotes(callback))), "")


def file_name(callback: Callback) -> str:
    """The name of a sent file, else empty."""
    return whole(string_at((callback.content,), "fileName")) if callback.msgtype == "file" else ""


def pictures(callback: Callback) -> int:
    """How many pictures the message itself holds."""
    if callback.msgtype == "picture":
        return 1
    return rich_text_pictures((callback.text, callback.content)) if callback.msgtype == "richText" else 0


def _own_mention(callback: Callback, robot_name: str) -> OwnMention:
    return OwnMention.of(callback.chatbotUserId, callback.robotCode, robot_name, callback.atUsers)


def _quotes(callback: Callback) -> Iterator[Mapping[str, Any]]:
    for key in _QUOTES:
        for place in (
            callback.text,
            callback.content,
            {"quoteMessage": callback.quoteMessage, "repliedMsg": callback.repliedMsg},
        ):
            if quote := object_of(place.get(key)):
                yield quote
