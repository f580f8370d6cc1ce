"""From the tokens of one declaration to its tree; a syntax error is named and the rest of the file goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedToken

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.repair import repaired
from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.language.syntax_errors import report, supposed_opener
from prx_dingtalk_router.language.tokens import cut, grammar_text, lex, span_of


@cache
def _parser() -> Lark:
    return Lark(
        grammar_text(), parser="lalr", lexer="basic", propagate_positions=True, maybe_placeholders=False
    )


@dataclass(frozen=True, slots=True)
class Parsed:
    """The declaration that begins with ``opener``; ``tree`` is ``None`` where it could not be parsed."""

    opener: Token
    name: Token | None
    tree: Tree[Token] | None


def parse(source: Source, diagnostics: Diagnostics) -> list[Parsed]:
    """Parse a whole file, declaration by declaration, reporting every syntax error."""
    tokens = repaired(source, lex(source), diagnostics)
    before, pieces = cut(tokens)
    parsed: list[Parsed] = []
    if before:
        opener = supposed_opener(before[0])
        if opener is not None:
            report(source, before[0], before[:0], frozenset({"$END"}), diagnostics)
            pieces.insert(0, (opener, *before[1:]))
        else:
            diagnostics.add("no-declaration", span_of(source, before[0]), found=before[0].value)
    skip_line = 0
    for piece in pieces:
        if piece[0].line == skip_line:
            # The opener is a keyword in the wrong place, and was reported as the end of the piece before it.
            continue
        before_count = len(diagnostics.items)
        parsed.extend(_parse_piece(source, piece, diagnostics))
        skip_line = 0
        if len(diagnostics.items) > before_count and _broke_off(parsed[-1], piece, source, diagnostics):
            skip_line = piece[-1].end_line or 0
    return parsed


def _parse_piece(source: Source, piece: tuple[Token, ...], diagnostics: Diagnostics) -> Iterator[Parsed]:
    """Parse one piece; where a misspelt opener hides in it, the declaration before it still counts."""
    interactive = _parser().parse_interactive()
    name = piece[1] if len(piece) > 1 and piece[1].type == "NAME" else None
    for at, token in enumerate(piece):
        try:
            interactive.feed_token(token)
        except UnexpectedToken as error:
            expected = frozenset(error.accepts or error.expected)
            report(source, token, piece[:at], expected, diagnostics)
            opener = supposed_opener(token) if "$END" in expected else None
            if opener is None:
                yield Parsed(piece[0], name, None)
                return
            complete = _parser().parse_interactive()
            for earlier in piece[:at]:
                complete.feed_token(earlier)
            yield Parsed(piece[0], name, complete.feed_eof(piece[at - 1]))
            yield from _parse_piece(source, (opener, *piece[at + 1 :]), diagnostics)
            return
    try:
        yield Parsed(piece[0], name, interactive.feed_eof(piece[-1]))
    except UnexpectedToken as error:
        report(source, None, piece, frozenset(error.accepts or error.expected), diagnostics)
        yield Parsed(piece[0], name, None)


def _broke_off(last: Parsed, piece: tuple[Token, ...], source: Source, diagnostics: Diagnostics) -> bool:
    """Whether the piece ended too early because a keyword that opens declarations follows on the same line."""
    if last.tree is not None or diagnostics.items[-1].code.name != "unfinished":
        return False
    end = piece[-1].end_pos or 0
    rest = source.line(source.position(end).line)[source.position(end).column - 1 :].strip()
    if not rest or rest.startswith("#"):
        return False
    word = rest.split()[0]
    start = source.text.index(word, end)
    diagnostics.items.pop()
    diagnostics.add("keyword-as-name", Span(source, start, start + len(word)), word=word)
    return True
