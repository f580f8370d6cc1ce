"""Characters that cannot be seen and mean nothing: they come along when rules are copied from a chat or a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from lark import Token

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.source import Source
from prx_dingtalk_router.language.syntax.lexer import relex, span_of
from prx_dingtalk_router.text.folding import visible

INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def is_invisible(character: str) -> bool:
    """Whether nothing shows where it stands."""
    return unicodedata.category(character) in INVISIBLE_CATEGORIES or not visible(character)


def without_invisible(source: Source, tokens: Iterable[Token], diagnostics: Diagnostics) -> tuple[Token, ...]:
    """The tokens as if the invisible characters among them were deleted, each run of which is reported."""
    kept: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        hidden = token.type == "UNKNOWN" and is_invisible(token.value)
        if not run and not hidden:
            kept.append(token)
            continue
        adjoins = bool(run) and run[-1].end_pos == token.start_pos
        if run and not (hidden and adjoins):
            torn = _reported(source, run, kept, diagnostics)
            run = []
            if not hidden:
                kept.extend(_mended(token, kept) if torn and adjoins else (token,))
        if hidden:
            run.append(token)
    if run:
        _reported(source, run, kept, diagnostics)
    return tuple(kept)


def _reported(source: Source, run: list[Token], before: list[Token], diagnostics: Diagnostics) -> bool:
    """Report a run; whether it stands right behind a word, and for nothing."""
    span = span_of(source, run[0]).through(span_of(source, run[-1]))
    blank = any(token.value.isspace() for token in run)
    diagnostics.add(
        "invisible-character", span, character=f"U+{ord(run[0].value):04X}", replace=" " if blank else ""
    )
    if not before or before[-1].end_pos != span.start:
        return False
    # With what came behind it gone, it may be whole where it was not.
    before[-1] = _as_one(before[-1], before[-1], before[-1].value) or before[-1]
    return not blank


def _mended(following: Token, before: list[Token]) -> tuple[Token, ...]:
    """The words on both sides of an invisible character as one, put in the place of the last token before."""
    one = _as_one(before[-1], following, before[-1].value + following.value)
    if one is None:
        return (following,)
    before[-1] = one
    return ()


def _as_one(first: Token, last: Token, value: str) -> Token | None:
    """What a text is when read by itself, at the place from ``first`` to ``last``; ``None`` if it is no single token."""
    read = relex(value)
    if len(read) != 1:
        return None
    return Token(
        read[0].type,
        value,
        first.start_pos,
        first.line,
        first.column,
        last.end_line,
        last.end_column,
        last.end_pos,
    )
