"""What a callback says, what it quotes, and what it holds besides words (language.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from prx_dingtalk_router.message.callback import BotCallback
from prx_dingtalk_router.message.download_codes import without_codes
from prx_dingtalk_router.message.json_text import object_of
from prx_dingtalk_router.message.mentions import OwnMention
from prx_dingtalk_router.message.places import Place, kind_of, string_at
from prx_dingtalk_router.message.rich_text import rich_text_pictures
from prx_dingtalk_router.message.words import body_words, message_words
from prx_dingtalk_router.text.surrogates import whole

_QUOTES = ("repliedMsg", "quoteMessage", "quoteContent")
_QUOTE_KEYS = frozenset(_QUOTES)


class Content(NamedTuple):
    """What a message holds.

    Attributes:
        received: its words.
        quoted: those of the message that it answers.
        file_name: of a sent file.
        pictures: how many of its own it holds.
    """

    received: str
    quoted: str = ""
    file_name: str = ""
    pictures: int = 0


def content_of(callback: BotCallback, robot_name: str) -> Content:
    """What a message holds; of a text that holds nothing else, as nearly all are, told at once."""
    words = callback.text.get("content")
    if isinstance(words, str) and words and _is_all(callback):
        return Content(without_codes(whole(words)))
    own = own_mention(callback, robot_name)
    received, quoted = received_text(callback, own), quoted_text(callback, own)
    return Content(received, quoted, file_name(callback), pictures(callback))


def _is_all(callback: BotCallback) -> bool:
    """Whether this is a text that holds one thing."""
    return (
        callback.msgtype == "text"
        and len(callback.text) == 1
        and not callback.content
        and not callback.repliedMsg
        and not callback.quoteMessage
    )


def own_mention(callback: BotCallback, robot_name: str) -> OwnMention:
    """How the robot is mentioned in this callback."""
    return OwnMention((callback.chatbotUserId, callback.robotCode), robot_name, callback.atUsers)


def received_text(callback: BotCallback, own: OwnMention) -> str:
    """The words of the message, by its type."""
    return body_words(callback.msgtype, _places(callback), own)


def quoted_text(callback: BotCallback, own: OwnMention) -> str:
    """The words of the message that this one answers (dingtalk-cards-media.md section 6.3)."""
    if (
        not (callback.repliedMsg or callback.quoteMessage)
        and _QUOTE_KEYS.isdisjoint(callback.text)
        and _QUOTE_KEYS.isdisjoint(callback.content)
    ):
        return ""
    return next(filter(None, (message_words(quote, own.elsewhere()) for quote in _quotes(callback))), "")


def file_name(callback: BotCallback) -> str:
    """The name of a sent file, else empty."""
    return whole(string_at((callback.content,), "fileName")) if kind_of(callback.msgtype) == "file" else ""


def pictures(callback: BotCallback) -> int:
    """How many pictures the message itself holds."""
    kind = kind_of(callback.msgtype)
    if kind == "picture":
        return 1
    return rich_text_pictures(_places(callback)) if kind == "richtext" else 0


def _places(callback: BotCallback) -> tuple[Place, ...]:
    """Where the words of the message may be: a text has them in ``text``, everything else in ``content`` first."""
    places = (callback.text, callback.content)
    return places if kind_of(callback.msgtype) in ("text", "") else places[::-1]


def _quotes(callback: BotCallback) -> Iterator[Place]:
    beside = {"repliedMsg": callback.repliedMsg, "quoteMessage": callback.quoteMessage}
    for key in _QUOTES:
        for place in (callback.text, callback.content, beside):
            if key in place and (quote := object_of(place[key])):
                yield quote
