"""``while busy merge``: what waits is told to the agent together, once, whatever ends in between (language.md section 7)."""

from __future__ import annotations

import json

import pytest

from prx_dingtalk_router.decision.model import CancelStep, Guard
from prx_dingtalk_router.delivery import Dead, Done, EntryKey, MemoryJournal
from prx_dingtalk_router.delivery.journal import Ended, TurnChanged
from prx_dingtalk_router.delivery.prx.request import MOST_BYTES
from prx_dingtalk_router.errors import JournalError


async def _entry(world, msg_id):
    return await world.journal.get(EntryKey("dingbot", msg_id))


async def _busy(world, agent_step, text="一"):
    """An agent at work on a message, and a dispatcher."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    await world.accept(agent_step(), text=text)
    await world.watch.holds(lambda: prx.turns)
    return prx, dispatcher


async def _waiting(world, dispatcher, count):
    """Wait until so many messages wait in their session, ready to be asked."""
    await world.watch.holds(lambda: dispatcher.queued == count)


async def test_what_waits_is_asked_together(world, agent_step):
    """In order, on lines of their own; the first is answered, the others are done and name it."""
    prx, dispatcher = await _busy(world, agent_step)
    step = agent_step(while_busy="merge")
    now = world.clock.now_ms()
    third = await world.accept(step, text="三\n三", created_at_ms=now + 9_000)
    second = await world.accept(step, text="二", created_at_ms=now + 5_000, sender_name="小王")
    fourth = await world.accept(step, text="四", created_at_ms=now + 9_500)
    await _waiting(world, dispatcher, 3)
    world.open.set()
    for each in (second, third, fourth):
        assert isinstance(await world.watch.ended(each), Done)
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["一", "二\n三\n三\n四"]
    assert world.chat.texts == ["答：一", "答：二\n三\n三\n四"]
    assert (await _entry(world, second)).reason is None
    for each in (third, fourth):
        entry = await _entry(world, each)
        assert (entry.carrier, entry.reason.params) == (second, {"msg_id": second})


async def test_only_what_follows_and_says_merge_joins(world, agent_step):
    """One that queues ends what is put together; a message of its own session goes by itself."""
    prx, dispatcher = await _busy(world, agent_step)
    merge, queue = agent_step(while_busy="merge"), agent_step()
    for text, step in (("二", merge), ("三", merge), ("四", queue), ("五", merge), ("六", merge)):
        await world.accept(step, text=text)
    await _waiting(world, dispatcher, 5)
    world.open.set()
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["一", "二\n三", "四", "五\n六"]


async def test_no_more_is_put_together_than_fits(world, agent_step):
    """What does not fit into one request is asked next, whole."""
    prx, dispatcher = await _busy(world, agent_step)
    step = agent_step(while_busy="merge")
    texts = [letter * 30_000 for letter in "bcd"]
    for text in texts:
        await world.accept(step, text=text)
    await _waiting(world, dispatcher, 3)
    world.open.set()
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["一", "\n".join(texts[:2]), texts[2]]
    assert all(len(turn.message.encode()) <= MOST_BYTES for turn in prx.turns)


async def test_each_is_told_as_its_own_step_says(world, agent_step):
    """A ``with`` template is that of the message that it was rendered for; the guards of all count."""
    prx, dispatcher = await _busy(world, agent_step)
    guard = Guard(2, 600.0, "sender")
    step = agent_step(while_busy="merge", template="{{ sender.name }}：{{ text }}", guard=guard)
    for text, name in (("二", "甲"), ("三", "乙"), ("四", "丙")):
        await world.accept(step, text=text, sender_name=name)
    await _waiting(world, dispatcher, 2)
    world.open.set()
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["一", "甲：二\n乙：三"]


async def test_who_is_cancelled_does_not_join(world, agent_step):
    """What its sender stopped while it waited is dropped, not asked with another."""
    prx, dispatcher = await _busy(world, agent_step)
    step = agent_step(while_busy="merge", session="conversation")
    blocker = await world.accept(agent_step(session="conversation"), text="零")
    await world.watch.holds(lambda: len(prx.turns) == 2)
    kept = await world.accept(step, text="二")
    gone = await world.accept(step, text="三", sender="u2")
    await _waiting(world, dispatcher, 2)
    await world.watch.ended(await world.accept(CancelStep(rule="c", position="1"), sender="u2"))
    assert (await world.watch.ended(gone)).reason == "cancelled"
    world.open.set()
    await dispatcher.idle()
    assert isinstance(await world.watch.ended(blocker), Done)
    assert isinstance(await world.watch.ended(kept), Done)
    assert [turn.message for turn in prx.turns] == ["一", "零", "二"]


class Failing(MemoryJournal):
    """Breaks, for good, at a chosen kind of change."""

    def __init__(self, breaks):
        super().__init__()
        self.breaks = breaks

    async def apply(self, entry, changes):
        """Record, or fail."""
        if self.breaks is not None and any(self.breaks(change) for change in changes):
            raise JournalError("cli.system", why="No space left on device")
        return await super().apply(entry, changes)


@pytest.mark.parametrize(
    "moment",
    ["before any has joined", "when one of two has joined", "when all have joined", "when it is sent"],
)
async def test_wherever_it_ends_each_is_asked_once(world, agent_step, moment):
    """The process may end at any step of putting messages together: each is told once, and none is lost."""
    joined, texts = [], ["二", "三", "四"]

    def breaks(change):
        if isinstance(change, Ended) and change.carrier is not None:
            joined.append(change)
            return moment == "before any has joined" or (
                moment == "when one of two has joined" and len(joined) == 2
            )
        if (
            not isinstance(change, TurnChanged)
            or "二".encode() not in json.loads(change.turn.body).get("message", "").encode()
        ):
            return False
        return moment == "when all have joined" or (
            moment == "when it is sent" and change.turn.state == "accepted"
        )

    world.journal = Failing(breaks)
    prx, dispatcher = await _busy(world, agent_step)
    step = agent_step(while_busy="merge")
    msg_ids = [await world.accept(step, text=text) for text in texts]
    await _waiting(world, dispatcher, 3)
    world.open.set()
    await dispatcher.journal_failed()
    await dispatcher.idle()
    world.journal.breaks = None
    dispatcher = await world.restart()
    await dispatcher.resume()
    for each in msg_ids:
        assert isinstance(await world.watch.ended(each), Done)
    await dispatcher.idle()
    asked = "\n".join(turn.message for turn in prx.turns)
    assert asked.split("\n") == ["一", *texts]
    assert "\n".join(answer.removeprefix("答：") for answer in world.chat.texts) == asked


async def test_the_agent_asked_instead_is_told_all_of_it(world, agent_step):
    """What has joined goes along with the message that it joined: to an ``else`` agent, and to a second try."""
    prx = await world.agent(reach_for=2.0)
    other = await world.agent("other")
    world.hold()
    dispatcher = world.start()
    await world.accept(agent_step(), text="一")
    await world.watch.holds(lambda: prx.turns)
    step = agent_step(while_busy="merge", timeout=30.0, alternatives=(agent_step("other", "1.1"),))
    first = await world.accept(step, text="二")
    second = await world.accept(step, text="三")
    await _waiting(world, dispatcher, 2)
    other.faults.fail = "error"
    prx.faults.rate_limited = -1
    world.open.set()
    dead = await world.watch.ended(first)
    assert isinstance(dead, Dead)
    assert isinstance(await world.watch.ended(second), Done)
    other.faults.fail = ""
    await dispatcher.retry(EntryKey("dingbot", first))
    await world.watch.until(Done, msg_id=first)
    await dispatcher.idle()
    assert [turn.message for turn in other.turns] == ["二\n三", "二\n三"]
