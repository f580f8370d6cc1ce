"""What becomes of a message whose session is busy: ``while busy replace`` and ``reply`` (language.md section 7)."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.decision.model import Guard
from prx_dingtalk_router.delivery import Done, Dropped, EntryKey, MemoryJournal
from prx_dingtalk_router.delivery.journal import StopAsked


async def _at_work(world, prx, count=1):
    await world.watch.holds(lambda: len(prx.turns) == count)


async def test_replace_stops_what_runs_and_asks_after_it(world, agent_step):
    """The running turn is cancelled and not answered, its message is dropped as replaced, and the new one is asked after it."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    step = agent_step(while_busy="replace")
    old = await world.accept(step, text="旧的")
    await _at_work(world, prx)
    new = await world.accept(step, text="新的")
    dropped = await world.watch.ended(old)
    assert isinstance(dropped, Dropped)
    assert dropped.reason == "replaced"
    await _at_work(world, prx, 2)
    assert prx.turns[0].status == "cancelled"
    world.open.set()
    assert isinstance(await world.watch.ended(new), Done)
    await dispatcher.idle()
    assert world.chat.texts == ["答：新的"]


async def test_replace_takes_the_place_of_what_waits(world, agent_step):
    """Whatever of the session waits ends as replaced, whatever its own step says; other sessions go on."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    running = await world.accept(agent_step(), text="一")
    await _at_work(world, prx)
    waiting = [await world.accept(agent_step(), text=each) for each in ("二", "三")]
    other = await world.accept(agent_step(), text="别人", sender="u2")
    new = await world.accept(agent_step(while_busy="replace"), text="四")
    for each in (running, *waiting):
        assert (await world.watch.ended(each)).reason == "replaced"
    world.open.set()
    for each in (other, new):
        assert isinstance(await world.watch.ended(each), Done)
    await dispatcher.idle()
    assert sorted(world.chat.texts) == ["答：别人", "答：四"]


async def test_what_is_stored_later_is_not_replaced(world, agent_step):
    """A message that is late to its own step leaves alone what was stored after it."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    await world.accept(agent_step(), text="一")
    await _at_work(world, prx)
    new = await world.accept(agent_step(while_busy="replace"), text="二")
    later = await world.accept(agent_step(), text="三")
    world.open.set()
    for each in (new, later):
        assert isinstance(await world.watch.ended(each), Done)
    await dispatcher.idle()
    assert world.chat.texts == ["答：二", "答：三"]


async def test_the_answer_of_what_cannot_be_stopped_is_not_sent(world, agent_step, reply_step):
    """Where PRX does not stop a turn, the new message waits for its end, and the answer is not sent, nor an ``else``."""
    prx = await world.agent()
    world.hold()
    prx.faults.autonomy = "supervised"
    dispatcher = world.start()
    otherwise = reply_step("太慢", "1.1")
    old = await world.accept(agent_step(alternatives=(otherwise,)), text="旧的")
    await _at_work(world, prx)
    new = await world.accept(agent_step(while_busy="replace"), text="新的")
    await world.watch.until(Dropped)
    assert len(prx.turns) == 1
    world.open.set()
    assert isinstance(await world.watch.ended(new), Done)
    await dispatcher.idle()
    assert [turn.status for turn in prx.turns] == ["succeeded", "succeeded"]
    assert world.chat.texts == ["答：新的"]
    assert (await world.journal.get(EntryKey("dingbot", old))).reason == "replaced"


@pytest.mark.parametrize("refused", ["no words", "no room"])
async def test_who_is_not_asked_replaces_nobody(world, agent_step, refused):
    """A message without words, or whose guard has no room, leaves the session as it is."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    guard = Guard(1, 600.0, "sender") if refused == "no room" else None
    step = agent_step(while_busy="replace", guard=guard)
    first = await world.accept(step, text="一")
    await _at_work(world, prx)
    second = await world.accept(step, text="" if refused == "no words" else "二")
    assert isinstance(await world.watch.ended(second), Dropped)
    world.open.set()
    assert isinstance(await world.watch.ended(first), Done)
    await dispatcher.idle()


async def test_a_replaced_message_stays_replaced_after_a_restart(world, agent_step):
    """What was being stopped when the router was killed ends as replaced, and the new message is asked after it, once."""
    prx = await world.agent()
    world.hold()
    prx.faults.autonomy = "supervised"
    world.start()
    old = await world.accept(agent_step(), text="旧的")
    await _at_work(world, prx)
    new = await world.accept(agent_step(while_busy="replace"), text="新的")
    await world.watch.until(Dropped)
    dispatcher = await world.restart()
    assert await dispatcher.resume() == 2
    world.open.set()
    assert isinstance(await world.watch.ended(new), Done)
    await dispatcher.idle()
    assert (await world.journal.get(EntryKey("dingbot", old))).reason == "replaced"
    assert [turn.message for turn in prx.turns] == ["旧的", "新的"]
    assert world.chat.texts == ["答：新的"]


async def test_a_busy_session_says_its_reply_and_the_message_ends(world, agent_step, reply_step):
    """The reply knows why, the agent is not asked, an ``else`` is not tried, and a free session says nothing of it."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    busy = reply_step("{% if failure == '正忙' %}忙{% endif %}", "1.busy")
    step = agent_step(while_busy="reply", busy_reply=busy, alternatives=(reply_step("else", "1.1"),))
    first = await world.accept(step, text="一")
    await _at_work(world, prx)
    second = await world.accept(step, text="二")
    assert isinstance(await world.watch.ended(second), Done)
    assert world.chat.texts == ["忙"]
    world.open.set()
    assert isinstance(await world.watch.ended(first), Done)
    third = await world.accept(step, text="三")
    assert isinstance(await world.watch.ended(third), Done)
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["一", "三"]


async def test_a_reply_that_fails_gives_way_to_the_else(world, agent_step, reply_step):
    """A ``while busy reply`` that renders nothing is passed over, as any reply of a chain is."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    step = agent_step(
        while_busy="reply", busy_reply=reply_step("  ", "1.busy"), alternatives=(reply_step("else", "1.1"),)
    )
    await world.accept(step, text="一")
    await _at_work(world, prx)
    second = await world.accept(step, text="二")
    assert isinstance(await world.watch.ended(second), Done)
    assert world.chat.texts == ["else"]
    world.open.set()
    await dispatcher.idle()


async def test_a_busy_session_returns_the_room_of_the_guard(world, agent_step, reply_step):
    """Only performed steps count: whoever was told that the agent is busy may ask again."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    step = agent_step(
        while_busy="reply", busy_reply=reply_step("忙", "1.busy"), guard=Guard(2, 600.0, "sender")
    )
    await world.accept(step, text="一")
    await _at_work(world, prx)
    for _ in range(3):
        await world.watch.ended(await world.accept(step, text="二"))
    world.open.set()
    await dispatcher.idle()
    await world.watch.ended(await world.accept(step, text="三"))
    assert [turn.message for turn in prx.turns] == ["一", "三"]
    assert world.chat.texts == ["忙", "忙", "忙", "答：一", "答：三"]


async def test_what_was_told_that_it_is_busy_is_not_asked_after_a_restart(world, agent_step, reply_step):
    """That the session was busy is kept before the reply is sent, and the reply is said once."""
    prx = await world.agent()
    world.hold()
    world.start(per_minute=1)
    step = agent_step(while_busy="reply", busy_reply=reply_step("忙", "1.busy"))
    await world.accept(step, text="一")
    await _at_work(world, prx)
    await world.watch.ended(await world.accept(step, text="二"))
    waiting = await world.accept(step, text="三")
    await world.watch.holds(lambda: world.dispatchers[-1].postponed)
    dispatcher = await world.restart()
    world.open.set()
    await dispatcher.resume()
    assert isinstance(await world.watch.ended(waiting), Done)
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["一"]
    assert sorted(world.chat.texts) == ["忙", "忙", "答：一"]


class Slow(MemoryJournal):
    """Takes its time to keep that something is to be stopped."""

    def __init__(self):
        super().__init__()
        self.asked, self.open = asyncio.Event(), asyncio.Event()

    async def apply(self, entry, changes):
        """Keep changes."""
        if any(isinstance(change, StopAsked) for change in changes) and entry.decision.message.text == "二":
            self.asked.set()
            await self.open.wait()
        return await super().apply(entry, changes)


async def test_what_is_stopped_in_the_middle_of_something_ends_in_order(world, agent_step, reply_step):
    """A message that goes on while it is being stopped finishes what it is at, and then ends; the journal has no conflict."""
    world.journal = Slow()
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    first = await world.accept(agent_step(), text="一")
    await _at_work(world, prx)
    second = await world.accept(agent_step(), text="二")
    await world.watch.holds(lambda: dispatcher.queued == 1)
    new = await world.accept(agent_step(while_busy="replace"), text="三")
    await world.journal.asked.wait()
    await world.watch.ended(first)  # so it is the turn of the second
    world.journal.open.set()
    assert (await world.watch.ended(second)).reason == "replaced"
    world.open.set()
    assert isinstance(await world.watch.ended(new), Done)
    await dispatcher.idle()
    assert world.chat.texts == ["答：三"]
