"""Times of hours without the days that come before them (language.md section 6)."""

from __future__ import annotations

import re

from prx_dingtalk_router.language.diagnostics.wrong_time import WrongTime
from prx_dingtalk_router.language.syntax.lexer import Piece, Token
from prx_dingtalk_router.language.syntax.recovery.punctuation import grows_together

DAY_TYPES = frozenset({"DAY", "DAY_RANGE", "DAILY", "DATE", "WORKDAYS", "HOLIDAYS"})
TIME_TYPES = frozenset({"TIMES", "FOREIGN_TIMES", "WRONG_NUMBER"})
_TIMES = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")


def without_days(piece: Piece, token: Token, times: str | None) -> WrongTime:
    """Report times that stand where days must come first.

    Args:
        piece: the declaration.
        token: the times.
        times: in ordinary characters; ``None`` where they are none even so.
    """
    padded = two_digits(times) if times is not None else None
    instead = f"daily {padded}" if padded else None
    return WrongTime(piece.span(token), "no-days", piece.written(token), instead)


def parting_comma(piece: Piece, comma: Token, times: Token) -> WrongTime:
    """Report a comma between two times of the same days: it begins another span, which needs days of its own."""
    instead = " " if grows_together(piece, comma) else ""
    return WrongTime(piece.span(times), "after-comma", piece.written(times), instead, piece.span(comma))


def two_digits(times: str) -> str | None:
    """Return times with two digits for each hour; ``None`` where they are no times of a day."""
    padded = "-".join(each.zfill(5) for each in times.split("-"))
    return padded if _TIMES.fullmatch(padded) else None
