"""JSON as it crosses the wire: whatever comes in is a value or a ``ValueError``, whatever goes out is UTF-8."""

from __future__ import annotations

import json


def read(raw: str | bytes) -> object:
    """The value of a JSON text.

    Raises:
        ValueError: it is none, not UTF-8, or nested beyond reason.
    """
    text = raw if isinstance(raw, str) else raw.decode("utf-8-sig")  # left to itself, json guesses UTF-16 too
    try:
        value: object = json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        msg = "nested too deeply"
        raise ValueError(msg) from None
    return value


def _no_constant(name: str) -> object:
    """JSON knows neither ``NaN`` nor ``Infinity``, whatever Python's reader takes."""
    msg = f"{name} is no JSON"
    raise ValueError(msg)


def read_object(raw: str | bytes) -> dict[str, object]:
    """The object of a JSON text; anything else is an empty one, which lacks whatever is required."""
    try:
        value = read(raw)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def write(value: object) -> str:
    """Compact JSON; half surrogate pairs, which UTF-8 cannot hold, become question marks."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode()
