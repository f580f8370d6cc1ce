"""Where a comparison is: the words before it, and the one between its field and its value."""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.language.syntax.keywords import FIELD_WORDS
from prx_dingtalk_router.language.syntax.lexer import Token
from prx_dingtalk_router.language.syntax.synonyms import keyword_meant

BEFORE_TESTS = frozenset({"WHEN", "AND", "OR", "NOT", "LPAR", "EQUAL"})
"""After these a test begins."""

OPERATOR_TYPES = frozenset({"IS", "IN", "CONTAINS", "STARTS", "ENDS", "MATCHES"})
OPERATORS = tuple(map(str.lower, sorted(OPERATOR_TYPES)))


def begins_test(before: Sequence[Token]) -> bool:
    """Return whether a test begins behind these tokens, the first of a declaration."""
    if not before or not _is(before[0], "rule", "condition"):
        return False
    last = before[-1]
    return last.type in BEFORE_TESTS or (len(before) > 1 and _is(last, "when", "and", "or", "not"))


def is_operator(token: Token) -> bool:
    """Return whether a token is a word that compares, or another word for one."""
    return _is(token, *OPERATORS)


def is_tested(token: Token) -> bool:
    """Return whether a test can begin with a token: a field, a flag or a name, but no other word for what joins two."""
    if token.type == "NAME":
        return not _is(token, *OPERATORS, "and", "or", "then")
    return token.type in ("DOTTED_FIELD", "LPAR", "DURING") or token.type.lower() in FIELD_WORDS


def _is(token: Token, *words: str) -> bool:
    """Return whether a token is one of these words, or another word for one."""
    return token.type.lower() in words or (
        token.type == "NAME" and keyword_meant(token.value, words) is not None
    )
