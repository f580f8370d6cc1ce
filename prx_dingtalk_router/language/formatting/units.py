"""The tokens of a file with the comments and blank lines around them: all that is written, and nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from prx_dingtalk_router.language.syntax.lexer import Piece, Token

_COMMENT = re.compile(r"#[^\n]*")
WIDE_BLANK = "WIDE_BLANK"


class Comment(Struct, frozen=True):
    """A comment on a line of its own.

    Args:
        text: with its ``#``, trimmed.
        after_blank: whether a blank line is before it.
        is_indented: whether it does not begin at the first column.
    """

    text: str
    after_blank: bool
    is_indented: bool


class Unit(Struct, frozen=True):
    """A token as it is written, with what is around it.

    Args:
        token: what is written.
        before: the comments before it on lines of their own.
        after_blank: whether a blank line is right before it.
        remark: the comment behind it on the same line, or nothing.
    """

    token: Token
    before: Sequence[Comment] = ()
    after_blank: bool = False
    remark: str = ""

    @property
    def type(self) -> str:
        """The kind of the token."""
        return self.token.type

    @property
    def text(self) -> str:
        """The token as it is written."""
        return self.token.value


class Written(Struct, frozen=True):
    """A declaration as it is written.

    Args:
        units: its tokens; the first has what is above the declaration.
        behind: comments that belong to its end: they are indented and follow it at once.
    """

    units: Sequence[Unit]
    behind: Sequence[Comment] = ()


class Reader:
    """Reads the declarations of a file; ``rest`` are the comments behind the last one, once all are read.

    Args:
        text: of the file, with line breaks of one character.
        pieces: of it.
    """

    def __init__(self, text: str, pieces: Iterable[Piece]) -> None:
        self._text = text
        self._declarations = [
            [(piece.offset + token.start, token) for token in piece.tokens if token.type != WIDE_BLANK]
            for piece in pieces
        ]
        self.rest: tuple[Comment, ...] = ()

    def read(self) -> Iterator[Written]:
        """Yield each declaration."""
        ahead = [start for tokens in self._declarations for start, _ in tokens][::-1]
        _, above, after_blank = self._between(0, ahead[-1] if ahead else len(self._text))
        for tokens in self._declarations:
            units: list[Unit] = []
            for start, token in tokens:
                ahead.pop()
                remark, between, blank = self._between(
                    start + len(token.value), ahead[-1] if ahead else len(self._text)
                )
                units.append(Unit(token, above, after_blank, remark))
                above, after_blank = between, blank
            behind = _behind(above)
            above = above[len(behind) :]
            if units:
                yield Written(units, behind)
        self.rest = above

    def _between(self, start: int, end: int) -> tuple[str, tuple[Comment, ...], bool]:
        """Return what is between two tokens: the comment behind the first, those on lines of their own, a blank line at the end."""
        gap = self._text[start:end]
        if "\n" not in gap and "#" not in gap:
            return "", (), False
        lines = gap.split("\n")
        found = _COMMENT.search(lines.pop(0)) if start > 0 else None
        comments: list[Comment] = []
        blank = False
        for number, line in enumerate(lines, 1):
            said = _COMMENT.search(line)
            if said is not None:
                comments.append(Comment(said[0].strip(), blank, not line.startswith("#")))
                blank = False
            elif number < len(lines):
                blank = True
        return found[0].strip() if found else "", tuple(comments), blank


def _behind(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """Return the first of these comments that belong to the declaration before them."""
    count = 0
    for comment in comments:
        if comment.after_blank or not comment.is_indented:
            break
        count += 1
    return tuple(comments[:count])
