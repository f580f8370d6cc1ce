"""The grammar, loaded once: Lark's parse table, and the terminals that the lexer looks for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from lark import Lark
from lark.lexer import Lexer

from prx_dingtalk_router.language.syntax.tree import Branch

GRAMMAR_FILE = "prx_rules.lark"

FOREIGN_TYPES = frozenset(
    "OPEN_TEXT_BLOCK OPEN_STRING OPEN_REGEX FOREIGN_TIMES WRONG_NUMBER FOREIGN_FIELD EMPTY_REGEX FOREIGN_COMMENT "
    "FOREIGN_OPERATOR FOREIGN_QUOTE NEEDLESS FOREIGN_PUNCTUATION UNKNOWN".split()
)
"""Terminals of what people type instead: the lexer knows them, no rule of the grammar does."""


class _GivenTokens(Lexer):
    """Lets Lark parse tokens that were made elsewhere."""

    __future_interface__ = 2

    def __init__(self, conf: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        """Give the tokens one by one."""
        return iter(lexer_state)


class _KeptTerminals:
    """Tells Lark to keep terminals that no rule uses."""

    always_accept = FOREIGN_TYPES | {"COMMENT", "WIDE_BLANK"}

    def process(self, stream: Iterator[Any]) -> Iterator[Any]:
        """Give the tokens as they come."""
        return stream


@cache
def grammar_text() -> str:
    """Read the grammar: of the checkout when this runs from one, else the one inside the installed package."""
    checkout = Path(__file__).parents[3] / "grammar" / GRAMMAR_FILE
    if checkout.is_file():
        return checkout.read_text(encoding="utf-8")
    return (
        resources.files("prx_dingtalk_router").joinpath("grammar", GRAMMAR_FILE).read_text(encoding="utf-8")
    )


@cache
def grammar() -> Lark:
    """Return the grammar with its parse table; building it takes a tenth of a second, once in a process."""
    return Lark(
        grammar_text(),
        parser="lalr",
        lexer=_GivenTokens,
        postlex=_KeptTerminals(),
        keep_all_tokens=True,
        maybe_placeholders=False,
        propagate_positions=False,
        tree_class=Branch,
    )
