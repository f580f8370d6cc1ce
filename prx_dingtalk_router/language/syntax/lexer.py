"""From the text of a file to tokens, cut into pieces of one declaration each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from lark import Lark, Token

from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.language.syntax.keywords import OPENERS

GRAMMAR_FILE = "prx_rules.lark"
TRIVIA = frozenset({"COMMENT", "WIDE_BLANK"})
OPENER_TYPES = frozenset(word.upper() for word in OPENERS)


@cache
def grammar_text() -> str:
    """The grammar: of the checkout when this runs from one, else the one inside the installed package."""
    checkout = Path(__file__).parents[3] / "grammar" / GRAMMAR_FILE
    if checkout.is_file():
        return checkout.read_text(encoding="utf-8")
    return (
        resources.files("prx_dingtalk_router").joinpath("grammar", GRAMMAR_FILE).read_text(encoding="utf-8")
    )


@cache
def _lexer() -> Lark:
    # Without a parser Lark keeps the terminals that no rule uses: those that catch what people type instead.
    return Lark(grammar_text(), parser=None, lexer="basic")


@dataclass(frozen=True, slots=True)
class Lexed:
    """The tokens of a file: those that mean something, and comments and wide blanks apart."""

    tokens: tuple[Token, ...]
    trivia: tuple[Token, ...]


def lex(source: Source) -> Lexed:
    """Cut a text into tokens; every character ends up in one, so nothing can fail here."""
    tokens: list[Token] = []
    trivia: list[Token] = []
    for token in _lexer().lex(source.text):
        (trivia if token.type in TRIVIA else tokens).append(token)
    return Lexed(tuple(tokens), tuple(trivia))


def relex(text: str) -> list[Token]:
    """The tokens of a text that stands by itself."""
    return list(_lexer().lex(text))


def cut(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], list[tuple[Token, ...]]]:
    """Cut tokens at the words that open a declaration.

    Returns:
        What stands before the first of them, and the pieces, each beginning with its opener.
    """
    starts = [at for at, token in enumerate(tokens) if token.type in OPENER_TYPES]
    if not starts:
        return tokens, []
    ends = [*starts[1:], len(tokens)]
    return tokens[: starts[0]], [tokens[start:end] for start, end in zip(starts, ends, strict=True)]


def span_of(source: Source, token: Token) -> Span:
    """Where a token stands."""
    start = token.start_pos or 0
    return Span(source, start, start + len(token) if token.end_pos is None else token.end_pos)
