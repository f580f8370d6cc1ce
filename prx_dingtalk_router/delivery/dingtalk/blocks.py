"""The blocks of a markdown text that a cut would break: tables and code fences.

Found line by line and not by a parser of Markdown, which takes seconds for an answer of half a megabyte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST_OPENING = 60

# The marks of quotes and of a list item may stand before a fence; a separator has nothing but these signs.
_ITEM = r"(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?"
_PREFIX = rf"(?P<prefix>[> \t]*+{_ITEM})"
_MARK = re.compile(
    rf"^{_PREFIX}(?P<mark>`{{3,}}|~{{3,}})(?P<info>[^\n]*)$|^(?P<separator>[-:|> \t]++)\r?$", re.MULTILINE
)
_ROW = re.compile(r"[^\n]*\|[^\n]*")
_BAR = re.compile(r"(?<!\\)\|")
_HEADER = re.compile(rf"(?P<quote>[> \t]*+){_ITEM}(?P<cells>[^\r\n]*)")
_DASHES = re.compile(r"[ \t]*+:?-++:?[ \t]*+")


@dataclass(frozen=True, slots=True)
class Block:
    """A table or a code fence, by offsets into the text.

    Attributes:
        start: where its first line begins.
        body: where its first row, or its first line of code, begins.
        tail: where the line that closes it begins; the same as ``end`` where there is none.
        end: where its last line ends.
        head: what opens it: the header and separator of a table, the opening line of a fence; with a line break.
        foot: the line that closes it; empty for a table.
    """

    start: int
    body: int
    tail: int
    end: int
    head: str
    foot: str

    @property
    def is_table(self) -> bool:
        """Whether it has to be cut between rows."""
        return not self.foot


def blocks_of(content: str) -> Iterator[Block]:
    """The tables and code fences of ``content``, in order; none lies within another."""
    opening: re.Match[str] | None = None
    end = 0
    for line in _MARK.finditer(content):
        block = None
        if opening is not None:
            if _closes(line, opening):
                block, opening = _fence(opening, line.start(), line.end()), None
        elif line["separator"] is not None:
            block = _table(content, line, end)
        elif line.start() >= end and not (line["mark"][0] == "`" and "`" in line["info"]):
            opening = line
        if block is not None:
            end = block.end
            yield block
    if opening is not None:
        yield _fence(opening, len(content), len(content))


def bars(row: str) -> int:
    """How many bars divide the cells of a row."""
    return len(_BAR.findall(row))


def _closes(line: re.Match[str], opening: re.Match[str]) -> bool:
    mark = line["mark"] or ""
    return mark.startswith(opening["mark"]) and not line["info"].strip() and not line["prefix"].strip("> \t")


def _fence(opening: re.Match[str], tail: int, end: int) -> Block:
    mark, prefix = opening["mark"][:_LONGEST_OPENING], opening["prefix"]
    # Indentation alone may have been that of a list which the next part is no longer in.
    prefix = prefix if prefix.strip() else ""
    head = f"{prefix}{mark}{opening['info'].strip()}"[: len(prefix) + _LONGEST_OPENING]
    foot = re.sub(r"[^> \t]", " ", prefix) + mark
    return Block(opening.start(), min(opening.end() + 1, tail), tail, end, f"{head}\n", foot)


def _table(content: str, line: re.Match[str], after: int) -> Block | None:
    """The table whose separator may be ``line``; its header does not begin before ``after``."""
    start = content.rfind("\n", 0, max(0, line.start() - 1)) + 1
    header = _HEADER.match(content, start, line.start())
    if header is None or start < after or start == line.start():
        return None
    dashes = line["separator"].lstrip("> \t")
    within_item = len(line["separator"]) - len(dashes) > len(header["quote"])
    cells = header["cells"] if within_item else header.group().lstrip("> \t")
    columns = dashes.rstrip().strip("|").split("|")
    if not bars(cells) or len(_BAR.split(_inner(cells.strip()))) != len(columns):
        return None
    if not all(map(_DASHES.fullmatch, columns)):
        return None
    end = line.end()
    while end < len(content) and (row := _ROW.match(content, end + 1)):
        end = row.end()
    return Block(start, line.end() + 1, end, end, f"{content[start : line.end()].rstrip()}\n", "")


def _inner(row: str) -> str:
    """A row without the bars at its ends."""
    row = row.removeprefix("|")
    return row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
