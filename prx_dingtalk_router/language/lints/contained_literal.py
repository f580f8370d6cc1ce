"""Entries that find nothing which a shorter entry of the same list does not find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.contained_literal import ContainedLiteral
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.resolve.inventory import Entry
from prx_dingtalk_router.language.semantics.literal_index import LiteralIndex
from prx_dingtalk_router.language.source import Place

Lookup = Callable[[LiteralIndex[str], str], Iterable[str]]

LOOKUPS: Mapping[str, Lookup] = {
    "contains": LiteralIndex.within,
    "starts with": LiteralIndex.beginning,
    "ends with": LiteralIndex.ending,
}
"""How the literals are found that an operator finds in a text; other operators do not look for pieces of it."""

MAX_CHARACTERS = 2_000_000
"""So many characters of literals, counted once for each length among them, are looked at in one list; what is behind is not."""


def contained_literal(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the longer of two such entries."""
    reported: set[Place] = set()
    for comparison in linted.inventory.comparisons:
        lookup = LOOKUPS.get(comparison.operator)
        if lookup is None or comparison.field.kind != "text" or len(comparison.literals) < 2:
            continue
        for entry, shorter in _contained(lookup, comparison.literals):
            if not entry.damaged and entry.place not in reported:
                reported.add(entry.place)
                diagnostics.add(ContainedLiteral(entry.place, entry.value, shorter.value, shorter.place))


def _contained(lookup: Lookup, literals: Mapping[str, Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Give each entry that holds a shorter one, and the shortest of those."""
    index: LiteralIndex[str] = LiteralIndex()
    for literal in literals:
        index.add(literal, literal)
    lengths = len({*map(len, literals)})
    left = MAX_CHARACTERS
    for literal, entry in literals.items():
        left -= len(literal) * lengths
        if left < 0:
            return
        shorter = [each for each in lookup(index, literal) if each != literal]
        if shorter:
            yield entry, literals[min(shorter, key=lambda each: (len(each), literal.find(each)))]
