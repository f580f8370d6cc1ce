"""Ids that no message can have (language.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast, get_args

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.impossible_id import ImpossibleId
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.resolve.inventory import Entry
from prx_dingtalk_router.message.ids import IdKind, impossible

KINDS = frozenset(get_args(IdKind))


def impossible_id(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the id, once, with the one that was meant; not where a text is compared with the same entry."""
    texts = {entry.place for entry in linted.inventory.texts()}
    warned = set()
    for kind, entry in _ids(linted):
        found = impossible(kind, entry.value) if entry.value and not entry.damaged else None
        if found is None or entry.place in warned or entry.place in texts:
            continue
        warned.add(entry.place)
        written = entry.rewritten(diagnostics.written(entry.place), found.meant) if found.meant else None
        diagnostics.add(ImpossibleId(entry.place, entry.value, kind, found.flaw, found.meant, written))


def _ids(linted: LintedSet) -> Iterator[tuple[IdKind, Entry]]:
    for comparison in linted.inventory.comparisons:
        if comparison.field.name in KINDS and comparison.operator in {"is", "in"}:
            kind = cast("IdKind", comparison.field.name)
            yield from ((kind, entry) for entry in comparison.literals.values())
    for given in linted.inventory.given:
        if given.field in KINDS:
            yield cast("IdKind", given.field), given.entry
