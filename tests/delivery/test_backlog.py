"""What is stored begins in order, after what is urgent, and little by little."""

from __future__ import annotations

import asyncio
from typing import Any

from prx_dingtalk_router.delivery.dispatch import backlog
from prx_dingtalk_router.delivery.dispatch.backlog import Backlog


class Desk:
    """A backlog whose entries are numbers; ``passes`` says in which pass of the loop each began."""

    def __init__(self) -> None:
        self.urgent = False
        self.begun: list[int] = []
        self.at_once: list[int] = []
        self.backlog = Backlog(self._begin, lambda: self.urgent)
        self._in_this_pass = 0

    def add(self, *numbers: int) -> None:
        """Stored, one after the other."""
        for number in numbers:
            self.backlog.add(number)  # type: ignore[arg-type]

    def _begin(self, entry: Any) -> None:
        self.begun.append(entry)
        if not self._in_this_pass:
            asyncio.get_running_loop().call_soon(self._count)
        self._in_this_pass += 1

    def _count(self) -> None:
        self.at_once.append(self._in_this_pass)
        self._in_this_pass = 0


async def settle() -> None:
    """Let everybody have a few turns."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_what_nothing_hinders_begins_at_once() -> None:
    """Without a hold and without anything urgent nothing waits."""
    desk = Desk()
    desk.add(1, 2)
    assert (desk.begun, len(desk.backlog)) == ([1, 2], 0)


async def test_a_hold_puts_off_until_its_end() -> None:
    """Within a hold nothing begins, also within the outer of two; then everything does, in order."""
    desk = Desk()
    with desk.backlog.holding():
        with desk.backlog.holding():
            desk.add(1, 2)
        await settle()
        assert desk.begun == []
    desk.add(3)
    await desk.backlog.begun()
    assert desk.begun == [1, 2, 3]


async def test_what_is_urgent_goes_first() -> None:
    """While something urgent waits nothing begins, whatever is released; a later release finds it done."""
    desk = Desk()
    desk.urgent = True
    with desk.backlog.holding():
        desk.add(1)
    await settle()
    assert desk.begun == []
    with desk.backlog.holding():
        desk.urgent = False
    await desk.backlog.begun()
    assert desk.begun == [1]


async def test_nobody_waits_for_ever(monkeypatch: Any) -> None:
    """Urgent things without end, and a hold that lasts, put a message off for a while only."""
    monkeypatch.setattr(backlog, "_LONGEST_WAIT", 0.01)
    desk = Desk()
    desk.urgent = True
    with desk.backlog.holding():
        desk.add(*range(20))
        async with asyncio.timeout(20):
            await desk.backlog.begun()
    assert desk.begun == list(range(20))


async def test_many_begin_little_by_little() -> None:
    """Between a few beginnings whoever else is ready has a turn."""
    desk = Desk()
    with desk.backlog.holding():
        desk.add(*range(100))
    await desk.backlog.begun()
    await settle()
    assert desk.begun == list(range(100))
    assert max(desk.at_once) == backlog.AT_A_TIME


async def test_nothing_begins_after_the_close() -> None:
    """What waited then, and what is added, is only counted; whoever waits for it does not wait for ever."""
    desk = Desk()
    with desk.backlog.holding():
        desk.add(*range(20))
        desk.backlog.close()
    desk.add(20)
    await desk.backlog.begun()
    await settle()
    assert (desk.begun, len(desk.backlog)) == ([], 21)


async def test_nothing_begins_while_it_is_shut(monkeypatch: Any) -> None:
    """However long that is, what was there before comes first; then everything begins, in order."""
    monkeypatch.setattr(backlog, "_LONGEST_WAIT", 0.0)
    desk = Desk()
    with desk.backlog.shut():
        desk.add(1, 2)
        with desk.backlog.holding():
            desk.add(3)
        await settle()
        assert desk.begun == []
    await desk.backlog.begun()
    assert desk.begun == [1, 2, 3]
