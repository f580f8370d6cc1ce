"""Types of messages that DingTalk is not known to send (language.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.unknown_type import UnknownType
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.resolve.inventory import Entry
from prx_dingtalk_router.language.ruleset import Operator
from prx_dingtalk_router.language.semantics.evaluate import COMPARISONS
from prx_dingtalk_router.language.source import Place
from prx_dingtalk_router.language.syntax.synonyms import TYPES_MEANT
from prx_dingtalk_router.message.types import MESSAGE_TYPES
from prx_dingtalk_router.text.did_you_mean import nearest
from prx_dingtalk_router.text.folding import fold

_KNOWN = frozenset(MESSAGE_TYPES)


def unknown_type(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the word, once, with the type that was meant."""
    warned = set()
    for entry in _types(linted):
        if entry.value not in _KNOWN and not entry.damaged and entry.place not in warned:
            warned.add(entry.place)
            meant = TYPES_MEANT.get(fold(entry.value)) or nearest(entry.value.strip(), _KNOWN)
            instead = entry.rewritten(diagnostics.written(entry.place), meant) if meant else None
            diagnostics.add(UnknownType(entry.place, entry.value, meant, instead))
    for place, found in _pieces(linted):
        if place not in warned:
            warned.add(place)
            diagnostics.add(UnknownType(place, found, TYPES_MEANT.get(fold(found)), None))


def _types(linted: LintedSet) -> Iterator[Entry]:
    for comparison in linted.inventory.comparisons:
        if comparison.field.name == "type" and comparison.operator in {"is", "in"}:
            yield from comparison.literals.values()
    yield from (given.entry for given in linted.inventory.given if given.field == "type")


def _pieces(linted: LintedSet) -> Iterator[tuple[Place, str]]:
    """Yield what is looked for within the type and is in no known one."""
    for comparison in linted.inventory.comparisons:
        if comparison.field.name == "type" and comparison.operator not in {"is", "in"}:
            compare = COMPARISONS[cast("Operator", comparison.operator)]
            for literal, entry in comparison.literals.items():
                if not entry.damaged and not any(compare(each, (literal,)) for each in MESSAGE_TYPES):
                    yield entry.place, entry.value
    for searched in linted.inventory.regexes:
        if "type" in searched.ids and not any(map(searched.regex.found_in, MESSAGE_TYPES)):
            yield searched.written.place, searched.written.source
