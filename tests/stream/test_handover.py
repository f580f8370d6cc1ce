"""The bounded queue between readers and consumer (interfaces.md section 5)."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.stream import BadFrameSeen, LossReason, Lost, Opened
from prx_dingtalk_router.stream.handover import Handover


def frame(number: int) -> BadFrameSeen:
    """Something that takes room."""
    return BadFrameSeen("1", Text(str(number)), 10)


async def test_what_goes_in_comes_out_in_order() -> None:
    """News and frames keep their order, in batches of at most the wanted size."""
    handover = Handover(10, 1000)
    handover.tell(Opened("1"))
    for number in range(3):
        assert handover.offer(frame(number), 10)
    handover.tell(Lost("1", LossReason.DROPPED))
    assert await handover.take(2) == [Opened("1"), frame(0)]
    assert await handover.take(9) == [frame(1), frame(2), Lost("1", LossReason.DROPPED)]


async def test_the_number_of_frames_is_bounded() -> None:
    """The frame over the limit is refused; news are not counted."""
    handover = Handover(2, 1000)
    handover.tell(Opened("1"))
    assert [handover.offer(frame(n), 10) for n in range(3)] == [True, True, False]
    assert handover.is_full
    handover.tell(Opened("2"))
    assert handover.waiting_frames == 2
    await handover.take(9)
    assert not handover.is_full
    assert handover.offer(frame(4), 10)


async def test_the_bytes_are_bounded() -> None:
    """The sum of sizes counts, and is given back when frames are taken."""
    handover = Handover(100, 100)
    assert handover.offer(frame(0), 60)
    assert not handover.offer(frame(1), 41)
    assert handover.offer(frame(2), 40)
    assert handover.waiting_bytes == 100
    await handover.take(1)
    assert handover.waiting_bytes == 40


async def test_a_waiting_consumer_is_woken() -> None:
    """Taking waits for the next event."""
    handover = Handover(10, 1000)
    taking = asyncio.create_task(handover.take(1))
    await asyncio.sleep(0)
    assert not taking.done()
    handover.offer(frame(1), 10)
    assert await taking == [frame(1)]


async def test_the_end_comes_after_what_waits() -> None:
    """A finished queue gives what it holds, then nothing, and takes no more."""
    handover = Handover(10, 1000)
    handover.offer(frame(1), 10)
    handover.finish()
    assert not handover.offer(frame(2), 10)
    assert not handover.is_full
    handover.tell(Opened("1"))
    assert await handover.take(9) == [frame(1)]
    assert await handover.take(9) == []


async def test_an_error_comes_after_what_waits() -> None:
    """The first error is what the consumer gets in the end, each time it asks."""
    handover = Handover(10, 1000)
    handover.offer(frame(1), 10)
    handover.finish(ValueError("first"))
    handover.finish(KeyError("second"))
    assert await handover.take(9) == [frame(1)]
    for _ in range(2):
        with pytest.raises(ValueError, match="first"):
            await handover.take(9)
