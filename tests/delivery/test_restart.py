"""Stopping and starting again over the same journal (interfaces.md section 5): nothing lost, nothing done twice."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import CancelStep, Guard
from prx_dingtalk_router.delivery import (
    AgentEnded,
    AgentStarted,
    Dead,
    Done,
    Dropped,
    EntryKey,
    LateAnswer,
    MemoryJournal,
    StepFailed,
    undecided,
)
from prx_dingtalk_router.delivery.journal import TurnChanged
from prx_dingtalk_router.errors import DeliveryError, JournalError


async def test_stop_finishes_what_runs(world, agent_step, reply_step):
    """Within the drain a running turn ends and its answer is sent; what waits for the session is left."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    running = await world.accept(agent_step())
    await world.watch.holds(lambda: prx.turns)
    waiting = await world.accept(agent_step())
    world.open.set()
    await dispatcher.stop(drain=10)
    assert isinstance(await world.watch.ended(running), Done)
    assert [entry.key.msg_id for entry in await world.journal.unfinished()] == [waiting]
    with pytest.raises(DeliveryError):
        await dispatcher.accept(world.decision(reply_step()))
    with pytest.raises(DeliveryError):
        await dispatcher.accept_all([undecided(world.decision())])


class Failing(MemoryJournal):
    """Takes messages; how far turns are cannot be recorded while it is broken."""

    broken = True

    async def apply(self, entry, changes):
        """Record, or fail."""
        if self.broken and any(isinstance(change, TurnChanged) for change in changes):
            raise JournalError("cli.system", why="No space left on device")
        return await super().apply(entry, changes)


async def test_a_journal_that_fails_in_the_middle_ends_everything(world, agent_step, reply_step):
    """Nothing is asked whose record is not kept, nobody follows in the session, and a later start carries on."""
    prx = await world.agent()
    world.journal = Failing()
    dispatcher = world.start()
    first = await world.accept(agent_step())
    second = await world.accept(agent_step())
    assert isinstance(await dispatcher.journal_failed(), JournalError)
    with pytest.raises(DeliveryError):
        await dispatcher.accept(world.decision(reply_step()))
    await dispatcher.idle()
    assert prx.turns == []
    assert [entry.key.msg_id for entry in await world.journal.unfinished()] == [first, second]
    world.journal.broken = False
    await world.restart()
    await world.dispatchers[-1].resume()
    for msg_id in (first, second):
        assert isinstance(await world.watch.ended(msg_id), Done)


async def test_a_turn_is_taken_up_after_a_restart(world, agent_step, reply_step):
    """A job that runs while the router restarts is watched again: asked once, answered once, replies not repeated."""
    prx = await world.agent()
    world.hold()
    world.start()
    msg_id = await world.accept(reply_step("收到"), agent_step(position="2"))
    await world.watch.holds(lambda: prx.turns)
    await world.chat.until(1)
    dispatcher = await world.restart()
    assert await dispatcher.resume() == 1
    world.open.set()
    assert isinstance(await world.watch.ended(msg_id), Done)
    assert world.chat.texts == ["收到", "答：你好"]
    assert len(prx.turns) == 1


async def test_what_waited_follows_in_its_order_after_a_restart(world, agent_step):
    """After a restart the turn that was at the agent comes first, those that waited follow it in order."""
    prx = await world.agent()
    world.hold()
    world.start()
    now = world.clock.now_ms()
    await world.accept(agent_step(), text="at work", created_at_ms=now + 9)
    await world.watch.holds(lambda: prx.turns)
    await world.accept(agent_step(), text="second", created_at_ms=now + 2)
    await world.accept(agent_step(), text="first", created_at_ms=now + 1)
    dispatcher = await world.restart()
    assert await dispatcher.resume() == 3
    world.open.set()
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["at work", "first", "second"]
    assert len(world.watch.of(Done)) == 3


async def test_both_restarting_leaves_the_outcome_unknown(world, agent_step):
    """If the daemon restarted as well, the turn is not sent again and the message is dead with that reason."""
    prx = await world.agent()
    world.hold()
    world.start()
    msg_id = await world.accept(agent_step())
    await world.watch.holds(lambda: prx.turns)
    await world.dispatchers[-1].stop(drain=0)
    await prx.restart()
    dispatcher = await world.restart()
    await dispatcher.resume()
    dead = await world.watch.ended(msg_id)
    assert isinstance(dead, Dead)
    assert dead.reason.key == "delivery.restarted"
    assert len(prx.turns) == 1


async def test_a_late_turn_keeps_its_session_busy_over_a_restart(world, agent_step, reply_step):
    """A turn that outlived its timeout still holds its session after a restart, and its answer stays unsent."""
    prx = await world.agent()
    world.hold()
    world.start()
    step = agent_step(timeout=1.5, alternatives=(reply_step("超时", "1.1"),))
    msg_id = await world.accept(step, text="慢")
    assert isinstance(await world.watch.ended(msg_id), Done)
    dispatcher = await world.restart()
    await dispatcher.resume()
    await world.accept(agent_step(), text="下一个")
    await world.watch.until(AgentStarted, 2)
    assert [turn.message for turn in prx.turns] == ["慢"]
    world.open.set()
    await world.watch.until(LateAnswer)
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["慢", "下一个"]
    assert world.chat.texts == ["超时", "答：下一个"]


async def test_a_dead_message_is_tried_again_when_asked(world, agent_step, reply_step):
    """Retrying a dead message keeps what was performed and asks the agent under a new attempt."""
    prx = await world.agent()
    prx.faults.fail = "error"
    dispatcher = world.start()
    msg_id = await world.accept(reply_step("收到"), agent_step(position="2"))
    assert isinstance(await world.watch.ended(msg_id), Dead)
    prx.faults.fail = ""
    await dispatcher.retry(EntryKey("dingbot", msg_id))
    await world.watch.until(Done)
    assert world.chat.texts == ["收到", "答：你好"]
    assert [event.attempt for event in world.watch.of(AgentStarted)] == [1, 2]
    with pytest.raises(DeliveryError):
        await dispatcher.retry(EntryKey("dingbot", msg_id))


async def test_an_undelivered_answer_is_kept_and_sent_again_when_asked(world, agent_step):
    """An answer that DingTalk refuses leaves the message dead; a retry sends the answer without asking again."""
    prx = await world.agent()
    dispatcher = world.start()
    world.chat.answers.append(310000)
    msg_id = await world.accept(agent_step())
    dead = await world.watch.ended(msg_id)
    assert isinstance(dead, Dead)
    assert dead.reason == text("delivery.reply-refused", code=310000, said=text("delivery.said", words="no"))
    await dispatcher.retry(EntryKey("dingbot", msg_id))
    await world.watch.until(Done)
    assert world.chat.texts == ["答：你好"]
    assert len(prx.turns) == 1


async def test_a_dead_message_is_given_up_when_asked(world, agent_step):
    """A discarded message is dropped, and is no dead one any more."""
    dispatcher = world.start()
    msg_id = await world.accept(agent_step("nobody"))
    assert isinstance(await world.watch.ended(msg_id), Dead)
    await dispatcher.discard(EntryKey("dingbot", msg_id))
    assert world.watch.of(Dropped)[0].reason == "discarded"
    assert list(await world.journal.dead()) == []
    with pytest.raises(DeliveryError):
        await dispatcher.discard(EntryKey("dingbot", msg_id))


async def test_an_undelivered_reply_is_dead_but_the_rest_is_done(world, reply_step):
    """A reply that cannot be delivered does not stop the next step, and the message is kept as dead with its reason."""
    dispatcher = world.start()
    world.chat.answers.append(430102)
    msg_id = await world.accept(reply_step("不妥"), reply_step("之后", "2"))
    dead = await world.watch.ended(msg_id)
    assert isinstance(dead, Dead)
    assert dead.reason.key == "delivery.reply-content"
    assert world.chat.texts == ["之后"]
    await dispatcher.idle()


async def test_a_reply_that_renders_to_nothing_takes_its_alternative(world, reply_step):
    """An empty rendering is a failed step that gives its guard's room back; without alternative it is skipped."""
    dispatcher = world.start()
    empty = reply_step("{{ quoted }}", guard=Guard(1, 60.0), alternatives=(reply_step("没有引用", "1.1"),))
    first = await world.accept(empty)
    assert isinstance(await world.watch.ended(first), Done)
    second = await world.accept(reply_step("{{ quoted }}", rule="q"), reply_step("继续", "2", rule="q"))
    assert isinstance(await world.watch.ended(second), Done)
    third = await world.accept(empty, quoted="引用")
    await dispatcher.idle()
    assert world.chat.texts == ["没有引用", "继续", "引用"]
    assert len(world.watch.of(StepFailed)) == 2
    assert isinstance(await world.watch.ended(third), Done)


async def test_an_undecided_message_is_kept_as_dead(world):
    """A message about which deciding raised is stored once, as dead."""
    dispatcher = world.start()
    decision = world.decision()
    assert [each.new for each in await dispatcher.accept_all([undecided(decision)] * 2)] == [True, False]
    assert [each.new for each in await dispatcher.accept_all([undecided(decision)])] == [False]
    assert [entry.reason.key for entry in await world.journal.dead()] == ["delivery.undecided"]
    assert len(world.watch.of(Dead)) == 1


async def test_an_observer_that_fails_harms_nobody(world, reply_step, caplog):
    """What an observer raises is logged, and the message is carried out."""
    world.watch.events = None
    world.start()
    await world.accept(reply_step())
    await world.chat.until(1)
    await world.dispatchers[-1].idle()
    assert "observer" in caplog.text
    assert (await world.journal.counts())["done"] == 1


async def test_agents_are_replaced_while_turns_run(world, agent_step):
    """A turn ends with the agent it began with; unchanged agents are kept, a removed one is gone for new messages."""
    prx = await world.agent()
    await world.agent("other")
    world.hold()
    dispatcher = world.start()
    pool = world.pools[-1]
    other = pool.get("other")
    running = await world.accept(agent_step())
    await world.watch.holds(lambda: prx.turns)
    pool.replace({"other": world.tables["other"]})
    assert pool.get("other") is other
    gone = await world.accept(agent_step(), sender="u2")
    dead = await world.watch.ended(gone)
    assert dead.reason.key == "delivery.agent-removed"
    world.open.set()
    assert isinstance(await world.watch.ended(running), Done)
    await dispatcher.idle()
    assert world.chat.texts == ["答：你好"]


async def test_a_turn_that_was_given_up_is_not_asked_after_a_restart(world, agent_step):
    """Told to wait for longer than its timeout, an agent did not start: after a restart only the alternative goes on."""
    prx = await world.agent()
    other = await world.agent("other")
    prx.faults.rate_limited, prx.faults.retry_after = 1, 8
    world.hold()
    world.start()
    msg_id = await world.accept(agent_step(timeout=3.0, alternatives=(agent_step("other", "1.1"),)))
    await world.watch.holds(lambda: other.turns)
    ended = world.watch.of(AgentEnded)
    assert [(each.agent, each.result, each.reason.key) for each in ended] == [
        ("desk", "not-started", "delivery.busy")
    ]
    dispatcher = await world.restart()
    await dispatcher.resume()
    world.open.set()
    assert isinstance(await world.watch.ended(msg_id), Done)
    await dispatcher.idle()
    assert (len(prx.turns), len(other.turns)) == (0, 1)
    assert len(world.chat.texts) == 1


async def test_a_refused_turn_begins_anew_after_a_restart(world, agent_step):
    """Between a certain refusal and the next try a restart loses nothing, whatever became of the daemon meanwhile."""
    prx = await world.agent(reach_for=600.0)
    prx.faults.rate_limited, prx.faults.retry_after = 1, 300
    world.start()
    msg_id = await world.accept(agent_step())
    key = EntryKey("dingbot", msg_id)
    while [turn.state for turn in (await world.journal.get(key)).turns] != ["prepared"]:
        await world.clock.sleep(0.05)
    await prx.restart()
    dispatcher = await world.restart()
    await dispatcher.resume()
    assert isinstance(await world.watch.ended(msg_id), Done)
    assert [event.attempt for event in world.watch.of(AgentStarted)] == [1, 1]
    assert len(prx.turns) == 1


async def test_an_agent_removed_in_its_turn_may_still_be_at_work(world, agent_step, reply_step):
    """Nobody is asked instead of a removed agent that had begun, and its session is free when it comes back."""
    prx = await world.agent()
    other = await world.agent("other")
    world.hold()
    world.start()
    step = agent_step(alternatives=(agent_step("other", "1.1"), reply_step("{{ failure }}", "1.2")))
    msg_id = await world.accept(step)
    await world.watch.holds(lambda: prx.turns)
    desk = world.tables.pop("desk")
    dispatcher = await world.restart()
    await dispatcher.resume()
    assert isinstance(await world.watch.ended(msg_id), Done)
    assert other.turns == []
    world.pools[-1].replace({**world.tables, "desk": desk})
    world.open.set()
    assert isinstance(await world.watch.ended(await world.accept(agent_step())), Done)
    assert world.chat.texts == ["the agent `desk` is no longer in the configuration", "答：你好"]


async def test_parts_that_were_sent_are_not_sent_again(world, agent_step, reply_step):
    """A long reply or answer that broke off goes on with the next part when it is tried again."""

    async def long(_):
        return "答" * 15_000

    prx = await world.agent(answer=long)
    for step in (agent_step(), reply_step("字" * 15_000)):
        dispatcher = world.start()
        world.chat.posts.clear()
        world.chat.answers[:] = [0, 0, 310000]
        msg_id = await world.accept(step)
        assert isinstance(await world.watch.ended(msg_id), Dead)
        assert len(world.chat.texts) == 2
        world.watch.events.clear()
        await dispatcher.retry(EntryKey("dingbot", msg_id))
        assert isinstance(await world.watch.ended(msg_id), Done)
        assert len("".join(world.chat.texts)) == 15_000
    assert len(prx.turns) == 1


async def test_what_was_cancelled_stays_cancelled_after_a_restart(world, agent_step, reply_step):
    """Once `cancel` is done, neither the turn that was stopped nor what waited behind it comes back."""
    prx = await world.agent()
    world.hold()
    world.start()
    instead = (reply_step("失败", "1.1"),)
    running = await world.accept(agent_step(alternatives=instead))
    await world.watch.holds(lambda: prx.turns)
    waiting = await world.accept(agent_step(alternatives=instead))
    prx.faults.cancel = "requested"
    stop = await world.accept(CancelStep(rule="c", position="1"))
    assert isinstance(await world.watch.ended(stop), Done)
    assert (await world.journal.get(EntryKey("dingbot", waiting))).state == "dropped"
    dispatcher = await world.restart()
    await dispatcher.resume()
    world.open.set()
    await dispatcher.idle()
    for msg_id in (running, waiting):
        entry = await world.journal.get(EntryKey("dingbot", msg_id))
        assert (entry.state, entry.reason) == ("dropped", "cancelled")
    assert world.chat.texts == []
    assert len(prx.turns) == 1
