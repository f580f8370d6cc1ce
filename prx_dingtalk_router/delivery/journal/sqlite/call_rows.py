"""The table of calls: a row a day, robot and meter."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from prx_dingtalk_router.delivery.journal.call_days import KEPT_DAYS, Alert, CallDay

_KEEP = (
    "INSERT INTO calls (day, robot, meter, calls, alerted) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (day, robot, meter) DO UPDATE SET calls = excluded.calls, alerted = max(alerted, excluded.alerted)"
)


def keep(connection: sqlite3.Connection, days: Sequence[CallDay]) -> None:
    """Keep days in place of what was kept of them."""
    connection.executemany(
        _KEEP, [(each.day, each.robot, each.meter, each.calls, each.alerted) for each in days]
    )


def since(connection: sqlite3.Connection, day: str) -> list[CallDay]:
    """The days from ``day`` on, the earliest first."""
    found = connection.execute(
        "SELECT robot, day, meter, calls, alerted FROM calls WHERE day >= ? ORDER BY day, robot, meter",
        (day,),
    )
    return [
        CallDay(robot, day, meter, calls, Alert(min(alerted, Alert.ALL)))
        for robot, day, meter, calls, alerted in found
    ]


def remove_old(connection: sqlite3.Connection, now_ms: int) -> None:
    """Remove days that are in no month that anybody asks about."""
    oldest = datetime.fromtimestamp(now_ms / 1000, UTC).date() - timedelta(days=KEPT_DAYS + 1)
    connection.execute("DELETE FROM calls WHERE day < ?", (oldest.isoformat(),))
