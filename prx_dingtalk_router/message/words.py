"""The words of a body, by its type: one reader for messages, for what they quote and for forwarded records.

The table is that of language.md section 4; the spellings are those of dingtalk-cards-media.md section 6.
"""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.message.cards import card_words, tree_words
from prx_dingtalk_router.message.download_codes import without_codes
from prx_dingtalk_router.message.mentions import OwnMention
from prx_dingtalk_router.message.places import Place, direct_words, kind_of, places_of, string_at
from prx_dingtalk_router.message.records import record_words
from prx_dingtalk_router.message.rich_text import rich_text_words
from prx_dingtalk_router.text.surrogates import whole

_PLAIN = frozenset({"markdown", "actioncard", "reply"})
_DEPTH = 3
"""How deep records may stand in records."""


def body_words(msgtype: str, places: Sequence[Place], own: OwnMention) -> str:
    """What a body of this type says; empty where it says nothing.

    Args:
        msgtype: as on the wire, in any case; a body without one is read by what it holds.
        places: where its words may be, the first that has some counts.
        own: the robot, whose own mention is no word.
    """
    return without_codes(whole(_words(msgtype, places, own, _DEPTH)))


def message_words(message: Place, own: OwnMention) -> str:
    """What a message says that stands inside another: a quoted one, or one of a record."""
    return without_codes(whole(_message_words(message, own, _DEPTH)))


def _message_words(message: Place, own: OwnMention, depth: int) -> str:
    places = places_of(message)
    return _words(string_at((message,), "msgType", "msgtype", "type"), places, own, depth)


def _words(msgtype: str, places: Sequence[Place], own: OwnMention, depth: int) -> str:
    kind = kind_of(msgtype)
    if kind == "":
        return (
            direct_words(places)
            or rich_text_words(places, own)
            or card_words(places)
            or string_at(places, "recognition")
            or _record(places, own, depth)
        )
    if kind == "text":
        return direct_words(places) or rich_text_words(places, own)
    if kind == "richtext":
        return rich_text_words(places, own) or direct_words(places)
    if kind == "audio":
        return string_at(places, "recognition")
    if kind == "chatrecord":
        return _record(places, own, depth)
    if kind in _PLAIN:  # the robot's own markdown is quoted as the card that it is shown as
        return direct_words(places) or tree_words(places)
    if "card" in kind:
        return card_words(places)
    return ""


def _record(places: Sequence[Place], own: OwnMention, depth: int) -> str:
    if depth == 0:
        return ""
    return record_words(places, lambda entry: _message_words(entry, own, depth - 1))
