"""Counts by a name of which there may be thousands, for a page that shows the busiest only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

MOST_NAMES = 200
OTHER = "other"


class Busiest:
    """Counts by name; the busiest have a series of their own, the others share one.

    A series only grows: a name that becomes one of the busiest begins its own at nought, and what it had before stays in that of
    the others. So no count is shown twice, and ``rate`` is right for all of them.

    Args:
        most: how many names have a series.
    """

    def __init__(self, most: int = MOST_NAMES) -> None:
        self._most = most
        self._totals: Counter[str] = Counter()
        self._shown: dict[str, int] = {}
        self._other = 0

    def add(self, name: str) -> None:
        """Count one."""
        self._totals[name] += 1
        if name in self._shown:
            self._shown[name] += 1
        elif len(self._shown) < self._most:
            self._shown[name] = 1
        else:
            self._other += 1

    @property
    def totals(self) -> Counter[str]:
        """How many there were of each name, shown or not."""
        return self._totals

    def keep_only(self, names: frozenset[str]) -> None:
        """Forget names that do not exist any more; their counts end, and others get room."""
        for gone in self._totals.keys() - names:
            del self._totals[gone]
            self._shown.pop(gone, None)

    def series(self) -> Iterator[tuple[str, int]]:
        """Give the series of the busiest names, and at last that of the others."""
        if len(self._totals) > self._most:
            self._choose()
        yield from self._shown.items()
        yield OTHER, self._other

    def _choose(self) -> None:
        busiest = {name for name, _ in self._totals.most_common(self._most)}
        for name in self._shown.keys() - busiest:
            # What it had is not taken into the others' series: that has counted, and will count, only what was not shown.
            del self._shown[name]
        for name in busiest - self._shown.keys():
            self._shown[name] = 0
