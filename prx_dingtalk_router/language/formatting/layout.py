"""Documents that know where they may be broken, and how they are written within a width (Wadler's pretty printer).

A document is text, a place where a line may end, or several documents; a ``Group`` is written on one line if it fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from msgspec import Struct

INDENT = 2


class Break(Enum):
    """Where a line may end."""

    LINE = " "
    """A blank, or the end of a line where its group is broken."""
    SOFT = ""
    """Nothing, or the end of a line where its group is broken."""
    HARD = "\n"
    """The end of a line."""


class Suffix(Struct, frozen=True):
    """A comment that ends the line it is on, wherever that ends."""

    text: str


class Above(Struct, frozen=True):
    """Comments on lines of their own before a line; empty ones are blank lines."""

    lines: Sequence[str]


class Indent(Struct, frozen=True):
    """What is written deeper where it takes several lines."""

    parts: Sequence[Doc]


class Fill(Struct, frozen=True):
    """Items of which as many are written on a line as it holds."""

    items: Sequence[Doc]


class Group(Struct, frozen=True):
    """What is written on one line, or with all its own breaks as ends of lines."""

    parts: Sequence[Doc]


Doc = str | Break | Suffix | Above | Indent | Fill | Group | Sequence["Doc"]

_Item = tuple[int, bool, Doc]
"""How deep it is written, whether on one line, and what."""


def must_break(doc: Doc) -> bool:
    """Return whether a document takes several lines: something ends a line in it, or a comment is before a place to end one."""
    return _ends(doc).forced


class _Ends(NamedTuple):
    """Whether a document has to end a line, leaves a comment for whatever ends the next one, and has places to do it."""

    forced: bool = False
    pending: bool = False
    places: bool = False


_TEXT = _Ends()
_PLACE = _Ends(places=True)


def _ends(doc: Doc) -> _Ends:
    match doc:
        case str():
            return _TEXT
        case Break():
            return _Ends(forced=True, places=True) if doc is Break.HARD else _PLACE
        case Suffix():
            return _Ends(pending=True)
        case Above():
            return _Ends(forced=True, places=True)
        case Indent(parts):
            return _together(map(_ends, parts))
        case Group(parts):
            # Its places are only used where it is broken.
            inside = _together(map(_ends, parts))
            return inside._replace(places=inside.forced)
        case Fill(items):
            return _together(each for item in items for each in (_PLACE, _ends(item)))
        case _:
            return _together(map(_ends, doc))


def _together(parts: Iterable[_Ends]) -> _Ends:
    forced = pending = places = False
    for part in parts:
        forced = forced or part.forced or (pending and part.places)
        pending = part.pending or (pending and not part.places)
        places = places or part.places
    return _Ends(forced, pending, places)


def write(doc: Doc, width: int, columns: Callable[[str], int]) -> str:
    """Return a document as text, without a line break at its end.

    Args:
        doc: the document.
        width: columns that a line should keep to.
        columns: how many a text takes.
    """
    out: list[str] = []
    suffixes: list[str] = []
    taken = 0
    left: list[_Item] = [(0, False, doc)]

    def end_line(deep: int) -> None:
        nonlocal taken
        out.extend(f"  {each}" for each in suffixes)
        suffixes.clear()
        if out and out[-1].startswith("\n"):  # a blank line
            out[-1] = "\n"
        out.append("\n" + " " * deep)
        taken = deep

    while left:
        deep, flat, each = left.pop()
        match each:
            case str():
                out.append(each)
                _, broken, last = each.rpartition("\n")
                taken = columns(last) if broken else taken + columns(each)
            case Break():
                if flat:
                    out.append(each.value)
                    taken += len(each.value)
                else:
                    end_line(deep)
            case Suffix(text):
                suffixes.append(text)
            case Above(lines):
                for line in lines:
                    if line:
                        out.append(line)
                    end_line(deep)
            case Indent(parts):
                left.extend((deep + INDENT, flat, part) for part in reversed(parts))
            case Group(parts):
                flat = flat or (not must_break(each) and _fits(parts, width - taken, columns, left))
                left.extend((deep, flat, part) for part in reversed(parts))
            case Fill(items):
                left.extend(reversed(_filled(items, deep, width, taken, columns)))
            case _:
                left.extend((deep, flat, part) for part in reversed(each))
    out.extend(f"  {each}" for each in suffixes)
    return "".join(out)


def _filled(
    items: Sequence[Doc], deep: int, width: int, taken: int, columns: Callable[[str], int]
) -> list[_Item]:
    """Return items with the breaks between them; each is text that stays on its line."""
    filled: list[_Item] = []
    for item in items:
        size = columns(_flat(item))
        if filled:
            fits = taken + 1 + size <= width
            filled.append((deep, fits, Break.LINE))
            taken = taken + 1 if fits else deep
        filled.append((deep, True, item))
        taken += size
    return filled


def _flat(doc: Doc) -> str:
    match doc:
        case str():
            return doc
        case Break():
            return doc.value
        case Suffix() | Above():
            return ""
        case Indent(parts) | Group(parts):
            return "".join(map(_flat, parts))
        case Fill(items):
            return " ".join(map(_flat, items))
        case _:
            return "".join(map(_flat, doc))


def _fits(parts: Sequence[Doc], room: int, columns: Callable[[str], int], behind: Sequence[_Item]) -> bool:
    """Return whether documents fit on the rest of a line, with what follows them up to where it may end."""
    ahead: list[_Item] = [(0, True, part) for part in reversed(parts)]
    at = len(behind)
    while room >= 0:
        if not ahead:
            if at == 0:
                return True
            at -= 1
            ahead.append(behind[at])
        _, flat, each = ahead.pop()
        match each:
            case str():
                first, broken, _ = each.partition("\n")
                room -= columns(first)
                if broken:
                    return room >= 0
            case Break():
                if not flat:
                    return True
                room -= len(each.value)
            case Suffix() | Above():
                pass
            case Indent(inner) | Group(inner):
                ahead.extend((0, flat, part) for part in reversed(inner))
            case Fill(items):
                ahead.append((0, flat, _flat(each) if flat else (items[0] if items else "")))
            case _:
                ahead.extend((0, flat, part) for part in reversed(each))
    return False
