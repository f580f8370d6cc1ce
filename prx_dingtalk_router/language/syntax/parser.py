"""From the tokens of a declaration to its tree. One in order takes the short way, any other goes through recovery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.diagnostics.too_many_declarations import TooManyDeclarations
from prx_dingtalk_router.language.diagnostics.too_many_mistakes import TooManyMistakes
from prx_dingtalk_router.language.syntax.ast import DeclarationNode, Unparsed
from prx_dingtalk_router.language.syntax.lexer import Piece
from prx_dingtalk_router.language.syntax.lr import tree_of
from prx_dingtalk_router.language.syntax.parsed import Parsed
from prx_dingtalk_router.language.syntax.recovery.nesting import MAX_NESTING

MAX_DECLARATIONS = 50_000
"""More are not read of one file."""
MAX_BROKEN = 2_000
"""After so many declarations with mistakes a file is given up: it is no file of rules, or a mistake breaks all of it."""


def parse(
    pieces: Iterable[Piece], known: Mapping[str, DeclarationNode] = MappingProxyType({})
) -> Iterator[Parsed]:
    """Parse the declarations of a file, one by one; a syntax error costs the declaration that it is in.

    Args:
        pieces: of the file, in order.
        known: what pieces that are in order are, by their text.
    """
    broken = 0
    for number, piece in enumerate(pieces):
        if number >= MAX_DECLARATIONS:
            yield _given_up(piece, TooManyDeclarations(piece.between(0, 0), limit=MAX_DECLARATIONS))
            return
        node = known.get(piece.text)
        if node is not None:
            yield Parsed(piece, node)
            continue
        tree = None if _may_be_deep(piece) else tree_of(piece.tokens)
        if tree is not None:
            yield Parsed(piece, tree)
            continue
        for parsed in _repaired(piece):
            yield parsed
            broken += bool(parsed.findings)
            if broken > MAX_BROKEN:
                end = piece.tokens[-1].end
                yield _given_up(piece, TooManyMistakes(piece.between(end, end), limit=MAX_BROKEN))
                return


def _repaired(piece: Piece) -> Iterator[Parsed]:
    # Imported here because most sets are in order and never need it.
    from prx_dingtalk_router.language.syntax.recovery.declarations import declarations

    return declarations(piece)


def _given_up(piece: Piece, why: Diagnostic) -> Parsed:
    """Return the end of a file that is not read to its end."""
    return Parsed(piece, Unparsed(None, frozenset()), (why,))


def _may_be_deep(piece: Piece) -> bool:
    """Tell whether there are enough parentheses and ``not`` to stand too deep within each other."""
    if len(piece.tokens) <= MAX_NESTING:
        return False
    return sum(token.type in ("LPAR", "NOT") for token in piece.tokens) > MAX_NESTING
