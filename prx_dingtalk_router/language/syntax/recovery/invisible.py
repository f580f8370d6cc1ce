"""Characters that cannot be seen and mean nothing: they come along when rules are copied from a chat or a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from msgspec.structs import replace

from prx_dingtalk_router.language.diagnostics.invisible_character import InvisibleCharacter
from prx_dingtalk_router.language.syntax.lexer import Piece, Token, read_alone
from prx_dingtalk_router.language.syntax.recovery.retyping import nothing
from prx_dingtalk_router.text.folding import visible

INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


@lru_cache(maxsize=4096)
def is_invisible(character: str) -> bool:
    """Tell whether a character is invisible."""
    return unicodedata.category(character) in INVISIBLE_CATEGORIES or not visible(character)


def without_invisible(piece: Piece) -> list[Token]:
    """Return the tokens of a piece as if the invisible characters among them were deleted.

    What they parted is one token again, which carries the finding; else a token that is read as nothing does.
    """
    mended: list[Token] = []
    parted: int | None = None
    """Where a token must begin to be one with the last, which only invisible characters part from it."""
    for token in _split(piece.tokens):
        if token.type == "UNKNOWN" and is_invisible(token.value[0]):
            parted = _take_out(piece, token, mended)
        elif parted == token.start and (one := _as_one(mended[-1], token)):
            mended[-1], parted = one, None
        else:
            mended.append(token)
            parted = None
    return mended


def _split(tokens: Iterable[Token]) -> Iterator[Token]:
    """Give the tokens with runs of unknown characters parted into those that can be seen and those that cannot."""
    for token in tokens:
        if token.type != "UNKNOWN":
            yield token
            continue
        start = token.start
        for _, run in groupby(token.value, is_invisible):
            value = "".join(run)
            yield Token("UNKNOWN", value, start, start + len(value))
            start += len(value)


def _take_out(piece: Piece, hidden: Token, before: list[Token]) -> int | None:
    """Put the finding of an invisible run to the token right before it, else to one that is read as nothing.

    Returns:
        Where the run ends, if it may part a token in two.
    """
    blank = any(character.isspace() for character in hidden.value)
    finding = InvisibleCharacter(piece.span(hidden), first=ord(hidden.value[0]), blank=blank)
    last = before[-1] if before else None
    if last is None or blank or last.end != hidden.start:
        before.append(nothing(hidden, finding))
        return None
    # With what came behind it gone, it may be whole where it was not.
    whole = read_alone(last.value) or last
    before[-1] = replace(last, type=whole.type, findings=(*last.findings, finding))
    return hidden.end


def _as_one(first: Token, second: Token) -> Token | None:
    """Return two tokens as one, if their texts together are one."""
    whole = read_alone(first.value + second.value)
    if whole is None:
        return None
    findings = (*first.findings, *second.findings)
    return Token(whole.type, whole.value, first.start, second.end, findings)
