"""The two meters of an organisation: what DingTalk grants it in a calendar month (dingtalk-cards-media.md section 8.1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Literal, get_args

from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults

Meter = Literal["api", "push"]
"""Calls of the API host; pushes over Stream together with posts to webhooks."""

_CHINA = timezone(timedelta(hours=8))
_LAST = 253_370_000_000_000
"""A Unix millisecond of the year 9998: where a very fast clock stops."""


class Meters:
    """Counts what is counted. A month is one of China's, on the service's own clock, which ``speed`` hurries.

    Calls that are refused for their rate, for a token or for the month itself are not counted; others are, whatever
    their answer is.
    """

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults
        self._month = self._now()
        self._used: dict[Meter, int] = dict.fromkeys(get_args(Meter), 0)

    @property
    def used(self) -> dict[Meter, int]:
        """What was counted in this month, by meter."""
        self._turn()
        return dict(self._used)

    def spend(self, meter: Meter) -> bool:
        """Count one; false when the month's grant is used up."""
        self._turn()
        limit = self._faults.api_quota if meter == "api" else self._faults.push_quota
        if limit and self._used[meter] >= limit:
            return False
        self._used[meter] += 1
        return True

    def _turn(self) -> None:
        """Begin anew with a new month."""
        now = self._now()
        if now != self._month:
            self._month = now
            self._used = dict.fromkeys(get_args(Meter), 0)

    def _now(self) -> tuple[int, int]:
        at = datetime.fromtimestamp(min(self._clock.service_time(), _LAST) / 1000, UTC).astimezone(_CHINA)
        return at.year, at.month
