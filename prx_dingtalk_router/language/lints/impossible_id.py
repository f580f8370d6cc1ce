"""Ids that no message can have (language.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast, get_args

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.impossible_id import ImpossibleId
from prx_dingtalk_router.language.lints.configured import configured_place
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.resolve.inventory import Entry, SearchedRegex
from prx_dingtalk_router.message.ids import Flaw, IdKind, impossible, impossible_piece
from prx_dingtalk_router.message.ids import ImpossibleId as Impossible
from prx_dingtalk_router.regex.required import required_literals

KINDS = frozenset(get_args(IdKind))
OF_OTHER_KIND: frozenset[Flaw] = frozenset({"person", "conversation"})


def impossible_id(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the id, once, with the one that was meant; not where a text is compared with the same entry."""
    texts = {entry.place for entry in linted.inventory.texts()}
    warned = set()
    of_other_kind: set[tuple[int, Flaw]] = set()
    for value, kind, entry, piece in _ids(linted):
        if not entry.value or entry.damaged or entry.place in warned or entry.place in texts:
            continue
        found = impossible_piece(kind, entry.value) if piece else impossible(kind, entry.value)
        if found is None:
            continue
        warned.add(entry.place)
        if found.flaw in OF_OTHER_KIND:  # mostly all of a list are: it is in the wrong place
            if (value, found.flaw) in of_other_kind:
                continue
            of_other_kind.add((value, found.flaw))
        written = entry.rewritten(diagnostics.written(entry.place), found.meant) if found.meant else None
        diagnostics.add(ImpossibleId(entry.place, entry.value, kind, found.flaw, found.meant, written, piece))
    for key, staff_ids in linted.context.staff_ids:
        for staff_id in staff_ids:
            found = impossible("sender", staff_id) if staff_id != "*" else None
            if found is not None:
                place = configured_place(linted, diagnostics, key, staff_id)
                diagnostics.add(
                    ImpossibleId(place, staff_id, "sender", found.flaw, found.meant, None, key=key[-1])
                )
    for kind, searched in _searched(linted):
        piece_found = _never_within(kind, searched)
        if piece_found is not None and searched.written.place not in warned:
            warned.add(searched.written.place)
            literal, found = piece_found
            diagnostics.add(
                ImpossibleId(searched.written.place, literal, kind, found.flaw, None, None, piece=True)
            )


def _ids(linted: LintedSet) -> Iterator[tuple[int, IdKind, Entry, bool]]:
    """Yield what ids are compared with, numbered by comparison, and whether it is looked for within them."""
    comparisons, given = linted.inventory.comparisons, linted.inventory.given
    for number, comparison in enumerate(comparisons):
        if comparison.field.name in KINDS:
            kind = cast("IdKind", comparison.field.name)
            piece = comparison.operator not in ("is", "in")
            yield from ((number, kind, entry, piece) for entry in comparison.literals.values())
    for number, each in enumerate(given, len(comparisons)):
        # A test may call conversations as it likes.
        if each.field in KINDS:
            yield number, cast("IdKind", each.field), each.entry, each.field == "conversation"


def _searched(linted: LintedSet) -> Iterator[tuple[IdKind, SearchedRegex]]:
    for searched in linted.inventory.regexes:
        yield from ((cast("IdKind", name), searched) for name in searched.ids if name in KINDS)


def _never_within(kind: IdKind, searched: SearchedRegex) -> tuple[str, Impossible] | None:
    """Return a literal that every match needs and no such id has, and what is wrong with it."""
    for choice in required_literals(searched.tree):
        wrong = [(each.text, impossible_piece(kind, each.text)) for each in sorted(choice)]
        first = next(((text, found) for text, found in wrong if found is not None), None)
        if first is not None and all(found is not None for _, found in wrong):
            return first
    return None
