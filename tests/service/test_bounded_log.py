"""Thousands of one event are not thousands of lines."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.service import bounded_log
from prx_dingtalk_router.service.bounded_log import MOST_LINES, WINDOW_SECONDS, BoundedLog

REFUSED, LATE = text("delivery.refused"), text("delivery.timed-out")
REMEDY = text("delivery.remedy-network")


class Now:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """The seconds of the monotonic clock."""
        return self.seconds


def test_the_first_of_a_minute_have_a_line_each_and_the_others_are_counted(
    logged: Callable[[], list[dict[str, Any]]],
) -> None:
    """By reason; the next minute begins anew."""
    now = Now()
    log = BoundedLog("dead", "dead-more", now=now)
    for number in range(1000):
        log.log(LATE if number % 4 == 3 else REFUSED, remedy=REMEDY, msg_id=f"m{number}")
    lines = logged()
    assert [line["msg_id"] for line in lines] == [f"m{number}" for number in range(MOST_LINES)]
    assert (lines[0]["event"], lines[0]["level"], lines[0]["remedy"]) == (
        "dead",
        "error",
        REMEDY.render("en"),
    )
    now.seconds += WINDOW_SECONDS
    log.log(LATE, msg_id="next")
    *more, last = logged()[MOST_LINES:]
    assert [(line["event"], line["count"], line["reason"]) for line in more] == [
        ("dead-more", 735, REFUSED.render("en")),
        ("dead-more", 245, LATE.render("en")),
    ]
    assert last["msg_id"] == "next"
    log.tell()
    assert logged()[-1] == last


async def test_what_was_counted_is_told_at_the_end_of_the_minute(
    logged: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when nothing more comes; the field that says why has the name that the event gives it."""
    monkeypatch.setattr(bounded_log, "WINDOW_SECONDS", 0.05)
    told = asyncio.Event()

    class Told(BoundedLog):
        def tell(self) -> None:
            super().tell()
            told.set()

    log = Told("unstored", "unstored-more", about="problem", most=1, now=Now())
    for number in range(3):
        log.log(LATE, msg_id=f"m{number}")
    told.clear()
    async with asyncio.timeout(20):
        await told.wait()
    lines = logged()
    assert [(line["event"], line.get("count"), line["problem"]) for line in lines] == [
        ("unstored", None, LATE.render("en")),
        ("unstored-more", 2, LATE.render("en")),
    ]


def test_whoever_ends_tells_what_was_counted(logged: Callable[[], list[dict[str, Any]]]) -> None:
    """Once."""
    log = BoundedLog("dead", "dead-more", most=0)
    log.log(LATE, msg_id="m1")
    log.tell()
    log.tell()
    assert [line["event"] for line in logged()] == ["dead-more"]
