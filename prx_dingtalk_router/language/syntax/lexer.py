"""From the text of a file to pieces of one declaration each, as tokens (language.md section 2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from lark.lexer import PatternStr
from msgspec import Struct

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.language.syntax.grammar import grammar
from prx_dingtalk_router.language.syntax.keywords import (
    BEFORE_NAMES,
    OPENERS,
    PHRASE_TYPES,
    PHRASE_WORDS,
    PHRASES,
    RESERVED,
    WORDS_WITHIN_TESTS,
)

BLANKS = " \t\r\n"
PLAIN_WORD = r"(?P<WORD>[a-z]+(?![\w.-]))"
_LINE_OF_OPENER = re.compile(rf"^[ \t]*(?:{'|'.join(sorted(OPENERS))})(?![\w.-])", re.MULTILINE)
OPENER_TYPES = frozenset(word.upper() for word in OPENERS)
RESERVED_TYPE = "RESERVED"
"""What a word is that is kept for a later version of the language."""
MALFORMED_NAME_TYPE = "MALFORMED_NAME"
"""What a word is that begins with a number which is no digit, such as ``½`` or ``②``."""
MAX_TOKENS = 200_000
"""How many tokens a declaration may have: a list of a hundred thousand entries."""
EXCESS_TYPE = "EXCESS"
"""What the first token is that a declaration has no room for; those after it are left out."""

NEVER_LAST = frozenset(
    "USE LIST LINES PATTERN HOURS CALENDAR CONDITION TEMPLATE FILE RULE SHADOW OTHERWISE DENIED TEST EQUAL COMMA LPAR "
    "LSQB WHEN AND OR NOT OF DURING IS IN CONTAINS ALL WORD STARTS WITH ENDS MATCHES DOTS THEN ELSE AGENT TIMEOUT "
    "PER WHILE BUSY MARKDOWN AT MOST FROM NAMED TYPE QUOTING EXPECT BY TOLD FAILURE".split()
)
"""Tokens that no declaration ends with: a word behind one of them, on the same line, opens no other declaration."""


class Token(Struct, frozen=True, gc=False):
    """A word, sign or literal.

    ``start`` and ``end`` count code points from the beginning of its piece. Recovery makes tokens that read otherwise
    than they are written; ``findings`` says what was wrong.
    """

    type: str
    value: str
    start: int
    end: int
    findings: tuple[Diagnostic, ...] = ()


class Piece(Struct, frozen=True):
    """The part of a file that one declaration takes, up to the next one; ``offset`` is its place in the file.

    Its first token opens the declaration, except in what stands before the first declaration of a file.
    """

    offset: int
    text: str
    tokens: Sequence[Token]

    def span(self, first: Token, last: Token | None = None) -> Span:
        """Return the span of a token, or of all from one to another."""
        return self.between(first.start, (last or first).end)

    def between(self, start: int, end: int) -> Span:
        """Return the piece between two offsets."""
        return Span(start, end)

    def written(self, token: Token) -> str:
        """Return a token as it is written, whatever it is read as."""
        return self.text[token.start : token.end]


def lex(text: str, begin: int = 0) -> Iterator[Piece]:
    """Cut a text into tokens, and these into pieces at the words that open a declaration.

    Blanks and comments are left out; every other character is in a token, so nothing can fail here. Text without any
    token has no piece.

    Args:
        text: of a file.
        begin: where to begin: at the beginning, or where a piece does.
    """
    scanner, words = _scanner(), _words()
    tokens: list[Token] = []
    offset = begin
    at: int | None = begin
    while at is not None:
        ahead, at = scanner.finditer(text, at), None
        for found in ahead:
            kind = found.lastgroup
            if kind is None:  # the end
                break
            start, end = found.span(kind)
            value = text[start:end]
            if kind == "WORD":
                kind = words.get(value) or _kind_of_word(value)
                if kind in OPENER_TYPES and not _goes_on(text, offset, tokens, start):
                    if tokens:
                        yield Piece(offset, text[offset:start], tokens)
                    tokens, offset = [], start
            elif kind == "NAME":
                kind = words.get(value) or _kind_of_name(value)
            elif kind == "COMMENT":
                continue
            if kind == "NAME" and value in PHRASE_WORDS and tokens:
                kind = kind_in_phrase(value, tokens[0].type, tokens[-1].type)
            if len(tokens) >= MAX_TOKENS:
                tokens.append(Token(EXCESS_TYPE, value, start - offset, end - offset))
                at = _next_opener(text, end)
                break
            tokens.append(Token(kind, value, start - offset, end - offset))
    if tokens:
        yield Piece(offset, text[offset:], tokens)


def _next_opener(text: str, at: int) -> int | None:
    """Return where the next line begins that begins with a word which opens a declaration."""
    found = _LINE_OF_OPENER.search(text, at)
    return None if found is None else found.start()


def read_alone(text: str) -> Token | None:
    """Read a text that is a single token, from its first character to its last; ``None`` if it is none or several."""
    piece = next(lex(text), None)
    if piece is None or len(piece.tokens) != 1:
        return None
    (token,) = piece.tokens
    return token if (token.start, token.end, piece.offset) == (0, len(text), 0) else None


def is_name(word: str) -> bool:
    """Tell whether a declaration can be called so."""
    token = read_alone(word)
    return token is not None and token.type == "NAME"


def _goes_on(text: str, offset: int, tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a word that opens declarations follows, on the same line, one that no declaration ends with."""
    if not tokens or "\n" in text[offset + tokens[-1].end : start]:
        return False
    last = tokens[-1].type
    return last in NEVER_LAST or (last == "REPLY" and tokens[0].type != "TEST")


@lru_cache(maxsize=4096)
def _kind_of_word(word: str) -> str:
    """Return what a word of plain lower-case letters is that is no keyword of its own: a day, or a name."""
    return "DAY" if _day().fullmatch(word) else "NAME"


def kind_in_phrase(word: str, first: str, last: str) -> str:
    """Return what a name is that may be a keyword behind a token of one kind, or in a declaration that begins with another."""
    if word in WORDS_WITHIN_TESTS:
        return PHRASE_TYPES[word] if first == "TEST" and last not in BEFORE_NAMES else "NAME"
    return PHRASE_TYPES[word] if word in PHRASES.get(last, ()) else "NAME"


def _kind_of_name(word: str) -> str:
    first = word[0]
    # What Unicode calls a letter, or a number that is written as one (〇, Ⅷ).
    letter = first.isalpha() or first == "_" or unicodedata.category(first) == "Nl"
    return "NAME" if letter else MALFORMED_NAME_TYPE


@cache
def _words() -> Mapping[str, str]:
    """Return the words that are no names, and what they are."""
    written = {
        terminal.pattern.value: terminal.name
        for terminal in grammar().terminals
        if isinstance(terminal.pattern, PatternStr)
        and terminal.pattern.value.isalpha()
        and terminal.pattern.value not in PHRASE_WORDS
    }
    return {**written, **dict.fromkeys(RESERVED, RESERVED_TYPE)}


@cache
def _day() -> re.Pattern[str]:
    (day,) = (terminal for terminal in grammar().terminals if terminal.name == "DAY")
    return re.compile(day.pattern.to_regexp())


@cache
def _scanner() -> re.Pattern[str]:
    """Return one expression for all terminals; its last group names the one that was found.

    Words of plain lower-case letters, which most tokens are, are looked for first, as ``WORD``.
    """
    words = _words().keys()
    terminals = [
        terminal
        for terminal in grammar().terminals
        if terminal.name != "BLANK" and terminal.pattern.value not in words | PHRASE_WORDS
    ]
    # The order in which Lark's own lexer tries them.
    terminals.sort(
        key=lambda each: (-each.priority, -each.pattern.max_width, -len(each.pattern.value), each.name)
    )
    choices = [f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in terminals]
    return re.compile(rf"[{BLANKS}]*+(?:{'|'.join([PLAIN_WORD, *choices])}|\Z)")
