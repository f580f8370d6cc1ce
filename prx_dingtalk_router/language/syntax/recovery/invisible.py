"""Characters that cannot be seen and mean nothing: they come along when rules are copied from a chat or a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from msgspec.structs import replace

from prx_dingtalk_router.language.diagnostics.invisible_character import InvisibleCharacter
from prx_dingtalk_router.language.syntax.lexer import Piece, Token, read_alone
from prx_dingtalk_router.language.syntax.recovery.retyping import nothing
from prx_dingtalk_router.text.folding import visible

MOST_PIECES = 4
"""Into so many tokens what is behind an invisible character may fall that are one with what is before it: ``:00``, ``.5%``."""
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
    tokens = list(_split(piece.tokens))
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if _is_hidden(token):
            parted = _take_out(piece, token, mended)
            continue
        rest = _rest(mended[-1], tokens[at - 1 : at - 1 + MOST_PIECES]) if parted == token.start else ()
        if rest:
            mended[-1] = _as_one(mended[-1], rest)
            at += len(rest) - 1
        else:
            mended.append(token)
        parted = None
    return mended


def _is_hidden(token: Token) -> bool:
    return token.type == "UNKNOWN" and is_invisible(token.value[0])


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


def _rest(first: Token, behind: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens, side by side, that are one token with the first, as many as there are; none where none are."""
    side_by_side = [token for token in behind[:1] if not _is_hidden(token)]
    for before, token in pairwise(behind):
        if not side_by_side or token.start != before.end or _is_hidden(token):
            break
        side_by_side.append(token)
    for count in range(len(side_by_side), 0, -1):
        if read_alone(first.value + "".join(token.value for token in side_by_side[:count])) is not None:
            return side_by_side[:count]
    return ()


def _as_one(first: Token, rest: Sequence[Token]) -> Token:
    """Return tokens as one, which their texts together are."""
    whole = read_alone(first.value + "".join(token.value for token in rest))
    assert whole is not None
    findings = (*first.findings, *(finding for token in rest for finding in token.findings))
    return Token(whole.type, whole.value, first.start, rest[-1].end, findings)
