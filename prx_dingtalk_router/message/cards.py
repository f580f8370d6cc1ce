"""The words of a card: what a person sees of it, never its keys and ids (dingtalk-cards-media.md section 6.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from prx_dingtalk_router.message.download_codes import is_code_key
from prx_dingtalk_router.message.json_text import object_of, structure_in, structure_of
from prx_dingtalk_router.message.places import Place, direct_words, string_at

_WITHOUT_WORDS = frozenset({"unknown", "image", "picture", "icon", "video", "audio", "file", "divider"})
"""Elements whose value is no text; ``UNKNOWN`` is layout and the line that names the source."""

_CHILDREN = ("children", "elements")
_PARAMETERS = ("cardParamMap", "cardParams", "params")

_TECHNICAL_KEY = re.compile(
    r".*(?:[a-z0-9]I[Dd]s?|_ids?|[a-z0-9]Ur[li]|URL|_ur[li])|ids?|ur[li]|flowStatus|config|sys_.*"
)
_TECHNICAL_VALUE = re.compile(
    r"true|false|null|[a-z][a-z0-9+.-]*://\S+|[@$]l[A-Za-z0-9_-]{8,}|\$:LWCP_v1:\S+"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.schema)?"
)


def card_words(places: Sequence[Place]) -> str:
    """The visible texts of a card in document order, one a line; else the values of its parameters; else its title."""
    return (
        tree_words(places)
        or _joined(_parameter_values(places))
        or _joined(_texts(direct_words(places)))
        or string_at(places, "title", "cardTitle")
    )


def tree_words(places: Sequence[Place]) -> str:
    """The visible texts of the elements of a card, one a line; empty where it has none."""
    return _joined(_tree_texts(places))


def _joined(lines: Iterator[str]) -> str:
    return "\n".join(lines)


def _tree_texts(places: Sequence[Place]) -> Iterator[str]:
    for place in places:
        yield from _texts(place if "elementType" in place else place.get("cardContent") or _elements(place))


def _elements(place: Place) -> object:
    """The elements of a card that is nothing but a list of them."""
    content = place.get("content")
    return [each for each in content if isinstance(each, dict)] if isinstance(content, list) else None


def _texts(tree: object) -> Iterator[str]:
    """The texts of elements, depth first; without recursion, since a card may be nested as deep as its JSON may."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if isinstance(element, list):
            waiting.extend(reversed(element))
        elif isinstance(element, str):
            inner = structure_in(element)
            if inner is not None:
                waiting.append(inner)
            elif shown := element.strip():
                yield shown
        elif isinstance(element, dict) and _is_visible(element):
            waiting.extend(element[key] for key in reversed(_CHILDREN) if _is_nested(element.get(key)))
            if _has_words(element):
                waiting.append(_shown_value(element))


def _is_visible(element: Place) -> bool:
    return element.get("visible") not in (False, "false") and element.get("hidden") not in (True, "true")


def _has_words(element: Place) -> bool:
    kind = element.get("elementType")
    return not (isinstance(kind, str) and kind.strip().casefold() in _WITHOUT_WORDS)


def _is_nested(children: object) -> bool:
    return structure_of(children) is not None


def _shown_value(element: Place) -> object:
    for key in ("value", "text"):
        shown = _written(element.get(key))
        if shown.strip():
            return shown
    return None


def _parameter_values(places: Sequence[Place]) -> Iterator[str]:
    for place in places:
        for holder in (place, object_of(place.get("cardData"))):
            for key in _PARAMETERS:
                parameters = structure_of(holder.get(key))
                if isinstance(parameters, dict):
                    yield from _values(parameters)


def _values(parameters: dict[str, Any]) -> Iterator[str]:
    for key, value in parameters.items():
        shown = _written(value).strip()
        if not shown or is_code_key(key) or _TECHNICAL_KEY.fullmatch(key):
            continue
        if _TECHNICAL_VALUE.fullmatch(shown) is None and structure_in(shown) is None:
            yield shown


def _written(value: object) -> str:
    """A text, or a number as people write it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    try:
        return str(value)
    except ValueError:  # more digits than Python writes
        return ""
