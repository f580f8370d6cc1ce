"""Lark's LALR automaton, fed with tokens of our own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from prx_dingtalk_router.language.syntax.grammar import grammar
from prx_dingtalk_router.language.syntax.lexer import Token
from prx_dingtalk_router.language.syntax.tree import Branch

END = Token("$END", "", 0, 0)


def automaton() -> InteractiveParser:
    """Return the automaton before its first token; it takes any token that has a ``type``."""
    return grammar().parse_interactive()


def tree_of(tokens: Iterable[Token]) -> Branch:
    """Return the tree of a declaration.

    Raises:
        UnexpectedToken: it is not in order.
    """
    state = automaton().parser_state
    for token in tokens:
        state.feed_token(token)  # type: ignore[arg-type]
    return cast("Branch", state.feed_token(END, is_end=True))  # type: ignore[arg-type]


def accepted(parser: InteractiveParser) -> frozenset[str]:
    """Return the types of tokens that may stand next."""
    return _accepted(tuple(parser.parser_state.state_stack))


@lru_cache(maxsize=1024)
def _accepted(states: tuple[int, ...]) -> frozenset[str]:
    parser = automaton()
    parser.parser_state.state_stack[:] = states
    parser.parser_state.value_stack[:] = [None] * (len(states) - 1)
    return frozenset(parser.accepts())


__all__ = ["END", "UnexpectedToken", "accepted", "automaton", "tree_of"]
