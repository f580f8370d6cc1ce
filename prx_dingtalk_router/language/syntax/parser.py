"""From the tokens of a declaration to its tree. One in order takes the short way, any other goes through recovery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lark.exceptions import UnexpectedToken

from prx_dingtalk_router.language.diagnostics.too_many_mistakes import TooManyMistakes
from prx_dingtalk_router.language.syntax.ast import Unparsed
from prx_dingtalk_router.language.syntax.lexer import Piece
from prx_dingtalk_router.language.syntax.lr import tree_of
from prx_dingtalk_router.language.syntax.parsed import Parsed
from prx_dingtalk_router.language.syntax.recovery.declarations import declarations
from prx_dingtalk_router.language.syntax.recovery.nesting import MAX_NESTING

MAX_BROKEN = 2_000
"""After so many declarations with mistakes a file is given up: it is no file of rules, or a mistake breaks all of it."""


def parse(pieces: Iterable[Piece]) -> Iterator[Parsed]:
    """Parse the declarations of a file, one by one; a syntax error costs the declaration that it is in."""
    broken = 0
    for piece in pieces:
        tree = None if _may_be_deep(piece) else _in_order(piece)
        if tree is not None:
            yield tree
            continue
        for parsed in declarations(piece):
            yield parsed
            broken += bool(parsed.findings)
            if broken > MAX_BROKEN:
                last = piece.tokens[-1]
                finding = TooManyMistakes(piece.between(last.end, last.end), limit=MAX_BROKEN)
                yield Parsed(piece, Unparsed(None, frozenset()), (finding,))
                return


def _in_order(piece: Piece) -> Parsed | None:
    try:
        return Parsed(piece, tree_of(piece.tokens))
    except UnexpectedToken:
        return None


def _may_be_deep(piece: Piece) -> bool:
    """Tell whether there are enough parentheses and ``not`` to stand too deep within each other."""
    if len(piece.tokens) <= MAX_NESTING:
        return False
    return sum(token.type in ("LPAR", "NOT") for token in piece.tokens) > MAX_NESTING
