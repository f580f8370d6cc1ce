"""What a journal keeps of the calls that DingTalk counts: a row a day and meter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

KEPT_DAYS: Final = 62
"""So many days are kept: this month and the last one."""


class Alert(IntEnum):
    """How much of a month was used when somebody was told of it."""

    NONE = 0
    MOST = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class CallDay:
    """The calls of one robot on one meter on one day.

    Attributes:
        robot: whose calls they are.
        day: of the month's calendar, as ``2026-11-29``.
        meter: its name.
        calls: how many.
        alerted: of what somebody was told on that day.
    """

    robot: str
    day: str
    meter: str
    calls: int
    alerted: Alert = Alert.NONE


class CallDays:
    """Call days in memory; one that is kept again takes the place of the earlier one."""

    def __init__(self) -> None:
        self._days: dict[tuple[str, str, str], CallDay] = {}

    def keep(self, days: Iterable[CallDay]) -> None:
        """Keep days; an alert is never taken back."""
        for each in days:
            key = (each.robot, each.day, each.meter)
            before = self._days.get(key)
            alerted = max(each.alerted, before.alerted if before is not None else Alert.NONE)
            self._days[key] = replace(each, alerted=alerted)
        newest = max((each.day for each in self._days.values()), default="")
        if newest:
            oldest = (date.fromisoformat(newest) - timedelta(days=KEPT_DAYS)).isoformat()
            self._days = {key: each for key, each in self._days.items() if each.day >= oldest}

    def since(self, day: str) -> Sequence[CallDay]:
        """The days from ``day`` on, the earliest first."""
        kept = (each for each in self._days.values() if each.day >= day)
        return sorted(kept, key=lambda each: (each.day, each.robot, each.meter))
