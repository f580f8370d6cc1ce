"""How deep parentheses and ``not`` stand within each other: trees are read recursively."""

from __future__ import annotations

from prx_dingtalk_router.language.syntax.lexer import Token

MAX_NESTING = 40
"""Far more than anybody can read."""


class Nesting:
    """Counts while the tokens of a declaration go by."""

    def __init__(self) -> None:
        self._depth = self._negations = 0
        self._opened: list[int] = []

    def is_too_deep(self, token: Token) -> bool:
        """Take the next token; tell whether it is nested too deeply."""
        if token.type == "NOT":
            self._negations += 1
        elif token.type == "LPAR":
            self._opened.append(self._negations + 1)
            self._depth, self._negations = self._depth + self._negations + 1, 0
        else:
            if token.type == "RPAR" and self._opened:
                self._depth -= self._opened.pop()
            self._negations = 0
        return self._depth + self._negations > MAX_NESTING
