"""How the builders look at Lark's trees: children by kind, and their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lark import Token, Tree

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.language.syntax import unescape
from prx_dingtalk_router.language.syntax.ast import (
    ExpressionText,
    Item,
    ListValue,
    Name,
    String,
    TextValue,
    Value,
)
from prx_dingtalk_router.language.syntax.lexer import span_of

Branch = Tree[Token]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads trees of one file; mistakes inside literals go to ``diagnostics``."""

    source: Source
    diagnostics: Diagnostics

    def span(self, branch: Branch | Token) -> Span:
        """Where a branch or token stands."""
        if isinstance(branch, Token):
            return span_of(self.source, branch)
        return Span(self.source, branch.meta.start_pos, branch.meta.end_pos)

    def name(self, token: Token) -> Name:
        """A name, or an agent's name in quotes."""
        if token.type == "STRING":
            quoted = self.string(token)
            return Name(quoted.span, quoted.value)
        return Name(self.span(token), str(token))

    def string(self, token: Token) -> String:
        """A string or text block."""
        if token.type == "TEXT_BLOCK":
            return unescape.text_block(str(token), self.span(token))
        return unescape.string(str(token), self.span(token), self.diagnostics)

    def expression(self, token: Token) -> ExpressionText:
        """An expression."""
        return unescape.expression(str(token), self.span(token), self.diagnostics)

    def text_value(self, branch: Branch) -> TextValue:
        """The ``text`` of a step: a string, a text block or the name of a template."""
        token = only_token(branch)
        return self.name(token) if token.type == "NAME" else self.string(token)

    def value(self, branch: Branch) -> Value:
        """A ``value``: a single one or a list."""
        child = branch.children[0]
        return self._item(child) if isinstance(child, Token) else self.list_value(child)

    def list_value(self, branch: Branch) -> ListValue:
        """A ``list_value``."""
        return ListValue(self.span(branch), tuple(self._item(only_token(item)) for item in branches(branch)))

    def _item(self, token: Token) -> Item:
        if token.type == "EXPRESSION":
            return self.expression(token)
        return self.name(token) if token.type == "NAME" else self.string(token)


def branches(branch: Branch, kind: str | None = None) -> Iterator[Branch]:
    """The children that are branches, of one kind if given."""
    for child in branch.children:
        if isinstance(child, Tree) and (kind is None or child.data == kind):
            yield child


def first(branch: Branch, kind: str) -> Branch | None:
    """The first child branch of a kind."""
    return next(branches(branch, kind), None)


def tokens(branch: Branch, *kinds: str) -> list[Token]:
    """The children that are tokens, of these kinds if given."""
    return [
        child for child in branch.children if isinstance(child, Token) and (not kinds or child.type in kinds)
    ]


def only_token(branch: Branch) -> Token:
    """The one token of a branch that has just one."""
    (token,) = tokens(branch)
    return token
