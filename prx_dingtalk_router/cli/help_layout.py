"""The layout of help: lines within the width of the terminal, Chinese characters counted as the two columns they take.

click's own wrapping knows blanks and hyphens only: Chinese, which has none, it cuts anywhere, also within the English words and
before the full stops between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from prx_dingtalk_router.cli.columns import columns

MOST_TERM = 24
"""Columns of the longest term beside which its explanation begins; below a longer one it has lines of its own."""
UNWRAPPED = "\b"
"""Click's mark of a paragraph whose lines stay as they are, on a line of its own before it."""

_PIECE = re.compile(r"[ \t]+|[^ \t\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]+|.")
"""Blanks, a word, or one wide character."""
_NEVER_FIRST = frozenset("，。、；：？！）】》」』”’…％)]},.;:?!%")
_NEVER_LAST = frozenset("（【《「『“‘([{")


class HelpLayout(click.HelpFormatter):
    """Writes help by columns; what click's own formatter promises otherwise."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage; what finds no room on it stands below the arguments."""
        begin = f"{prefix or ''}{prog} "
        lines = wrapped(args, self.width - columns(begin))
        for at, line in enumerate(lines or [""]):
            self.write(f"{begin if at == 0 else ' ' * columns(begin)}{line}".rstrip() + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, each wrapped unless it is marked."""
        indent = " " * self.current_indent
        for line in _paragraphs(text, self.width - self.current_indent):
            self.write(f"{indent}{line}".rstrip() + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = MOST_TERM, col_spacing: int = 2
    ) -> None:
        """Write terms, each with its explanation beside it."""
        table = list(rows)
        fitting = [columns(term) for term, _ in table if columns(term) <= col_max]
        column = max(fitting, default=col_max) + col_spacing
        margin = " " * (self.current_indent + column)
        for term, explanation in table:
            lines = _paragraphs(explanation, self.width - len(margin))
            first = " " * self.current_indent + term
            if columns(term) + col_spacing <= column and lines:
                first += " " * (column - columns(term)) + lines.pop(0)
            self.write("".join(f"{line}\n" for line in [first.rstrip(), *(margin + line for line in lines)]))


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text: cut at blanks and beside Chinese characters, never within a word that fits on a line."""
    lines: list[str] = []
    line = ""
    for piece in _units(text):
        if columns(line) + columns(piece.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
        while columns(line.rstrip()) > width:  # a word that is longer than a line
            cut = max(1, _fitting(line, width))
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _units(text: str) -> list[str]:
    """Return the pieces between which a line may end: marks stay with what they belong to."""
    units: list[str] = []
    for piece in _PIECE.findall(text):
        joined = units and not piece.isspace() and (piece[0] in _NEVER_FIRST or units[-1][-1] in _NEVER_LAST)
        if joined and not units[-1].isspace():
            units[-1] += piece
        else:
            units.append(piece)
    return units


def _fitting(line: str, width: int) -> int:
    """Return how many characters of a line fit."""
    taken = 0
    for at, character in enumerate(line):
        taken += columns(character)
        if taken > width:
            return at
    return len(line)


def _paragraphs(text: str, width: int) -> list[str]:
    """Return the lines of paragraphs, with an empty one between two."""
    lines: list[str] = []
    for paragraph in re.split(r"\n[ \t]*\n", text.strip("\n")):
        if lines:
            lines.append("")
        own = paragraph.split("\n")
        lines += own[1:] if own[0].strip(" ") == UNWRAPPED else wrapped(_joined(own), width)
    return lines


def _joined(lines: list[str]) -> str:
    """Return the lines of a paragraph as one: with a blank between words, with none beside a Chinese character."""
    text = ""
    for line in lines:
        blank = text and columns(text[-1]) == 1 and line and columns(line[0]) == 1
        text += f" {line}" if blank else line
    return text
