"""Collects diagnostics while a set is checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.repeated_error import RepeatedError
from prx_dingtalk_router.language.diagnostics.repeated_note import RepeatedNote
from prx_dingtalk_router.language.diagnostics.repeated_warning import RepeatedWarning
from prx_dingtalk_router.language.source import Home, Place, SourceMap, Span

LISTED = 30
"""So many of one kind in one file are listed; the others are counted."""

NOWHERE = Home("", 0)
_REPEATED = {"error": RepeatedError, "warning": RepeatedWarning, "note": RepeatedNote}


class Diagnostics:
    """Collects diagnostics, and gives each its place in the files.

    Args:
        sources: the files.
        ignored: the codes of warnings and notes that are not wanted.

    Attributes:
        suppressed: tells whether a diagnostic, which has its place, is kept back.
    """

    def __init__(self, sources: SourceMap | None = None, ignored: Collection[str] = ()) -> None:
        self.suppressed: Callable[[Diagnostic], bool] = _never
        self._ignored = ignored
        self.sources = sources if sources is not None else SourceMap()
        self.home = NOWHERE
        self.items: list[Diagnostic] = []
        self.error_count = 0
        self._counts: Counter[tuple[str, str]] = Counter()
        self._unlisted: dict[tuple[str, str], Diagnostic] = {}
        """The first of each kind that is not listed."""

    @contextmanager
    def within(self, home: Home) -> Iterator[None]:
        """Take the spans of what is added meanwhile as those of this declaration."""
        before, self.home = self.home, home
        try:
            yield
        finally:
            self.home = before

    def place(self, span: Span) -> Place:
        """Return a piece of the declaration at hand as a place in its file."""
        return self.home.place(span)

    def written(self, span: Span) -> str:
        """Return what is written at a place, or in a piece of the declaration at hand."""
        return self.sources.written(self.home.place(span))

    def add(self, diagnostic: Diagnostic) -> None:
        """Report a diagnostic of the declaration at hand; it may speak of places elsewhere."""
        placed = diagnostic.moved(self.home.place)
        assert isinstance(placed.span, Place)
        if self.suppressed(placed) or (placed.code in self._ignored and not placed.is_error):
            return
        key = placed.span.file, placed.code
        self._counts[key] += 1
        self.error_count += placed.is_error
        if self._counts[key] <= LISTED:
            self.items.append(placed)
        else:
            self._unlisted.setdefault(key, placed)

    @property
    def has_errors(self) -> bool:
        """Whether the set cannot be loaded."""
        return self.error_count > 0

    def in_order(self) -> tuple[Diagnostic, ...]:
        """Return all, by file and place; of one kind in one file some tens, and how many more there are."""
        repeated: list[Diagnostic] = []
        for key, first in self._unlisted.items():
            kind = _REPEATED[first.severity]
            repeated.append(kind(first.span, of=first.code, count=self._counts[key] - LISTED))
        located = [each.moved(self.sources.locate) for each in (*self.items, *repeated)]
        return tuple(sorted(located, key=_file_and_place))


def _never(_: Diagnostic) -> bool:
    return False


def _file_and_place(diagnostic: Diagnostic) -> tuple[str, int, str]:
    assert isinstance(diagnostic.span, Place)
    return diagnostic.span.file, diagnostic.span.start, diagnostic.code
