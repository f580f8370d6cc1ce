"""How the builders look at trees: children by kind, literals undone, and places."""

from __future__ import annotations

from collections.abc import Iterator

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.diagnostics.unknown_escape import UnknownEscape
from prx_dingtalk_router.language.diagnostics.unknown_flag import UnknownFlag
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.language.syntax import unescape
from prx_dingtalk_router.language.syntax.ast import (
    Item,
    ListValue,
    Name,
    RegexText,
    String,
    TextValue,
    Value,
)
from prx_dingtalk_router.language.syntax.lexer import Piece, Token
from prx_dingtalk_router.language.syntax.tree import Branch

STRING_TYPES = ("STRING", "TEXT_BLOCK")


class Reader:
    """Reads the trees of a piece; mistakes inside literals are added to ``findings``."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.findings: list[Diagnostic] = []

    def span(self, branch: Branch | Token) -> Span:
        """Return the span of a branch or token."""
        return self.piece.between(branch.start, branch.end)

    def name(self, token: Token) -> Name:
        """Return a name, or an agent's name in quotes."""
        if token.type == "STRING":
            quoted = self.string(token)
            return Name(quoted.span, quoted.value)
        return Name(self.piece.span(token), token.value)

    def string(self, token: Token) -> String:
        """Return a string or text block."""
        span = self.piece.span(token)
        if token.type == "TEXT_BLOCK":
            return String(span, unescape.text_block(token.value))
        value, mistakes = unescape.string(token.value)
        exact = self.piece.written(token) == token.value
        for start, end in mistakes:
            place = self.piece.between(token.start + start, token.start + end) if exact else span
            self.findings.append(UnknownEscape(place, found=token.value[start:end]))
        return String(span, value, bool(mistakes) or not exact)

    def regex(self, token: Token) -> RegexText:
        """Return a regex."""
        source, flags = unescape.regex(token.value)
        if flags not in ("", "i"):
            place = self.piece.between(token.end - len(flags), token.end)
            finding = UnknownFlag(place, flags=flags, instead=unescape.flags_meant(flags))
            self.findings.append(finding)
        return RegexText(self.piece.span(token), source, flags == "i")

    def text_value(self, branch: Branch) -> TextValue:
        """Return the ``text`` of a step: a string, a text block or the name of a template."""
        token = only_token(branch, *STRING_TYPES, "NAME")
        return self.name(token) if token.type == "NAME" else self.string(token)

    def value(self, branch: Branch) -> Value:
        """Return a ``value``: a single one or a list."""
        child = branch.children[0]
        return self.list_value(child) if isinstance(child, Branch) else self._item(child)

    def list_value(self, branch: Branch) -> ListValue:
        """Return a ``list_value``."""
        items = tuple(self._item(item.children[0]) for item in branches(branch))  # type: ignore[arg-type]
        return ListValue(self.span(branch), items)

    def _item(self, token: Token) -> Item:
        if token.type == "REGEX":
            return self.regex(token)
        return self.name(token) if token.type == "NAME" else self.string(token)


def branches(branch: Branch, kind: str | None = None) -> Iterator[Branch]:
    """Give the children that are branches, of one kind if given."""
    for child in branch.children:
        if isinstance(child, Branch) and (kind is None or child.kind == kind):
            yield child


def first(branch: Branch, kind: str) -> Branch | None:
    """Return the first child branch of a kind."""
    return next(branches(branch, kind), None)


def tokens(branch: Branch, *kinds: str) -> list[Token]:
    """Return the children that are tokens of these kinds."""
    return [child for child in branch.children if not isinstance(child, Branch) and child.type in kinds]


def only_token(branch: Branch, *kinds: str) -> Token:
    """Return the one child that is a token of these kinds."""
    (token,) = tokens(branch, *kinds)
    return token


def optional_token(branch: Branch, *kinds: str) -> Token | None:
    """Return the first child that is a token of these kinds, if there is one."""
    return next(iter(tokens(branch, *kinds)), None)
