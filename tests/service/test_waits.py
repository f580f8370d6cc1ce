"""What waits says so, once at the beginning and once at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prx_dingtalk_router.service.waits import Waits


def test_a_backlog_is_two_lines(logged: Callable[[], list[dict[str, Any]]]) -> None:
    """However many messages it has; meanwhile status shows it."""
    counts = {"rate": 0, "agent": 0}
    waits, seen = Waits(lambda: counts), []
    waits.observers.append(seen.append)
    for count in (0, 3, 9, 9, 4, 0, 0):
        counts["rate"] = count
        waits.look()
        if count == 4:
            (shown,) = waits.document()
            assert (shown["what"], shown["count"], shown["most"]) == ("rate", 4, 9)
    told = [(each["event"], each["what"]) for each in logged()]
    assert told == [("wait-begins", "rate"), ("wait-ends", "rate")]
    assert logged()[-1]["most"] == 9
    assert waits.document() == []
    assert seen == [{"rate": 9}, {"rate": 4}, {}]


def test_what_is_gone_at_once_is_not_told(logged: Callable[[], list[dict[str, Any]]]) -> None:
    """That somebody waits for a moment is daily business."""
    counts = {"frames": 5}
    waits = Waits(lambda: counts)
    waits.look()
    counts["frames"] = 0
    waits.look()
    assert logged() == []
