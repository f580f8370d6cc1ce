"""Diagnostics for people: the line with a mark below it, the places that belong to it, and the fix as a small diff."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import Results
from prx_dingtalk_router.language import (
    Applicability,
    Diagnostic,
    Edit,
    Fix,
    Location,
    Severity,
    Source,
    located,
)

TAB_WIDTH = 4
NUMBER_WIDTH = 4
WIDEST = 160
"""Lines are cut to so many cells, or to the width of the terminal."""
NARROWEST = 40
MOST_LINES = 8
"""So many lines of a fix are shown; the others are counted."""
ELLIPSIS = "…"
COLORS: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "bright_blue"}


def write_diagnostic(console: Results, diagnostic: Diagnostic) -> None:
    """Print a diagnostic and an empty line."""
    place = located(diagnostic.span)
    color = COLORS[diagnostic.severity]
    severity = str(text(f"cli.severity.{diagnostic.severity}"))
    console.print((f"{severity}[{diagnostic.code}]", f"bold {color}"), (f" {diagnostic.message}", "bold"))
    console.print((f"  --> {place}", "cyan"))
    _write_excerpt(console, place, "^", color)
    for related in diagnostic.related:
        console.print(f"      {related.text}: {located(related.span)}")
        _write_excerpt(console, located(related.span), "-", "cyan")
    console.print(("  = ", color), f"{text('cli.advice')}{diagnostic.help}")
    fix = diagnostic.fix()
    if fix is not None:
        sure = "cli.repair" if fix.applicability is Applicability.SAFE else "cli.repair-suggested"
        console.print(("  = ", color), f"{text(sure)}{fix.text}")
        _write_fix(console, fix)
    console.print()


# ---- the line


def _write_excerpt(console: Results, place: Location, mark: str, color: str) -> None:
    """Print the line where a place begins, with a mark as wide as what is meant."""
    begin, finish = place.begin, place.finish
    line = place.source.line(begin.line)
    if not line.strip() and place.start == place.end:
        return
    last = finish.column - 1 if finish.line == begin.line else len(line)
    shown = _cut(line, begin.column - 1, last)
    console.print(_gutter(begin.line, "|"), shown.text)
    console.print(_gutter("", "|"), " " * shown.before, (mark * shown.marked, color))


class _Cut(NamedTuple):
    """A line as it is shown, how many cells stand before what is marked, and how many are marked."""

    text: str
    before: int
    marked: int


def _cut(line: str, start: int, end: int) -> _Cut:
    """Show a line as far as there is room: all around what is marked, from the beginning of the line if that fits."""
    room = _room()
    # Long before and behind it nothing can be shown, however narrow the characters are.
    offset = max(0, start - 4 * room)
    line, cut_behind = line[offset : end + 4 * room], len(line) > end + 4 * room
    start, end = start - offset, min(end - offset, len(line))
    before, marked, behind = _expanded(line[:start]), _expanded(line[start:end]), _expanded(line[end:])
    if offset == 0 and not cut_behind and _cells(before + marked + behind) <= room:
        return _marked(before, marked, behind)
    if offset or _cells(before) + min(_cells(marked), room // 2) > room - 2:
        before = ELLIPSIS + _last(before, room // 4)
    left = room - _cells(before) - 1
    if _cells(marked) > left:
        return _marked(before, _first(marked, left), ELLIPSIS)
    left -= _cells(marked)
    if cut_behind or _cells(behind) > left:
        behind = _first(behind, left) + ELLIPSIS
    return _marked(before, marked, behind)


def _marked(before: str, marked: str, behind: str) -> _Cut:
    wide, cells = _cells(before), _cells(marked)
    if marked and not cells:  # a mark on the letter before, such as an accent
        return _Cut(before + marked + behind, max(0, wide - 1), 1)
    return _Cut(before + marked + behind, wide, max(1, cells))


def _first(shown: str, room: int) -> str:
    """Return as much of the beginning as there is room for, in cells."""
    used = 0
    for at, character in enumerate(shown):
        used += _cells(character)
        if used > room:
            return shown[:at]
    return shown


def _last(shown: str, room: int) -> str:
    """Return as much of the end as there is room for, in cells."""
    kept = _first(shown[::-1], room)[::-1]
    while kept and not _cells(kept[0]):  # an accent whose letter is cut off
        kept = kept[1:]
    return kept


def _cells(shown: str) -> int:
    from rich.cells import cell_len

    return cell_len(shown)


def _expanded(line: str) -> str:
    """A line as it is shown: with tabs as blanks, and what cannot be seen as dots."""
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else " " * TAB_WIDTH if c == "\t" else "·" for c in line)


def _room() -> int:
    columns = shutil.get_terminal_size((WIDEST + NUMBER_WIDTH + 3, 24)).columns
    return max(NARROWEST, min(WIDEST, columns - NUMBER_WIDTH - 3))


def _gutter(number: int | str, sign: str) -> tuple[str, str]:
    return f"{number:>{NUMBER_WIDTH}} {sign} ", "dim"


# ---- the fix


class _Hunk(NamedTuple):
    """Lines of a file before and after: the number of the first, and the column of the first change in it."""

    source: Source
    number: int
    before: Sequence[str]
    after: Sequence[str]
    column: int


def _write_fix(console: Results, fix: Fix) -> None:
    """Print the lines that change, all edits made."""
    shown = 0
    more = 0
    for hunk in _hunks(fix):
        for sign, color, lines in (("-", "red", hunk.before), ("+", "green", hunk.after)):
            for number, line in enumerate(lines, hunk.number):
                if shown >= MOST_LINES:
                    more += 1
                    continue
                shown += 1
                cut = _cut(line, min(hunk.column, len(line)), min(hunk.column + 1, len(line)))
                console.print(_gutter(number, sign), (cut.text, color))
    if more:
        console.print(_gutter("", ELLIPSIS), text("cli.more-lines", count=more))


def _hunks(fix: Fix) -> Iterator[_Hunk]:
    """Give the lines that a fix changes, file by file; those that stay the same at both ends are left out."""
    for source, edits in _by_file(fix):
        group: list[tuple[Location, Edit]] = []
        for place, edit in [*edits, (None, None)]:
            if group and (place is None or place.begin.line > group[-1][0].finish.line):
                yield _hunk(source, group)
                group = []
            if place is not None and edit is not None:
                group.append((place, edit))


def _by_file(fix: Fix) -> Iterator[tuple[Source, Sequence[tuple[Location, Edit]]]]:
    files: dict[str, list[tuple[Location, Edit]]] = {}
    for edit in fix.edits:
        place = located(edit.span)
        files.setdefault(place.file, []).append((place, edit))
    for edits in files.values():
        edits.sort(key=lambda each: each[0].start)
        yield edits[0][0].source, edits


def _hunk(source: Source, edits: Sequence[tuple[Location, Edit]]) -> _Hunk:
    written = source.text
    first, last = edits[0][0], edits[-1][0]
    begin = written.rfind("\n", 0, first.start) + 1
    end = written.find("\n", last.end)
    end = len(written) if end < 0 else end
    pieces, at = [], begin
    for place, edit in edits:
        pieces += [written[at : place.start], edit.text]
        at = place.end
    new = "".join([*pieces, written[at:end]])
    before, after = written[begin:end].splitlines(), new.splitlines()
    same = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    same = min(len(before), len(after)) if same is None else same
    before, after = before[same:], after[same:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return _Hunk(source, first.begin.line + same, before, after, first.begin.column - 1 if not same else 0)
