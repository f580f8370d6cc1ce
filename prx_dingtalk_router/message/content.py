"""What a callback says, what it quotes, and what it holds besides words (language.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator

from prx_dingtalk_router.message.callback import BotCallback
from prx_dingtalk_router.message.json_text import object_of
from prx_dingtalk_router.message.mentions import OwnMention
from prx_dingtalk_router.message.places import Place, kind_of, string_at
from prx_dingtalk_router.message.rich_text import rich_text_pictures
from prx_dingtalk_router.message.words import body_words, message_words
from prx_dingtalk_router.text.surrogates import whole

_QUOTES = ("repliedMsg", "quoteMessage", "quoteContent")
_QUOTE_KEYS = frozenset(_QUOTES)


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
