"""Where the words of a body may be: objects that DingTalk and its clients spell in several ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from prx_dingtalk_router.message.json_text import object_of

Place = Mapping[str, Any]
"""An object of which fields may hold words."""

_NESTED = 3
_DIRECT = ("text", "content", "markdown")


@lru_cache(maxsize=64)
def kind_of(msgtype: str) -> str:
    """A type as it is compared: clients spell it in any case."""
    return msgtype.strip().casefold()


def places_of(message: Place) -> tuple[Place, ...]:
    """The places of a message: its ``content``, its ``text``, and what else the message itself holds."""
    beside = {key: value for key, value in message.items() if key not in ("content", "text")}
    return (object_of(message.get("content")), object_of(message.get("text")), beside)


def plain_words(value: object) -> str:
    """A text; of an object, its ``text`` or ``content``; empty for anything else."""
    for _ in range(_NESTED):
        if isinstance(value, str):
            return value
        if not isinstance(value, dict):
            return ""
        value = value.get("text") or value.get("content")
    return ""


def string_at(places: Sequence[Place], *keys: str) -> str:
    """The first text under one of these keys that is not blank."""
    for place in places:
        for key in keys:
            value = place.get(key)
            if isinstance(value, str) and value.strip():
                return value
    return ""


def direct_words(places: Sequence[Place]) -> str:
    """Words that stand in a place without any structure."""
    for place in places:
        for key in _DIRECT:
            if words := plain_words(place.get(key)):
                return words
    return ""
