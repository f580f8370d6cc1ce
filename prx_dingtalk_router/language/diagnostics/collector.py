"""Collects diagnostics while a set is checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from heapq import heappush, heappushpop

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
        places: of all that was reported, what is kept back too.
    """

    def __init__(self, sources: SourceMap | None = None, ignored: Collection[str] = ()) -> None:
        self.suppressed: Callable[[Diagnostic], bool] = _never
        self._ignored = ignored
        self.sources = sources if sources is not None else SourceMap()
        self.home = NOWHERE
        self.places: list[Place] = []
        self.error_count = 0
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], list[tuple[int, int, Diagnostic]]] = {}
        """Those that stand first in a file, by file and code: the ones that are listed and one more. The last is on top,
        so places are negative; of several at one place the later reported is the later one."""

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
        self.places.append(placed.span)
        if self.suppressed(placed) or (placed.code in self._ignored and not placed.is_error):
            return
        key = placed.span.file, placed.code
        self._counts[key] += 1
        self.error_count += placed.is_error
        first = self._first.setdefault(key, [])
        (heappush if len(first) <= LISTED else heappushpop)(
            first, (-placed.span.start, -len(self.places), placed)
        )

    @property
    def has_errors(self) -> bool:
        """Whether the set cannot be loaded."""
        return self.error_count > 0

    def in_order(self) -> tuple[Diagnostic, ...]:
        """Return all, by file and place; of one kind in one file some tens, and how many more there are."""
        listed: list[tuple[int, Diagnostic]] = []
        repeated: list[Diagnostic] = []
        for key, found in self._first.items():
            first = sorted(found, reverse=True)
            listed += ((-number, each) for _, number, each in first[:LISTED])
            for _, _, each in first[LISTED:]:
                kind = _REPEATED[each.severity]
                repeated.append(kind(each.span, of=each.code, count=self._counts[key] - LISTED))
        listed.sort(key=lambda pair: pair[0])
        located = [each.moved(self.sources.locate) for each in (*(each for _, each in listed), *repeated)]
        return tuple(sorted(located, key=_file_and_place))


def _never(_: Diagnostic) -> bool:
    return False


def _file_and_place(diagnostic: Diagnostic) -> tuple[str, int, str]:
    assert isinstance(diagnostic.span, Place)
    return diagnostic.span.file, diagnostic.span.start, diagnostic.code
