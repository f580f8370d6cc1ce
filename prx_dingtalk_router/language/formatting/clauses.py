"""The layout of pieces of a declaration: runs of words, lists, conditions, and steps with their options."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from prx_dingtalk_router.language.formatting.layout import (
    Above,
    Break,
    Doc,
    Fill,
    Group,
    Indent,
    Suffix,
)
from prx_dingtalk_router.language.formatting.units import Unit

Units = Sequence[Unit]

_OPENING = frozenset({"LPAR", "LSQB"})
_CLOSING = frozenset({"RPAR", "RSQB"})
_NO_BLANK_BEFORE = frozenset({"COMMA", "RPAR", "RSQB", "DOTS"})
_NO_BLANK_BEHIND = frozenset({"LPAR", "LSQB", "DOTS"})


def run(units: Units) -> Doc:
    """Return words that stay on one line: the comments before any of them come first, those behind them last."""
    above = _above(units)
    written: list[str] = []
    last = ""
    for unit in units:
        if written and unit.type not in _NO_BLANK_BEFORE and last not in _NO_BLANK_BEHIND:
            written.append(" ")
        written.append(unit.text)
        last = unit.type
    parts: list[Doc] = [Above(above)] if above else []
    parts.append("".join(written))
    parts += [Suffix(unit.remark) for unit in units if unit.remark]
    return parts if len(parts) > 1 else parts[0]


def words(units: Units) -> Doc:
    """Return words among which lists may be: these may take several lines."""
    parts: list[Doc] = []
    at = 0
    while at < len(units):
        opening = next((place for place in range(at, len(units)) if units[place].type == "LSQB"), len(units))
        if opening == len(units):
            parts += [*_blank(units, at), run(units[at:])]
            break
        closing = _closing(units, opening)
        parts += [*_blank(units, at), run(units[at : opening + 1]), *_items(units[opening + 1 : closing + 1])]
        at = closing + 1
    return parts if len(parts) != 1 else parts[0]


def condition(units: Units) -> Doc:
    """Return a condition, which may be broken before each ``or``, and deeper before each ``and``."""
    first, *others = [
        continued([_operand(part) for part in _split(each, {"AND"})]) for each in _split(units, {"OR"})
    ]
    return continued([Indent([first]), *others]) if others else first


def options(units: Units, openers: Collection[str]) -> Doc:
    """Return a step, a message or what is expected of one, which may be broken before each option.

    Args:
        units: all of it.
        openers: the kinds of token that begin an option.
    """
    return continued([words(part) for part in _split(units, openers)])


def listed(units: Units) -> Doc:
    """Return parts between commas, of which each may have a line of its own."""
    return continued([run(part) for part in _with_commas(units)])


def continued(parts: Sequence[Doc]) -> Doc:
    """Return parts on one line, or each but the first on a line of its own, deeper."""
    if len(parts) == 1:
        return parts[0]
    following: list[Doc] = []
    for part in parts[1:]:
        following += [Break.LINE, part]
    above, first = _parted(parts[0])
    group = Group([first, Indent(following)])
    return [above, group] if above is not None else group


def _parted(doc: Doc) -> tuple[Above | None, Doc]:
    """Return the comments that a document begins with, which are no reason to break it, and the rest of it."""
    match doc:
        case list() if doc and isinstance(doc[0], Above):
            return doc[0], doc[1:]
        case list() if doc:
            above, first = _parted(doc[0])
            return above, [first, *doc[1:]]
        case Indent(parts) if parts:
            above, first = _parted(parts[0])
            return above, Indent([first, *parts[1:]])
        case _:
            return None, doc


def _operand(units: Units) -> Doc:
    """Return one part of a condition, with the ``and``, ``or`` and ``not`` before it, and what is in its parentheses."""
    opening = next((place for place, unit in enumerate(units) if unit.type in _OPENING), None)
    if opening is None or units[opening].type == "LSQB":
        return words(units)
    closing = _closing(units, opening)
    inside = units[opening + 1 : closing]
    return [
        run(units[: opening + 1]),
        Group([Indent([Break.SOFT, condition(inside), *_comments_before(units[closing])]), Break.SOFT]),
        run([_bare(unit) if number == 0 else unit for number, unit in enumerate(units[closing:])]),
    ]


def _items(units: Units) -> list[Doc]:
    """Return the items of a list and what closes it: filled lines, or a line each where it ends with a comma or has comments."""
    *inside, closing = units
    end = run([_bare(closing)])
    if not inside:
        return [*_comments_before(closing), end]
    items = [run(part) for part in _with_commas(inside)]
    comments = _comments_before(closing)
    remarked = any(unit.remark or unit.before for unit in inside)
    if inside[-1].type == "COMMA" or comments or remarked:
        lines: list[Doc] = []
        for item in items:
            lines += [Break.HARD, item]
        return [Indent([*lines, *comments]), Break.HARD, end]
    return [Group([Indent([Break.SOFT, Fill(items)]), Break.SOFT]), end]


def _with_commas(units: Units) -> Iterator[Units]:
    start = 0
    for place, unit in enumerate(units):
        if unit.type == "COMMA":
            yield units[start : place + 1]
            start = place + 1
    if start < len(units):
        yield units[start:]


def _above(units: Units) -> list[str]:
    """Return the comments before any of these; a blank line before the first is not theirs."""
    lines: list[str] = []
    for comment in (comment for unit in units for comment in unit.before):
        if comment.after_blank and lines:
            lines.append("")
        lines.append(comment.text)
    if lines and units[0].before and units[0].after_blank:
        lines.append("")
    return lines


def _comments_before(unit: Unit) -> list[Doc]:
    """Return the comments that are before what closes something: they belong to its inside."""
    parts: list[Doc] = []
    for comment in unit.before:
        parts += [Break.HARD, comment.text]
    return parts


def _bare(unit: Unit) -> Unit:
    return Unit(unit.token, (), False, unit.remark)


def _blank(units: Units, at: int) -> list[Doc]:
    """Return the blank before the unit at a place, if anything is before it and one belongs there."""
    return [" "] if at and units[at].type not in _NO_BLANK_BEFORE else []


def _split(units: Units, openers: Collection[str]) -> Iterator[Units]:
    """Yield units from one of the openers to the next, those in parentheses and brackets left whole."""
    depth = start = 0
    for place, unit in enumerate(units):
        if unit.type in _OPENING:
            depth += 1
        elif unit.type in _CLOSING:
            depth -= 1
        elif depth == 0 and unit.type in openers and place > start:
            yield units[start:place]
            start = place
    yield units[start:]


def _closing(units: Units, opening: int) -> int:
    """Return where what is opened there is closed."""
    depth = 0
    for place in range(opening, len(units)):
        depth += (units[place].type in _OPENING) - (units[place].type in _CLOSING)
        if depth == 0:
            return place
    return len(units) - 1
