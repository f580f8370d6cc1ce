"""From the tokens of one declaration to its tree; a syntax error is named and the rest of the file goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedToken

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.keywords import RESERVED
from prx_dingtalk_router.language.repair import number_meant, repaired
from prx_dingtalk_router.language.source import Source
from prx_dingtalk_router.language.syntax_errors import report, supposed_opener
from prx_dingtalk_router.language.tokens import cut, grammar_text, lex, span_of


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


def parse(source: Source, diagnostics: Diagnostics) -> list[Parsed]:
    """Parse a whole file, declaration by declaration, reporting every syntax error."""
    tokens = repaired(source, lex(source), diagnostics)
    before, pieces = cut(tokens)
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
        found = list(_parse_piece(source, piece, diagnostics))
        parsed.extend(found)
        following = pieces[at + 1][0] if at + 1 < len(pieces) else None
        if found[-1].tree is None and _broke_off(source, piece, following, diagnostics):
            skip_line = piece[-1].end_line or 0
    return parsed


def _parse_piece(source: Source, piece: tuple[Token, ...], diagnostics: Diagnostics) -> Iterator[Parsed]:
    """Parse one piece; where a misspelt opener hides in it, the declaration before it still counts."""
    name = piece[1] if len(piece) > 1 and piece[1].type == "NAME" else None
    words = frozenset(str(token) for token in piece if token.type == "NAME")
    failed = Parsed(piece[0], name, words, None)
    too_deep = _too_deep(piece)
    if too_deep is not None:
        diagnostics.add("too-deep", span_of(source, too_deep), limit=MAX_NESTING)
        yield failed
        return
    interactive = _parser().parse_interactive()
    fed: list[Token] = []
    for at, token in enumerate(piece):
        meant = token if token.type != "WRONG_NUMBER" else number_meant(token, interactive.accepts())
        if meant is None:  # a malformed number where no number belongs: it is reported already
            yield failed
            return
        try:
            interactive.feed_token(meant)
        except UnexpectedToken:
            expected = frozenset(interactive.accepts())
            opener = supposed_opener(token) if "$END" in expected else None
            if not _follows_unknown(source, token, tuple(fed), diagnostics):
                report(source, token, tuple(fed), expected, diagnostics)
            if opener is None:
                yield failed
                yield from _after_failure(source, piece[at:], diagnostics)
                return
            complete = _parser().parse_interactive()
            for earlier in fed:
                complete.feed_token(earlier)
            yield Parsed(piece[0], name, words, complete.feed_eof(fed[-1]))
            yield from _parse_piece(source, (opener, *piece[at + 1 :]), diagnostics)
            return
        fed.append(meant)
        if token.type == "NAME" and token.value in RESERVED:
            diagnostics.add("keyword-as-name", span_of(source, token), word=token.value)
    try:
        yield Parsed(piece[0], name, words, interactive.feed_eof(piece[-1]))
    except UnexpectedToken:
        report(source, None, piece, frozenset(interactive.accepts()), diagnostics)
        yield failed


def _after_failure(source: Source, rest: tuple[Token, ...], diagnostics: Diagnostics) -> Iterator[Parsed]:
    """What follows a declaration that could not be parsed, where a line begins with a misspelt opener."""
    for at in range(1, len(rest)):
        token = rest[at]
        opener = supposed_opener(token) if token.line != rest[at - 1].end_line else None
        if opener is not None:
            report(source, token, rest[:at], frozenset({"$END"}), diagnostics)
            yield from _parse_piece(source, (opener, *rest[at + 1 :]), diagnostics)
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


def _follows_unknown(
    source: Source, token: Token, before: tuple[Token, ...], diagnostics: Diagnostics
) -> bool:
    """Whether characters that mean nothing stand right before a token: one mistake, reported already."""
    start = span_of(source, before[-1]).end if before else 0
    place = span_of(source, token)
    return any(
        each.code.name == "unknown-character"
        and each.span.source is source
        and start <= each.span.start
        and each.span.end <= place.start
        for each in diagnostics.items
    )


def _broke_off(
    source: Source, piece: tuple[Token, ...], following: Token | None, diagnostics: Diagnostics
) -> bool:
    """Whether a piece ended too early because a keyword that opens declarations follows on the same line."""
    if following is None or following.line != piece[-1].end_line:
        return False
    if not diagnostics.items or diagnostics.items[-1].code.name != "unfinished":
        return False
    diagnostics.items.pop()
    diagnostics.add("keyword-as-name", span_of(source, following), word=following.value)
    return True
