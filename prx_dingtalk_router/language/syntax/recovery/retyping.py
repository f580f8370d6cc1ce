"""Tokens that are read otherwise than they are written, and say what was wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.syntax.lexer import Token

NOTHING_TYPE = "NOTHING"


def retyped(token: Token, kind: str, value: str, *findings: Diagnostic) -> Token:
    """Return a token as one of another kind or value, with what is to be said of it once it is read."""
    return Token(kind, value, token.start, token.end, (*token.findings, *findings))


def nothing(token: Token, *findings: Diagnostic) -> Token:
    """Return a token as one that is read as nothing."""
    return retyped(token, NOTHING_TYPE, "", *findings)


def meaningful(tokens: Sequence[Token], at: int) -> Iterator[Token]:
    """Give the tokens from there on that are read as something."""
    return (tokens[each] for each in range(at, len(tokens)) if tokens[each].type != NOTHING_TYPE)
