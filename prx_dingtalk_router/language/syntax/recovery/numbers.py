"""Malformed numbers and times, read as what belongs in their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from decimal import Decimal

from prx_dingtalk_router.calendar.durations import UNITS_IN_MILLISECONDS, format_duration
from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.diagnostics.malformed_number import MalformedNumber
from prx_dingtalk_router.language.diagnostics.wrong_date import WrongDate
from prx_dingtalk_router.language.diagnostics.wrong_duration import WrongDuration
from prx_dingtalk_router.language.diagnostics.wrong_percentage import WrongPercentage
from prx_dingtalk_router.language.diagnostics.wrong_time import WrongTime
from prx_dingtalk_router.language.syntax.lexer import Piece, Token
from prx_dingtalk_router.language.syntax.recovery.days import two_digits, without_days
from prx_dingtalk_router.language.syntax.recovery.retyping import retyped
from prx_dingtalk_router.language.syntax.recovery.time_range import meant_times, why_wrong

MALFORMED_TYPES = frozenset({"WRONG_NUMBER", "FOREIGN_TIMES"})
PLACEHOLDERS = {
    "DURATION": "1m",
    "INT": "1",
    "PERCENT": "1%",
    "TIMES": "00:00-24:00",
    "DATE": "9999-01-01",
}
"""What stands in for a malformed number of each kind, so that the parser goes on."""

_NUMBER = re.compile(r"[0-9]+(ms|s|m|h|d)?|[0-9]+(\.[0-9]+)?%|[0-9]{4}(-[0-9]{2}){2}|[0-9:]+-[0-9:]+")
_UNITS_MEANT = {
    word: unit
    for unit, words in {
        "ms": "毫秒 msec millisecond milliseconds",
        "s": "秒 秒钟 sec secs second seconds",
        "m": "分 分钟 min mins minute minutes",
        "h": "小时 个小时 钟头 个钟头 hr hrs hour hours",
        "d": "天 日 day days",
    }.items()
    for word in words.split()
}
_IN_WORDS = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>[^\W\d_]+)")
_FRACTION = re.compile(r"([0-9]*\.[0-9]+)(%|ms|s|m|h|d)")


def number_meant(
    piece: Piece, token: Token, accepted: Collection[str]
) -> tuple[Token | None, tuple[Diagnostic, ...]]:
    """Read a malformed number as one of the kinds that may stand there.

    Args:
        piece: the declaration.
        token: the malformed number.
        accepted: the types of tokens that may stand there.

    Returns:
        A number for the parser, or ``None`` where no number belongs at all; and what is to be said.
    """
    written = unicodedata.normalize("NFKC", token.value)
    guess = _guess(token, written)
    kind = next((kind for kind in (guess, *PLACEHOLDERS) if kind in accepted), None)
    if token.type == "FOREIGN_TIMES":
        instead = meant_times(token.value)
    else:
        instead = written if written != token.value and _NUMBER.fullmatch(written) else None
    if guess == "TIMES" and kind != "TIMES" and "DAILY" in accepted:
        return retyped(token, "DAILY", "daily", without_days(piece, token, instead)), ()
    # Grown together with the word before it, another number would only be a part of that word.
    before = piece.text[token.start - 1] if token.start else " "
    grown = before.isalnum() or before == "_"
    if kind == "DURATION":
        written = _with_unit(written)
        instead = instead or (written if _NUMBER.fullmatch(written) and written != token.value else None)
    finding = _finding(piece, token, kind, None if grown else instead or _in_whole_units(written))
    if kind is None:
        return None, (*token.findings, finding)
    return retyped(token, kind, PLACEHOLDERS[kind], finding), ()


def _guess(token: Token, written: str) -> str:
    """Return the kind that a malformed number looks like."""
    if token.type == "FOREIGN_TIMES" or ":" in written or "点" in written:
        return "TIMES"
    if written.endswith("%"):
        return "PERCENT"
    return "DATE" if written.count("-") == 2 else "DURATION"


def _finding(piece: Piece, token: Token, kind: str | None, instead: str | None) -> Diagnostic:
    span, found = piece.span(token), token.value
    match kind:
        case "TIMES":
            padded = two_digits(instead) if instead is not None else None
            reason, shown = why_wrong(found, padded)
            return WrongTime(span, reason, shown, padded)
        case "DATE":
            return WrongDate(span, "none", found, instead)
        case "DURATION":
            return WrongDuration(span, found, instead)
        case "PERCENT":
            return WrongPercentage(span, found, instead)
        case _:
            return MalformedNumber(span, found=found, instead=instead)


def _with_unit(written: str) -> str:
    """Return a duration whose unit is a word, as ``30秒`` and ``2hours``, with the unit as it is written here."""
    found = _IN_WORDS.fullmatch(written)
    unit = _UNITS_MEANT.get(found["unit"].casefold()) if found is not None else None
    return f"{found['number']}{unit}" if found is not None and unit is not None else written


def _in_whole_units(written: str) -> str | None:
    """Return ``.5%`` as ``0.5%`` and ``1.5h`` as ``90m``; ``None`` where it is no such fraction, or no whole unit fits."""
    fraction = _FRACTION.fullmatch(written)
    if fraction is None:
        return None
    number = Decimal(fraction[1])
    if fraction[2] == "%":
        return f"0{written}" if written.startswith(".") else None
    milliseconds = number * UNITS_IN_MILLISECONDS[fraction[2]]
    whole = milliseconds == milliseconds.to_integral_value() and 0 < milliseconds < 10**12
    return format_duration(int(milliseconds) / 1_000) if whole else None
