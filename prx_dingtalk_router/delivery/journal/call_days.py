"""What a journal keeps of the calls that DingTalk counts: a row a day and meter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

KEPT_DAYS: Final = 62
"""So many days are kept: this month and the last one."""


@dataclass(frozen=True, slots=True)
class CallDay:
    """The calls of one robot on one meter on one day.

    Attributes:
        robot: whose calls they are.
        day: of the month's calendar, as ``2026-11-29``.
        meter: its name.
        calls: how many.
        alerted: somebody was told on that day that most of the month is used.
    """

    robot: str
    day: str
    meter: str
    calls: int
    alerted: bool = False


class CallDays:
    """Call days in memory; one that is kept again takes the place of the earlier one."""

    def __init__(self) -> None:
        self._days: dict[tuple[str, str, str], CallDay] = {}

    def keep(self, days: Iterable[CallDay]) -> None:
        """Keep days; an alert is never taken back."""
        for each in days:
            key = (each.robot, each.day, each.meter)
            before = self._days.get(key)
            alerted = each.alerted or (before is not None and before.alerted)
            self._days[key] = replace(each, alerted=alerted)
        newest = max((each.day for each in self._days.values()), default="")
        if newest:
            oldest = (date.fromisoformat(newest) - timedelta(days=KEPT_DAYS)).isoformat()
            self._days = {key: each for key, each in self._days.items() if each.day >= oldest}

    def since(self, day: str) -> Sequence[CallDay]:
        """The days from ``day`` on, the earliest first."""
        kept = (each for each in self._days.values() if each.day >= day)
        return sorted(kept, key=lambda each: (each.day, each.robot, each.meter))
