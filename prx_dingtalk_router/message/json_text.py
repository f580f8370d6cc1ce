"""JSON in strings: what DingTalk and its clients wrap once more (dingtalk-cards-media.md section 6).

Read leniently: a number of any size is kept as its digits where Python has no number for it, and ``NaN`` is nothing.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

_WRAPPINGS = 3
"""How often JSON may be wrapped in a string again."""

_NO_JSON: Any = object()
_MAY_BE_JSON = re.compile(r'\s*(?:"[\\"]{0,16})?[{\[]')


def object_of(value: object) -> dict[str, Any]:
    """An object as it is, or the JSON object in a string; a list or a string that is none is the ``content`` of one.

    Anything else is an empty object.
    """
    if isinstance(value, str):
        found = structure_in(value)
        return found if isinstance(found, dict) else {"content": value}
    if isinstance(value, list):
        return {"content": value}
    return value if isinstance(value, dict) else {}


def structure_of(value: object) -> dict[str, Any] | list[Any] | None:
    """An object or a list, as it is or as the JSON in a string; None for anything else."""
    if isinstance(value, str):
        return structure_in(value)
    return value if isinstance(value, (dict, list)) else None


def structure_in(text: str) -> dict[str, Any] | list[Any] | None:
    """The JSON object or list that ``text`` is; None when it is neither."""
    for _ in range(_WRAPPINGS):
        if _MAY_BE_JSON.match(text) is None:
            return None
        found = _loads(text)
        if isinstance(found, (dict, list)):
            return found
        if not isinstance(found, str):
            return None
        text = found
    return None


def _loads(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_whole, parse_float=_fraction, parse_constant=_nothing)
    except (ValueError, RecursionError):
        return _NO_JSON


def _whole(digits: str) -> int | str:
    try:
        return int(digits)
    except ValueError:  # more digits than Python takes
        return digits


def _fraction(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


def _nothing(_: str) -> None:
    return None
