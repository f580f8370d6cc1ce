"""The bounded queue between readers and consumer (interfaces.md section 5)."""

from __future__ import annotations

import asyncio
import tracemalloc

import pytest

from prx_dingtalk_router.stream import LossReason, Lost, Opened
from prx_dingtalk_router.stream import handover as module
from prx_dingtalk_router.stream.handover import BESIDE_ITS_BYTES, BURST, TAKEN_TOGETHER, Handover, Waiting


def frame(number: int, size: int = 10) -> Waiting[str]:
    """Something that takes room."""
    return Waiting(f"{number}".ljust(size).encode(), "a socket", 1)


async def test_what_goes_in_comes_out_in_order() -> None:
    """News and frames keep their order, in batches of at most the wanted size."""
    handover = Handover[str](10, 10_000)
    handover.tell(Opened("1"))
    for number in range(3):
        assert handover.offer([frame(number)])
    handover.tell(Lost("1", LossReason.DROPPED))
    assert await handover.take(2) == [Opened("1"), frame(0)]
    assert await handover.take(9) == [frame(1), frame(2), Lost("1", LossReason.DROPPED)]


async def test_the_number_of_frames_is_bounded() -> None:
    """The frame over the limit is refused; news are not counted."""
    handover = Handover[str](2, 10_000)
    handover.tell(Opened("1"))
    assert [handover.offer([frame(n)]) for n in range(3)] == [1, 1, 0]
    assert handover.is_full
    handover.tell(Opened("2"))
    assert handover.waiting_frames == 2
    await handover.take(9)
    assert not handover.is_full
    assert handover.offer([frame(4)])


async def test_of_frames_that_come_together_those_are_queued_that_find_room() -> None:
    """What is too large is refused alone; what is over the number is refused from there on."""
    handover = Handover[str](3, 3 * BESIDE_ITS_BYTES + 100)
    assert handover.offer([frame(0), frame(1, 1_000), frame(2)]) == 2
    assert handover.is_full
    assert handover.offer([frame(3), frame(4)]) == 1
    assert await handover.take(9) == [frame(0), frame(2), frame(3)]
    assert handover.waiting_bytes == 0


async def test_the_bytes_are_bounded() -> None:
    """The memory of frames counts, and is given back when they are taken."""
    handover = Handover[str](100, 2 * BESIDE_ITS_BYTES + 100)
    assert handover.offer([frame(0, 60)])
    assert not handover.offer([frame(1, 41)])
    assert handover.offer([frame(2, 40)])
    assert handover.waiting_bytes == 2 * BESIDE_ITS_BYTES + 100
    await handover.take(1)
    assert handover.waiting_bytes == BESIDE_ITS_BYTES + 40


async def test_what_is_counted_is_the_memory_that_is_held() -> None:
    """Thousands of waiting frames take no more memory than was counted, and not much less."""
    handover = Handover[str](10_000, 1 << 30)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(5_000):
        handover.offer([frame(number, 700)])
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert 0.5 * handover.waiting_bytes <= held <= handover.waiting_bytes


async def test_what_is_taken_together_is_bounded() -> None:
    """A list ends with the frame that fills it up, however many were asked for, so that big frames come one by one."""
    handover = Handover[str](100, 1 << 30)
    sizes = [10, TAKEN_TOGETHER, TAKEN_TOGETHER, 10, 10]
    for number, size in enumerate(sizes):
        handover.offer([frame(number, size)])
    taken = [len(await handover.take(9)) for _ in range(3)]
    assert taken == [2, 1, 2]
    assert handover.waiting_bytes == 0


async def test_a_waiting_consumer_is_woken() -> None:
    """Taking waits for the next event."""
    handover = Handover[str](10, 10_000)
    taking = asyncio.create_task(handover.take(1))
    await asyncio.sleep(0)
    assert not taking.done()
    handover.offer([frame(1)])
    assert await taking == [frame(1)]


async def test_the_end_comes_after_what_waits() -> None:
    """A finished queue gives what it holds, then nothing, and takes no more."""
    handover = Handover[str](10, 10_000)
    handover.offer([frame(1)])
    handover.finish()
    assert not handover.offer([frame(2)])
    assert not handover.is_full
    handover.tell(Opened("1"))
    assert await handover.take(9) == [frame(1)]
    assert await handover.take(9) == []


async def test_an_error_comes_after_what_waits() -> None:
    """The first error is what the consumer gets in the end, each time it asks."""
    handover = Handover[str](10, 10_000)
    handover.offer([frame(1)])
    handover.finish(ValueError("first"))
    handover.finish(KeyError("second"))
    assert await handover.take(9) == [frame(1)]
    for _ in range(2):
        with pytest.raises(ValueError, match="first"):
            await handover.take(9)


async def read_little_by_little(handover: Handover[str], turns: int) -> None:
    """As a reader does that finds a burst in each turn of the loop."""
    for turn in range(turns):
        for number in range(BURST):
            handover.offer([frame(turn * BURST + number)])
        await asyncio.sleep(0)


async def test_a_burst_is_read_before_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a ping behind it does not wait until most of it is handled."""
    monkeypatch.setattr(module, "READING_FIRST_SECONDS", 3600.0)
    handover = Handover[str](10_000, 1 << 30)
    reading = asyncio.create_task(read_little_by_little(handover, 50))
    taken = await handover.take(10)
    assert reading.done()
    assert (taken, handover.waiting_frames) == ([frame(number) for number in range(10)], 50 * BURST - 10)


async def test_who_never_stops_does_not_keep_the_consumer_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the time for reading first is used up lists are taken as they come, until nothing waits."""
    monkeypatch.setattr(module, "READING_FIRST_SECONDS", 0.0)
    handover = Handover[str](1_000_000, 1 << 40)
    reading = asyncio.create_task(read_little_by_little(handover, 1_000_000))
    assert await handover.take(10) == [frame(number) for number in range(10)]
    assert not reading.done()
    reading.cancel()
