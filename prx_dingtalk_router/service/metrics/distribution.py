"""How values are spread, in plain integers: adding one is an index and two additions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

SHORT = (0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.01, 0.1)
"""Seconds that deciding takes."""
ACKS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
"""Seconds until a frame is acknowledged."""
TURNS = (0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0)
"""Seconds that agents take."""


class Distribution:
    """Counts values by the smallest bound that they do not exceed.

    Args:
        bounds: growing.

    Attributes:
        counts: of each bound, and at last of what exceeds all.
        total: of all values together.
    """

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(self.bounds) + 1)
        self.total = 0.0

    def add(self, value: float, times: int = 1) -> None:
        """Count a value, or so many that are equal."""
        self.counts[bisect_left(self.bounds, value)] += times
        self.total += value * times

    def add_all(self, values: Iterable[float]) -> None:
        """Count values."""
        bounds, counts = self.bounds, self.counts
        for value in values:
            counts[bisect_left(bounds, value)] += 1
            self.total += value

    def cumulative(self) -> list[tuple[str, float]]:
        """Return what Prometheus calls buckets: each bound, and how many values do not exceed it."""
        buckets: list[tuple[str, float]] = []
        count = 0
        for bound, some in zip((*map(repr, self.bounds), "+Inf"), self.counts, strict=True):
            count += some
            buckets.append((bound, float(count)))
        return buckets
