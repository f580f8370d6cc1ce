"""The items of a richText: texts, pictures and mentions in order (dingtalk-stream.md section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prx_dingtalk_router.message.download_codes import is_code_key
from prx_dingtalk_router.message.json_text import structure_of
from prx_dingtalk_router.message.mentions import OwnMention
from prx_dingtalk_router.message.places import Place, plain_words

_LISTS = ("richText", "content")  # the second where the whole content is the list, as JSON in a string
_PICTURES = frozenset({"picture", "image"})


def rich_text_words(places: Sequence[Place], own: OwnMention) -> str:
    """The texts joined with nothing between, pictures between two of them as one line break.

    Args:
        places: where the list of items may be.
        own: the robot, whose own mention is left out.
    """
    pieces: list[str] = []
    picture_waits = False
    for item in _items(places):
        kind, words = _kind(item), _words(item)
        if _is_picture(item, kind, words):
            picture_waits = bool(pieces)
            continue
        if kind == "at":
            piece = _mention(item, words, own)
        else:
            piece = "" if own.is_all_of(words) else words
        if piece:
            if picture_waits:
                pieces.append("\n")
            pieces.append(piece)
            picture_waits = False
    return "".join(pieces)


def rich_text_pictures(places: Sequence[Place]) -> int:
    """How many pictures stand among the items."""
    return sum(_is_picture(item, _kind(item), _words(item)) for item in _items(places))


def _items(places: Sequence[Place]) -> Iterator[Mapping[str, Any]]:
    for place in places:
        for key in _LISTS:
            items = structure_of(place.get(key))
            if isinstance(items, list):
                yield from (item for item in items if isinstance(item, dict))
                return


def _kind(item: Mapping[str, Any]) -> str:
    kind = item.get("type") or item.get("msgType")
    return kind.strip().casefold() if isinstance(kind, str) else ""


def _is_picture(item: Mapping[str, Any], kind: str, words: str) -> bool:
    return kind in _PICTURES or (not kind and not words and any(map(is_code_key, item)))


def _words(item: Mapping[str, Any]) -> str:
    words = item.get("text")
    if words and isinstance(words, str):
        return words
    return plain_words(item.get("text")) or plain_words(item.get("content"))


def _mention(item: Mapping[str, Any], words: str, own: OwnMention) -> str:
    """``@`` and the name; empty when it is the robot, which is addressed and not spoken of."""
    user = item.get("atUserId")
    name = (plain_words(item.get("atName")) or words).removeprefix("@")
    if own.is_meant_by(user if isinstance(user, str) else "", name):
        return ""
    return f"@{name}" if name else ""
