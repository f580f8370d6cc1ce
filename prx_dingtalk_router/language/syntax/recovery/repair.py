"""Puts the right token in the place of what people type instead.

Each mistake is one finding, attached to the token that is read in its place, and is reported when the parser comes to
that token: one full-width comma is one diagnostic and not ten, and what follows an error that stops it is left unsaid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from prx_dingtalk_router.language.diagnostics.declaration_too_long import DeclarationTooLong
from prx_dingtalk_router.language.diagnostics.refused_expression import RefusedExpression
from prx_dingtalk_router.language.diagnostics.unclosed_expression import UnclosedExpression
from prx_dingtalk_router.language.diagnostics.unclosed_string import UnclosedString
from prx_dingtalk_router.language.diagnostics.unknown_flag import UnknownFlag
from prx_dingtalk_router.language.diagnostics.wide_blank import WideBlank
from prx_dingtalk_router.language.syntax.keywords import KEYWORDS
from prx_dingtalk_router.language.syntax.lexer import (
    EXCESS_TYPE,
    MALFORMED_NAME_TYPE,
    MAX_TOKENS,
    RESERVED_TYPE,
    Piece,
    Token,
)
from prx_dingtalk_router.language.syntax.recovery import names, punctuation
from prx_dingtalk_router.language.syntax.recovery.comparison import begins_test, is_operator, is_tested
from prx_dingtalk_router.language.syntax.recovery.days import TIME_TYPES, parting_comma
from prx_dingtalk_router.language.syntax.recovery.half_quotes import with_whole_quotes
from prx_dingtalk_router.language.syntax.recovery.invisible import without_invisible
from prx_dingtalk_router.language.syntax.recovery.repetition import with_repetition_read
from prx_dingtalk_router.language.syntax.recovery.retyping import NOTHING_TYPE, meaningful, nothing, retyped
from prx_dingtalk_router.language.syntax.recovery.text_blocks import is_closed_by_mistake, unclosed_block
from prx_dingtalk_router.language.syntax.recovery.written_hours import with_hours_read
from prx_dingtalk_router.language.syntax.synonyms import keyword_meant


def repaired(piece: Piece) -> list[Token]:
    """Return the tokens of a piece with every recognisable mistake mended; the others are left for the parser to refuse."""
    tokens = with_hours_read(piece, with_whole_quotes(piece, without_invisible(piece)))
    tokens = with_repetition_read(piece, tokens)
    return _Repair(piece, list(_without_unknown(piece, tokens))).tokens()


def _without_unknown(piece: Piece, tokens: Iterable[Token]) -> Iterator[Token]:
    for unknown, run in groupby(tokens, lambda token: token.type == "UNKNOWN"):
        if unknown:
            yield punctuation.unknown(piece, list(run))
        else:
            yield from run


class _Repair:
    """Goes through the tokens of a piece once; its neighbours tell what a token was meant as."""

    def __init__(self, piece: Piece, written: Sequence[Token]) -> None:
        self._piece = piece
        self._written = written
        self._mended: list[Token] = []
        self._before: list[Token] = []
        """Those that are read as something."""

    def tokens(self) -> list[Token]:
        """Return the mended tokens."""
        for at, token in enumerate(self._written):
            for mended in self._read(at, token):
                self._mended.append(mended)
                if mended.type != NOTHING_TYPE:
                    self._before.append(mended)
        return self._mended

    def _read(self, at: int, token: Token) -> Iterable[Token]:
        piece, last = self._piece, self._before[-1] if self._before else None
        match token.type:
            case "STRING":
                return (self._string(at, token),)
            case "NAME" | "FROM" if self._is_compared(at):
                return (names.field(piece, token),)
            case "NAME" if self._is_negation(at):
                return (names.negation(piece, token),)
            case "NAME":
                return (self._name(token),)
            case "COMMA":
                return (self._comma(at, token),)
            case "FOREIGN_PUNCTUATION":
                sign = punctuation.punctuation(piece, token)
                return (self._comma(at, sign) if sign.type == "COMMA" else sign,)
            case "FOREIGN_OPERATOR":
                return punctuation.operator(piece, token, self._following(at))
            case "FOREIGN_QUOTE":
                return (punctuation.quoted(piece, token),)
            case "FOREIGN_COMMENT":
                return (punctuation.comment(piece, token),)
            case "FOREIGN_FIELD":
                return (names.dotted_word(piece, token, last),)
            case kind if kind in (RESERVED_TYPE, MALFORMED_NAME_TYPE):
                return (self._name(names.word_as_name(piece, token, last)),)
            case "REGEX" if token.value[-1] not in "/i":
                return self._apart_from_word(token)
            case "EMPTY_REGEX":
                span = piece.span(token)
                return (retyped(token, "REGEX", "/x/", RefusedExpression(span, "empty", "", 1, span)),)
            case "WIDE_BLANK":
                return (nothing(token, WideBlank(piece.span(token), found=token.value)),)
            case kind if kind == EXCESS_TYPE:
                finding = DeclarationTooLong(piece.span(token), limit=MAX_TOKENS)
                return (retyped(token, EXCESS_TYPE, "", finding),)
            case _:
                return self._unclosed(token)

    # ---- names and descriptions

    def _string(self, at: int, token: Token) -> Token:
        before = [each.type for each in self._before[-3:]]
        if before[-1:] == ["SHADOW"] and before[:1] == ["RULE"] and len(before) == 3:
            return self._first(token)
        if not before or before[-1] not in names.BEFORE_QUOTED_NAMES:
            return token
        following = self._following(at)
        if before[-1] == "RULE" and following is not None and following.type == "NAME":
            return token  # its description, before its name
        return names.quoted_name(self._piece, token, self._before[-1])

    def _name(self, token: Token) -> Token:
        before = [each.type for each in self._before[-2:]]
        return self._first(token) if before == ["RULE", "STRING"] else token

    def _is_compared(self, at: int) -> bool:
        """Return whether a word stands where the field of a comparison belongs."""
        following = self._following(at)
        return following is not None and begins_test(self._before) and is_operator(following)

    def _is_negation(self, at: int) -> bool:
        """Return whether a word for ``not`` stands before a test."""
        following = self._following(at)
        means_not = keyword_meant(self._written[at].value, ("not",)) is not None
        return means_not and following is not None and begins_test(self._before) and is_tested(following)

    def _first(self, token: Token) -> Token:
        """Put a token before the last one, which it should precede; return the last one."""
        last = self._before.pop()
        self._mended.remove(last)
        moved = names.misplaced_description(self._piece, last, token)
        self._mended.append(moved)
        self._before.append(moved)
        return last

    # ---- values

    def _comma(self, at: int, token: Token) -> Token:
        following = self._following(at)
        if following is None or following.type not in TIME_TYPES or not self._before:
            return token
        if self._before[-1].type not in TIME_TYPES:
            return token
        return nothing(replace(token, findings=()), parting_comma(self._piece, token, following))

    def _apart_from_word(self, token: Token) -> Iterable[Token]:
        """Read a regex that grew together with the word behind it as both."""
        body, _, flags = token.value.rpartition("/")
        word = flags if flags in KEYWORDS else flags.removeprefix("i")
        if word not in KEYWORDS:
            return (token,)
        flag = flags.removesuffix(word)
        middle = token.end - len(word)
        place = self._piece.between(token.end - len(flags), token.end)
        finding = UnknownFlag(place, flags=flags, instead=f"{flag} {word}")
        return (
            Token("REGEX", f"{body}/{flag}", token.start, middle, (*token.findings, finding)),
            Token(word.upper(), word, middle, token.end),
        )

    def _unclosed(self, token: Token) -> Iterable[Token]:
        piece = self._piece
        match token.type:
            case "OPEN_STRING":
                finding = UnclosedString(piece.span(token), quotes='"')
                return (retyped(token, "STRING", token.value.rstrip("\\") + '"', finding),)
            case "OPEN_REGEX":
                return (retyped(token, "REGEX", "/x/", UnclosedExpression(piece.span(token))),)
            case "OPEN_TEXT_BLOCK":
                return (retyped(token, "TEXT_BLOCK", '"""x"""', *self._open_text_block(token)),)
            case _:
                return (token,)

    def _open_text_block(self, token: Token) -> tuple[UnclosedString, ...]:
        """Report a text block that runs to the end of the file where it began.

        That is in an earlier one if an escape kept that one open: it is reported there, and nothing here.
        """
        for at, earlier in enumerate(self._mended):
            if is_closed_by_mistake(earlier):
                finding = unclosed_block(self._piece, earlier)
                self._mended[at] = retyped(earlier, earlier.type, earlier.value, finding)
                return ()
        return (unclosed_block(self._piece, token),)

    # ---- what follows

    def _following(self, at: int) -> Token | None:
        """Return the next token that is read as something."""
        passed = ("WIDE_BLANK", "FOREIGN_COMMENT")
        rest = meaningful(self._written, at + 1)
        return next((token for token in rest if token.type not in passed), None)
