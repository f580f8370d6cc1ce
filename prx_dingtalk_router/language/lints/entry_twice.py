"""Entries that a list holds twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.entry_twice import EntryTwice
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.resolve.inventory import Entry
from prx_dingtalk_router.language.resolve.values import LINE_BLANKS
from prx_dingtalk_router.text.folding import fold


def entry_twice(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the later of two entries that are the same, or the same once texts are compared."""
    for written in linted.inventory.lists:
        found = [*_twice(written.entries)]
        if written.as_text:
            found += _twice_when_folded(written.entries)
        for entry, earlier, same in found:
            if not entry.damaged and not earlier.damaged:
                diagnostics.add(EntryTwice(entry.place, entry.value, same, earlier.place))


def _twice(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry, str | None]]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        earlier = seen.setdefault(entry.value, entry)
        # What is nothing but blanks is reported as what can match nothing.
        if earlier is not entry and entry.value.strip(LINE_BLANKS):
            yield entry, earlier, None


def _twice_when_folded(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry, str | None]]:
    written: set[str] = set()
    seen: dict[str, Entry] = {}
    for entry in entries:
        if entry.value in written:
            continue
        written.add(entry.value)
        folded = fold(entry.value)
        earlier = seen.setdefault(folded, entry)
        if folded and earlier is not entry:
            yield entry, earlier, earlier.value
