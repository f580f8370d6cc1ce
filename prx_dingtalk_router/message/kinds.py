"""The kinds of fields on the wire, and what is made of one that means nothing.

Ids are refused, because authorisation and de-duplication stand on them. Everything else is read as if it were absent, so
that an oddity never costs the message (dingtalk-stream.md section 10, rule 5).
"""

from __future__ import annotations

import re

from prx_dingtalk_router.text.surrogates import whole

MAX_TIMESTAMP_MS = 253_402_127_999_999
"""Two days before the year 9999 ends: so much a date can hold in every time zone."""

_NUMBER = re.compile(r"\d{1,20}(?:\.\d{1,20})?", re.ASCII)
_TRUE = frozenset({"1", "true", "t", "yes", "y", "on"})


class Refused(Exception):  # noqa: N818 - reads as what happened
    """A value is of a kind that means nothing, where nothing may stand in for it.

    Attributes:
        problem: the key of its sentence in the catalogue.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def id_of(value: object) -> str:
    """Text as it is, a number as its digits, and nothing as an empty one.

    Raises:
        Refused: it is anything else.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return whole(value)
    if not isinstance(value, bool) and isinstance(value, (int, float)):
        try:
            return str(int(value)) if value == int(value) else str(value)
        except (
            OverflowError,
            ValueError,
        ):  # an infinity, no number at all, or more digits than Python writes
            pass
    raise Refused("message.field.wrong-kind")


def some_id(value: object) -> str:
    """As ``id_of``, and it must be there.

    Raises:
        Refused: also where there is nothing but blanks.
    """
    written = id_of(value)
    if not written.strip():
        raise Refused("message.field.empty")
    return written


def stripped_id(value: object) -> str:
    """As ``id_of``, without the blanks and line breaks at its ends."""
    return id_of(value).strip()


def loose_id(value: object) -> str:
    """Text or a number that nothing stands on; anything else is empty."""
    try:
        return id_of(value)
    except Refused:
        return ""


def words(value: object) -> str:
    """Text; anything else is empty."""
    return whole(value) if isinstance(value, str) else ""


def flag(value: object) -> bool:
    """A boolean, 0 or 1, or either in words; anything else is false."""
    if isinstance(value, str):
        return value.strip().lower() in _TRUE
    return isinstance(value, (int, float)) and value == 1


def milliseconds(value: object) -> int:
    """Unix milliseconds as a number (rounded) or its digits; anything else, and what no date can hold, is 0: unknown."""
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
