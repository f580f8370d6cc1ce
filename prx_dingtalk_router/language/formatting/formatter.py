"""The canonical layout of a file: everything that is written in it, and no word else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.formatting.declarations import declaration
from prx_dingtalk_router.language.formatting.layout import write
from prx_dingtalk_router.language.formatting.units import WIDE_BLANK, Comment, Reader
from prx_dingtalk_router.language.syntax.lexer import Piece, lex
from prx_dingtalk_router.language.syntax.parser import parse

WIDTH = 100
"""Columns that a line keeps to where it can be broken; a Chinese character takes two."""


class NotFormattedError(Exception):
    """A file has syntax errors, so that it cannot be told what belongs together.

    Args:
        diagnostic: the first of them.
        offset: where its declaration begins in the text, with line breaks of one character.
    """

    def __init__(self, diagnostic: Diagnostic, offset: int) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic
        self.offset = offset


def format_rules(text: str, columns: Callable[[str], int]) -> str:
    r"""Return the text of a file in its canonical layout; formatting that once more changes nothing.

    Comments stay where they are, blank lines too, but never two of them. Line breaks are ``\r\n`` where the file has any.

    Args:
        text: of a file of rules, without a byte order mark.
        columns: how many columns a text takes on a terminal.

    Raises:
        NotFormattedError: it has syntax errors.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    pieces = [*lex(text)]
    _refuse_mistakes(pieces)
    reader = Reader(text, pieces)
    lines = _Lines()
    for written in reader.read():
        first = written.units[0]
        body = write(declaration(written), WIDTH, columns)
        lines.add(first.before, first.after_blank, body)
    lines.add(reader.rest, after_blank=False)
    formatted = lines.text()
    if formatted != text:
        _prove(formatted, pieces, text)
    return formatted.replace("\n", ends)


class _Lines:
    """Puts declarations below each other; one that takes several lines has blank ones around it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._was_long = False

    def add(self, above: Sequence[Comment], after_blank: bool, body: str = "") -> None:
        """Add a declaration with the comments above it, or comments alone."""
        if not above and not body:
            return
        begins_after_blank = above[0].after_blank if above else after_blank
        is_long = "\n" in body
        if self._parts and (begins_after_blank or is_long or self._was_long):
            self._parts.append("\n")
        for number, comment in enumerate(above):
            if number and comment.after_blank:
                self._parts.append("\n")
            self._parts.append(f"{comment.text}\n")
        if above and after_blank:
            self._parts.append("\n")
        if body:
            self._parts.append(f"{body}\n")
        self._was_long = is_long

    def text(self) -> str:
        """Return all of it."""
        return "".join(self._parts)


def _refuse_mistakes(pieces: Iterable[Piece]) -> None:
    """Raise for the first mistake; blanks that are wide are none here."""
    usual = [
        Piece(piece.offset, piece.text, [token for token in piece.tokens if token.type != WIDE_BLANK])
        for piece in pieces
    ]
    for parsed in parse([piece for piece in usual if piece.tokens]):
        if parsed.findings:
            raise NotFormattedError(parsed.findings[0], parsed.piece.offset)


def _prove(formatted: str, pieces: Sequence[Piece], text: str) -> None:
    """Make sure that the same is written: the same declarations of the same tokens, and the same comments."""
    again = [*lex(formatted)]
    if _tokens(again) != _tokens(pieces) or _comments(formatted, again) != _comments(text, pieces):
        raise RuntimeError("the formatter changed what is written, so nothing was formatted")


def _tokens(pieces: Iterable[Piece]) -> list[list[tuple[str, str]]]:
    found = [
        [(token.type, token.value) for token in piece.tokens if token.type != WIDE_BLANK] for piece in pieces
    ]
    return [tokens for tokens in found if tokens]


def _comments(text: str, pieces: Iterable[Piece]) -> list[str]:
    """Return the comments, in no order: those of one line may be written as one."""
    found: list[str] = []
    at = 0
    for start, end in [*_places(pieces), (len(text), len(text))]:
        if "#" in (gap := text[at:start]):
            found += [part.strip() for line in gap.split("\n") for part in line.split("#")[1:]]
        at = end
    return sorted(found)


def _places(pieces: Iterable[Piece]) -> Iterator[tuple[int, int]]:
    for piece in pieces:
        for token in piece.tokens:
            yield piece.offset + token.start, piece.offset + token.end
