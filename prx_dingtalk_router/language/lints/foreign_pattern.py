"""Patterns of other languages in plain strings (language.md sections 4 and 5)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.foreign_pattern import ForeignPattern, PatternKind
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.text.foreign_patterns import choices, is_expression, without_wildcards

PIECES = frozenset(
    {"contains", "contains all", "contains word", "starts with", "starts with word", "ends with"}
)
"""Operators that look for a piece of a text."""


def foreign_pattern(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the string, once, with the test that was meant."""
    warned = set()
    for comparison in linted.inventory.comparisons:
        if comparison.field.kind != "text":
            continue
        for entry in comparison.literals.values():
            found = (
                None if entry.damaged or entry.place in warned else _meant(entry.value, comparison.operator)
            )
            if found is not None:
                warned.add(entry.place)
                diagnostics.add(ForeignPattern(entry.place, entry.value, *found))


def _meant(text: str, operator: str) -> tuple[PatternKind, str] | None:
    """Return what a text looks like, and the operator and value to write."""
    if is_expression(text):
        source = text.replace("/", r"\/")
        return "expression", f"matches /{source}/i"
    wildcards = without_wildcards(text)
    if wildcards is not None:
        meant, bare = wildcards
        return "wildcard", f'{operator if operator in PIECES else meant} "{bare}"'
    words = choices(text)
    if words:
        listed = ", ".join(f'"{word}"' for word in words)
        return "choice", f"{operator if operator in PIECES - {'contains all'} else 'in'} [{listed}]"
    return None
