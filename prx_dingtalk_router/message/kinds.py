"""The kinds of fields on the wire, and what is made of one that means nothing.

Ids are refused, because authorisation and de-duplication stand on them. Everything else is read as if it were absent, so
that an oddity never costs the message (dingtalk-stream.md section 10, rule 5).
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from prx_dingtalk_router.message.json_text import object_of
from prx_dingtalk_router.text.surrogates import whole

MAX_TIMESTAMP_MS = 253_402_127_999_999
"""Two days before the year 9999 ends: so much a date can hold in every time zone."""

_NUMBER = re.compile(r"\d{1,20}(?:\.\d{1,20})?", re.ASCII)
_TRUE = frozenset({"1", "true", "t", "yes", "y", "on"})


def _id(value: object) -> object:
    """Text as it is and a number as its digits; pydantic refuses what else is no string."""
    if value is None:
        return ""
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    try:
        return str(int(value)) if value == int(value) else str(value)
    except (OverflowError, ValueError):  # an infinity, no number at all, or more digits than Python writes
        return value


def _some_id(value: object) -> object:
    """Nothing but blanks is no id."""
    written = _id(value)
    if isinstance(written, str) and not written.strip():
        raise PydanticCustomError("empty-id", "empty")
    return written


def _stripped_id(value: object) -> object:
    written = _id(value)
    return written.strip() if isinstance(written, str) else written


def _loose_id(value: object) -> str:
    written = _id(value)
    return written if isinstance(written, str) else ""


def _text(value: object) -> str:
    return whole(value) if isinstance(value, str) else ""


def _flag(value: object) -> bool:
    if isinstance(value, str):
        return value.strip().lower() in _TRUE
    return isinstance(value, (int, float)) and value == 1


def _milliseconds(value: object) -> int:
    """Unix milliseconds from a number or its digits; 0 for what is no time."""
    if isinstance(value, str):
        written = value.strip()
        if not _NUMBER.fullmatch(written):
            return 0
        value = float(written) if "." in written else int(written)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return 0
    if not 0 <= value <= MAX_TIMESTAMP_MS:  # infinities are out of range, and so is what is no number at all
        return 0
    return round(value)


Id = Annotated[str, BeforeValidator(_id)]
"""Text or a number; anything else makes the callback unreadable."""

SomeId = Annotated[str, BeforeValidator(_some_id)]
"""An ``Id`` that must be there."""

StrippedId = Annotated[str, BeforeValidator(_stripped_id)]
"""An ``Id`` without the blanks and line breaks at its ends."""

LooseId = Annotated[str, PlainValidator(_loose_id)]
"""Text or a number that nothing stands on; anything else is empty."""

Words = Annotated[str, PlainValidator(_text)]
"""Text; anything else is empty."""

Flag = Annotated[bool, PlainValidator(_flag)]
"""A boolean, 0 or 1, or either in words; anything else is false."""

Milliseconds = Annotated[int, PlainValidator(_milliseconds)]
"""Unix milliseconds as a number (rounded) or its digits; anything else, and what no date can hold, is 0: unknown."""

Body = Annotated[dict[str, Any], PlainValidator(object_of)]
"""An object, or a list, JSON or plain words in a string (``object_of``); anything else is empty."""
