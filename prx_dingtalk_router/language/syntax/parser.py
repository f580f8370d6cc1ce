"""From the tokens of one declaration to its tree; a syntax error is named and the rest of the file goes on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedToken

from prx_dingtalk_router.language.diagnostics import Diagnostic, Diagnostics
from prx_dingtalk_router.language.diagnostics.too_deep import TooDeep
from prx_dingtalk_router.language.source import Source
from prx_dingtalk_router.language.syntax.keywords import RESERVED
from prx_dingtalk_router.language.syntax.lexer import cut, grammar_text, lex, span_of
from prx_dingtalk_router.language.syntax.recovery.repair import number_meant, repaired
from prx_dingtalk_router.language.syntax.recovery.syntax_errors import (
    keyword_as_name,
    needless,
    report,
    supposed_opener,
)


@cache
def _parser() -> Lark:
    return Lark(
        grammar_text(), parser="lalr", lexer="basic", propagate_positions=True, maybe_placeholders=False
    )


MAX_NESTING = 40
"""How deep parentheses and ``not`` may stand within each other: far more than anybody can read."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The declaration that begins with ``opener``; ``tree`` is ``None`` where it could not be parsed.

    ``name`` is what it was to be called, ``words`` the names in it, as far as they can be told.
    """

    opener: Token
    name: Token | None
    words: frozenset[str]
    tree: Tree[Token] | None


@dataclass(frozen=True, slots=True)
class _Reported:
    """Where tokens were reported already, so that one mistake is not told twice."""

    unclosed: frozenset[int]
    unknown: tuple[int, ...]

    @classmethod
    def of(cls, diagnostics: Sequence[Diagnostic]) -> _Reported:
        unclosed = (each for each in diagnostics if each.name in ("unclosed-string", "unclosed-expression"))
        unknown = (each for each in diagnostics if each.name == "unknown-character")
        return cls(
            frozenset(each.span.start for each in unclosed),
            tuple(sorted(each.span.start for each in unknown)),
        )

    def runs_on(self, source: Source, token: Token) -> bool:
        """Whether a token runs to the end of its line because its closing mark is missing: what follows is inside it."""
        return span_of(source, token).start in self.unclosed

    def stands_between(self, source: Source, before: list[Token], token: Token) -> bool:
        """Whether characters that mean nothing stand between a token and those before it."""
        start = span_of(source, before[-1]).end if before else 0
        at = bisect_left(self.unknown, start)
        return at < len(self.unknown) and self.unknown[at] < span_of(source, token).start


def parse(source: Source, diagnostics: Diagnostics) -> list[Parsed]:
    """Parse a whole file, declaration by declaration, reporting every syntax error."""
    earlier = len(diagnostics.items)
    tokens = repaired(source, lex(source), diagnostics)
    reported = _Reported.of(diagnostics.items[earlier:])
    before, pieces = cut(tokens)
    while before and before[0].type == "NEEDLESS":
        needless(span_of(source, before[0]), diagnostics)
        before = before[1:]
    if before:
        opener = supposed_opener(before[0])
        if opener is not None:
            report(source, before[0], before[:0], frozenset({"$END"}), diagnostics)
            pieces.insert(0, (opener, *before[1:]))
        else:
            diagnostics.add("no-declaration", span_of(source, before[0]), found=before[0].value)
    parsed: list[Parsed] = []
    skip_line = 0
    for at, piece in enumerate(pieces):
        if piece[0].line == skip_line:
            # The opener is a keyword in the wrong place, and was reported as the end of the piece before it.
            continue
        skip_line = 0
        found = list(_parse_piece(source, piece, reported, diagnostics))
        parsed.extend(found)
        following = pieces[at + 1][0] if at + 1 < len(pieces) else None
        if found[-1].tree is None and _broke_off(source, piece, following, diagnostics):
            skip_line = piece[-1].end_line or 0
    diagnostics.settle()
    return parsed


def _parse_piece(
    source: Source, piece: tuple[Token, ...], reported: _Reported, diagnostics: Diagnostics
) -> Iterator[Parsed]:
    """Parse one piece; where a misspelt opener hides in it, the declaration before it still counts."""
    name = piece[1] if len(piece) > 1 and piece[1].type == "NAME" else None
    words = frozenset(str(token) for token in piece if token.type == "NAME")
    failed = Parsed(piece[0], name, words, None)
    too_deep = _too_deep(piece)
    if too_deep is not None:
        diagnostics.add(TooDeep(span_of(source, too_deep), MAX_NESTING))
        yield failed
        return
    interactive = _parser().parse_interactive()
    fed: list[Token] = []
    for at, token in enumerate(piece):
        meant: Token | None = token
        if token.type in ("WRONG_NUMBER", "FOREIGN_TIMES"):
            meant = number_meant(source, token, fed, interactive.accepts(), diagnostics)
        if meant is None:  # a malformed number where no number belongs
            yield failed
            return
        try:
            interactive.feed_token(meant)
        except UnexpectedToken:
            expected = frozenset(interactive.accepts())
            if _is_needless(source, piece, at, expected):
                needless(span_of(source, token), diagnostics)
                continue
            opener = supposed_opener(token) if "$END" in expected else None
            if not reported.stands_between(source, fed, token) and not (
                fed and reported.runs_on(source, fed[-1])
            ):
                report(source, token, tuple(fed), expected, diagnostics, piece[at + 1 :])
            if opener is None:
                yield failed
                yield from _after_failure(source, piece[at:], reported, diagnostics)
                return
            complete = _parser().parse_interactive()
            for earlier in fed:
                complete.feed_token(earlier)
            yield Parsed(piece[0], name, words, complete.feed_eof(fed[-1]))
            yield from _parse_piece(source, (opener, *piece[at + 1 :]), reported, diagnostics)
            return
        fed.append(meant)
        if token.type == "NAME" and token.value in RESERVED:
            keyword_as_name(span_of(source, token), fed[-2] if len(fed) > 1 else None, diagnostics)
    try:
        yield Parsed(piece[0], name, words, interactive.feed_eof(piece[-1]))
    except UnexpectedToken:
        if not reported.runs_on(source, piece[-1]):
            report(source, None, piece, frozenset(interactive.accepts()), diagnostics)
        yield failed


def _is_needless(source: Source, piece: tuple[Token, ...], at: int, expected: frozenset[str]) -> bool:
    """Whether a sign stands there without which what follows would be in order."""
    token = piece[at]
    exclaimed = token.type == "NOT" and span_of(source, token).text != token.value
    if token.type not in ("NEEDLESS", "COMMA") and not exclaimed:
        return False
    following = piece[at + 1].type if at + 1 < len(piece) else "$END"
    return following in expected


def _after_failure(
    source: Source, rest: tuple[Token, ...], reported: _Reported, diagnostics: Diagnostics
) -> Iterator[Parsed]:
    """What follows a declaration that could not be parsed, where a line begins with a misspelt opener."""
    for at in range(1, len(rest)):
        token = rest[at]
        opener = supposed_opener(token) if token.line != rest[at - 1].end_line else None
        if opener is not None:
            report(source, token, rest[:at], frozenset({"$END"}), diagnostics)
            yield from _parse_piece(source, (opener, *rest[at + 1 :]), reported, diagnostics)
            return


def _too_deep(piece: tuple[Token, ...]) -> Token | None:
    """The parenthesis or ``not`` that stands too deep within others: trees are read recursively."""
    opened: list[int] = []
    depth = negations = 0
    for token in piece:
        if token.type == "NOT":
            negations += 1
        elif token.type == "LPAR":
            opened.append(negations + 1)
            depth, negations = depth + negations + 1, 0
        else:
            if token.type == "RPAR" and opened:
                depth -= opened.pop()
            negations = 0
        if depth + negations > MAX_NESTING:
            return token
    return None


def _broke_off(
    source: Source, piece: tuple[Token, ...], following: Token | None, diagnostics: Diagnostics
) -> bool:
    """Whether a piece ended too early because a keyword that opens declarations follows on the same line."""
    if following is None or following.line != piece[-1].end_line:
        return False
    if not diagnostics.items or diagnostics.items[-1].name != "unfinished":
        return False
    diagnostics.items.pop()
    keyword_as_name(span_of(source, following), piece[-1], diagnostics)
    return True
