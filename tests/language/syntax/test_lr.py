"""The automaton recognises what Lark's own does, and makes the same trees."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lark import Tree
from lark.exceptions import UnexpectedToken

from prx_dingtalk_router.language.diagnostics.page import page_of
from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic
from prx_dingtalk_router.language.syntax.grammar import grammar
from prx_dingtalk_router.language.syntax.lexer import Piece, Token, lex
from prx_dingtalk_router.language.syntax.lr import END, Automaton, tree_of
from prx_dingtalk_router.language.syntax.tree import Branch

EXAMPLES = sorted(Path(__file__).parents[3].glob("examples/**/*.rules"))
TEXTS = [
    *(path.read_text("utf-8") for path in EXAMPLES),
    *(text for kind in every_diagnostic().values() for text in page_of(kind).right.values()),
    *(text for kind in every_diagnostic().values() for text in page_of(kind).wrong.values()),
]
PIECES = [piece for text in TEXTS for piece in lex(text)]


def of_lark(tokens: list[Token]) -> Any:
    """The tree that Lark makes itself; None where it refuses."""
    parser = grammar().parse_interactive()
    try:
        for token in tokens:
            parser.feed_token(token)  # type: ignore[arg-type]
        return parser.feed_token(END)  # type: ignore[arg-type]
    except UnexpectedToken:
        return None


def plain(tree: Any) -> Any:
    """A tree as nested tuples."""
    match tree:
        case Tree():
            return str(tree.data), [plain(child) for child in tree.children]
        case Branch():
            return tree.kind, [plain(child) for child in tree.children]
        case _:
            return tree


def test_trees_are_those_of_lark() -> None:
    """Of every declaration of the examples and of the pages, whole and cut short anywhere."""
    accepted = 0
    for piece in PIECES:
        for length in {len(piece.tokens), *range(0, len(piece.tokens), 5)}:
            tokens = [*piece.tokens[:length]]
            made = tree_of(tokens)
            assert plain(made) == plain(of_lark(tokens))
            accepted += made is not None
    assert accepted > len(EXAMPLES)


def spans(branch: Branch) -> None:
    """Branches begin and end where their parts do, one after the other."""
    assert (branch.start, branch.end) == (branch.children[0].start, branch.children[-1].end)
    assert all(one.end <= other.start for one, other in pairwise(branch.children))
    for child in branch.children:
        if isinstance(child, Branch):
            spans(child)


@pytest.mark.parametrize("piece", PIECES[:40], ids=lambda piece: piece.tokens[0].value)
def test_branches_know_their_places(piece: Piece) -> None:
    """A branch takes the place of its parts, those included that belong to rules without a branch."""
    tree = tree_of(piece.tokens)
    if tree is not None:
        spans(tree)


def test_what_is_accepted_can_be_fed() -> None:
    """After every token, exactly those types that are accepted can stand next, the end among them."""
    for piece in PIECES[:30]:
        automaton = Automaton()
        for token in piece.tokens:
            accepted = automaton.accepted()
            assert (token.type in accepted) == automaton.feed(token.type)
            if token.type not in accepted:
                break
        else:
            assert ("$END" in automaton.accepted()) == (tree_of(piece.tokens) is not None)
