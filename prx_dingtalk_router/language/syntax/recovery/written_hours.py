"""Days, dates and times as people write them, read where hours are: each is one finding, whatever the lexer made of it.

They are looked for in the text, as a date of another country is three numbers and an expression to the lexer.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.diagnostics.wrong_date import WrongDate
from prx_dingtalk_router.language.diagnostics.wrong_days import WrongDays
from prx_dingtalk_router.language.diagnostics.wrong_time import WrongTime
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.language.syntax.lexer import Piece, Token, lex
from prx_dingtalk_router.language.syntax.recovery.days import DAY_TYPES
from prx_dingtalk_router.language.syntax.recovery.hours_phrase import (
    WHOLE_DAY,
    Part,
    in_order,
    in_order_words,
    is_joined_by_commas,
    is_well_joined,
    phrase_at,
)
from prx_dingtalk_router.language.syntax.recovery.invisible import is_invisible
from prx_dingtalk_router.language.syntax.recovery.time_range import why_wrong

NAMED_DAYS = {"daily": "DAILY", "workdays": "WORKDAYS", "holidays": "HOLIDAYS"}
GOES_ON = DAY_TYPES | {"DOTS", "TIMES", "COMMA", "FOREIGN_PUNCTUATION", "WIDE_BLANK", "FOREIGN_TIMES"}
"""Tokens behind which hours may go on."""


def with_hours_read(piece: Piece, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with the days, dates and times that are written otherwise as those that are meant."""
    return list(_Reading(piece, tokens).tokens())


def _is_nothing(character: str) -> bool:
    """Tell whether a character is not seen and parts nothing."""
    return not character.isascii() and not character.isspace() and is_invisible(character)


class _Reading:
    """Goes through the tokens of a piece; where hours may be written, through its text.

    Args:
        piece: the declaration.
        tokens: its tokens.
    """

    def __init__(self, piece: Piece, tokens: Sequence[Token]) -> None:
        self._piece = piece
        self._ahead = list(reversed(tokens))
        self._narrow = ""
        self._places: list[int] = []
        self._right_until = 0
        self._declares = bool(tokens) and tokens[0].type == "HOURS"

    def tokens(self) -> Iterator[Token]:
        """Give them."""
        before: Token | None = None
        within = has_days = False
        while self._ahead:
            token = self._ahead.pop()
            begins = before is not None and (
                before.type == "DURING" or (self._declares and before.type == "EQUAL")
            )
            has_days = has_days and not begins
            within = within or begins
            read = self._read(token, has_days=has_days) if within else None
            if read is not None:
                found, end = read
                self._go_on(end)
                has_days = has_days or any(each.type in DAY_TYPES for each in found)
                yield from found
                before = found[-1]
                continue
            yield token
            has_days = has_days or token.type in DAY_TYPES
            within = within and token.type in GOES_ON
            before = token

    def _read(self, token: Token, *, has_days: bool) -> tuple[list[Token], int] | None:
        """Return what stands in the place of a phrase that begins with a token, and where it ends; None for one that is right."""
        if token.start < self._right_until:
            return None
        line, places, at = self._line(token.start)
        parts = phrase_at(line, at)
        if not parts or self._is_name(token, places[parts[-1].end]):
            return None
        starts, ends = [places[part.start] for part in parts], [places[part.end] for part in parts]
        text = self._piece.text
        written = [
            "".join(each for each in text[start:end] if not _is_nothing(each))
            for start, end in zip(starts, ends, strict=True)
        ]
        wrong = [at for at, part in enumerate(parts) if part.meant != written[at]]
        joined = is_well_joined(line, parts)
        lacks_days = not has_days and all(part.kind == "times" for part in parts)
        if not wrong and not lacks_days and is_joined_by_commas(line, parts):  # a comma is reported by itself
            self._right_until = ends[-1]
            return None
        unclear = next((at for at in wrong if parts[at].meant is None), None)
        if unclear is not None:
            place = self._piece.between(starts[unclear], ends[unclear])
            finding = _unclear(place, parts[unclear], written[unclear])
        elif len(wrong) == 1 and joined and not lacks_days:
            place = self._piece.between(starts[wrong[0]], ends[wrong[0]])
            finding = _about(place, parts[wrong[0]], written[wrong[0]])
        else:
            place = self._piece.between(token.start, ends[-1])
            whole, meant = self._piece.text[token.start : ends[-1]], in_order(parts)
            if lacks_days:
                finding = WrongTime(place, "no-days", whole, f"{WHOLE_DAY} {meant}")
            else:
                surely = all(part.surely for part in parts)
                finding = WrongDays(place, whole, meant, surely)
        tokens = _tokens(parts, token.start, ends[-1], lacks_days=lacks_days)
        findings = (*token.findings, finding)
        return [replace(tokens[0], findings=findings), *tokens[1:]], ends[-1]

    def _line(self, start: int) -> tuple[str, list[int], int]:
        """Return a line in its compatibility form, the place in the piece of each of its characters, and where a token begins in it."""
        text = self._piece.text
        if not self._places or not self._places[0] <= start <= self._places[-1]:
            begin = text.rfind("\n", 0, start) + 1
            end = text.find("\n", start)
            line: list[str] = []
            self._places = []
            for at in range(begin, len(text) if end < 0 else end):
                if _is_nothing(text[at]):  # reported by itself
                    continue
                for character in unicodedata.normalize("NFKC", text[at]):
                    line.append(character)
                    self._places.append(at)
            self._places.append(len(text) if end < 0 else end)
            self._narrow = "".join(line)
        return self._narrow, self._places, bisect_left(self._places, start)

    def _is_name(self, token: Token, end: int) -> bool:
        """Tell whether it may be the name of hours, behind ``during``: no days or times follow."""
        return token.type == "NAME" and token.end == end and not self._declares

    def _go_on(self, end: int) -> None:
        """Leave out the tokens up to a place, and read again what one of them has behind it."""
        while self._ahead and self._ahead[-1].start < end:
            token = self._ahead.pop()
            if token.end > end:
                self._again(end, token.end)
                return

    def _again(self, start: int, end: int) -> None:
        found = [
            Token(token.type, token.value, start + part.offset + token.start, start + part.offset + token.end)
            for part in lex(self._piece.text[start:end])
            for token in part.tokens
        ]
        self._ahead.extend(reversed(found))


def _unclear(place: Span, part: Part, written: str) -> Diagnostic:
    if part.kind == "dates":
        return WrongDate(place, part.flaw, written)
    return WrongTime(place, "alone" if part.alone else "none", written)


def _about(place: Span, part: Part, written: str) -> Diagnostic:
    """Report the one part of a phrase that is wrong."""
    meant = part.meant or ""
    if part.kind == "dates":
        return WrongDate(place, "form", written, meant)
    if part.kind == "days":
        return WrongDays(place, written, meant)
    reason, shown = why_wrong(written, meant)
    return WrongTime(place, reason, shown, meant, surely=part.surely)


def _tokens(parts: Sequence[Part], start: int, end: int, *, lacks_days: bool) -> list[Token]:
    """Return a phrase as tokens, days before times, all in the place of the whole."""
    words = [*([WHOLE_DAY] if lacks_days else []), *in_order_words(parts)]
    return [Token(kind, value, start, end) for word in words for kind, value in _kinds(word)]


def _kinds(word: str) -> Iterator[tuple[str, str]]:
    first, dots, last = word.partition("..")
    if word[0].isdigit() and ":" in word:
        yield "TIMES", word
    elif word[0].isdigit():
        yield "DATE", first
        if dots:
            yield "DOTS", dots
            yield "DATE", last
    else:
        yield NAMED_DAYS.get(word, "DAY_RANGE" if "-" in word else "DAY"), word
