"""Sessions: one at a time, sorted, limited; `forget` and `cancel` (language.md section 7, interfaces.md 5.4)."""

from __future__ import annotations

from prx_dingtalk_router.decision.model import CancelStep, ForgetStep, Guard
from prx_dingtalk_router.delivery import AgentStarted, Dead, Done, Dropped, Replied


async def _accept(world, dispatcher, *steps, **fields):
    decision = world.decision(*steps, message=world.message(**fields))
    await dispatcher.accept(decision)
    return decision.message.msg_id


async def test_messages_of_one_session_follow_each_other(world, agent_step):
    """One turn of a session at a time, in order; another session does not wait for it."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    for text in ("一", "二", "三"):
        await _accept(world, dispatcher, agent_step(), text=text)
    await _accept(world, dispatcher, agent_step(), text="别人", sender="u2")
    await world.watch.until(AgentStarted, 2)
    assert {event.session.rpartition(":")[2] for event in world.watch.of(AgentStarted)} == {"u1001", "u2"}
    world.open.set()
    await dispatcher.idle()
    mine = [turn for turn in prx.turns if turn.reply_target.endswith("u1001")]
    assert [turn.message for turn in mine] == ["一", "二", "三"]
    assert len(world.watch.of(Done)) == 4


async def test_those_who_wait_are_sorted_and_the_one_at_work_is_not_overtaken(world, agent_step):
    """An earlier message that arrives late goes before those that wait, not before the one at the agent."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    now = world.clock.now_ms()
    await _accept(world, dispatcher, agent_step(), text="at work", created_at_ms=now + 5)
    await world.watch.until(AgentStarted)
    await _accept(world, dispatcher, agent_step(), text="later", created_at_ms=now + 9)
    await _accept(world, dispatcher, agent_step(), text="earlier", created_at_ms=now + 1)
    world.open.set()
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["at work", "earlier", "later"]


async def test_who_finds_the_session_full_takes_the_alternative(world, agent_step, reply_step):
    """At most `waiting` wait; the next takes its `else` at once, with the reason."""
    prx = await world.agent(waiting=1)
    world.hold()
    dispatcher = world.start()
    step = agent_step(alternatives=(reply_step("{{ failure }}", "1.1"),))
    for _ in range(2):
        await _accept(world, dispatcher, step)
    await world.watch.until(AgentStarted)
    third = await _accept(world, dispatcher, step)
    assert isinstance(await world.watch.ended(third), Done)
    assert world.chat.texts == ["too many messages are waiting already, please try again later"]
    fourth = await _accept(world, dispatcher, agent_step())
    dead = await world.watch.ended(fourth)
    assert isinstance(dead, Dead)
    assert dead.reason.key == "delivery.queue-full"
    world.open.set()
    await dispatcher.idle()
    assert len(prx.turns) == 2


async def test_the_reply_before_an_agent_does_not_wait_for_the_session(world, agent_step, reply_step):
    """While the session is busy, the next message's first reply is sent already."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    await _accept(world, dispatcher, agent_step())
    await world.watch.until(AgentStarted)
    await _accept(world, dispatcher, reply_step("收到"), agent_step(position="2"))
    await world.chat.until(1)
    assert world.chat.texts == ["收到"]
    world.open.set()
    await dispatcher.idle()
    assert len(prx.turns) == 2


async def test_forget_begins_a_new_conversation(world, agent_step):
    """After `forget` the sender's sessions carry `:g1`, those of others do not, and the same step goes there too."""
    prx = await world.agent()
    dispatcher = world.start()
    forget = ForgetStep(rule="f", position="1")
    await _accept(world, dispatcher, agent_step(), text="前")
    await _accept(world, dispatcher, forget)
    await _accept(world, dispatcher, agent_step(), text="后")
    await _accept(world, dispatcher, agent_step(), text="别人", sender="u2")
    await _accept(world, dispatcher, forget, agent_step(position="2"), text="又一次")
    await dispatcher.idle()
    base = "dingtalk:dingbot:group:cidG=="
    assert {turn.message: turn.reply_target for turn in prx.turns} == {
        "前": f"{base}:u1001",
        "后": f"{base}:u1001:g1",
        "别人": f"{base}:u2",
        "又一次": f"{base}:u1001:g2",
    }


async def test_an_alternative_goes_on_with_the_conversation_of_its_message(world, agent_step):
    """What was said before `forget` belongs to the old conversation, also with an agent that is asked after it."""
    prx = await world.agent(reach_for=3.0)
    other = await world.agent("other")
    prx.faults.refuse_connections = True
    dispatcher = world.start()
    step = agent_step(timeout=30.0, alternatives=(agent_step("other", "1.1"),))
    before = await _accept(world, dispatcher, step)
    forget = await _accept(world, dispatcher, ForgetStep(rule="f", position="1"))
    await world.watch.ended(forget)
    await world.watch.ended(before)
    assert [turn.reply_target for turn in other.turns] == ["dingtalk:dingbot:group:cidG==:u1001"]


async def test_two_people_who_forget_do_not_meet(world, agent_step):
    """In a shared conversation the new ones of two people are two."""
    prx = await world.agent()
    dispatcher = world.start()
    for sender in ("u1", "u2"):
        await _accept(world, dispatcher, ForgetStep(rule="f", position="1"), sender=sender)
        await _accept(world, dispatcher, agent_step(session="conversation"), sender=sender)
    await dispatcher.idle()
    assert sorted(turn.reply_target.rpartition(":")[2] for turn in prx.turns) == ["g1", "g2"]


async def test_cancel_stops_what_runs_and_what_waits(world, agent_step, reply_step):
    """The sender's turn is killed and the waiting one dropped; nothing is answered, and another sender goes on."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    running = await _accept(world, dispatcher, agent_step(alternatives=(reply_step("failed", "1.1"),)))
    waiting = await _accept(world, dispatcher, agent_step())
    other = await _accept(world, dispatcher, agent_step(), sender="u2")
    await world.watch.until(AgentStarted, 2)
    await world.watch.holds(lambda: len(prx.turns) == 2)
    cancel = CancelStep(rule="c", position="1")
    await _accept(world, dispatcher, cancel, reply_step("已停止", "2", rule="c"))
    for msg_id in (running, waiting):
        end = await world.watch.ended(msg_id)
        assert isinstance(end, Dropped)
        assert end.reason == "cancelled"
    world.open.set()
    assert isinstance(await world.watch.ended(other), Done)
    await dispatcher.idle()
    assert world.chat.texts[0] == "已停止"
    assert len(world.chat.texts) == 2
    assert sorted(turn.status for turn in prx.turns) == ["cancelled", "succeeded"]


async def test_a_step_that_was_cancelled_does_not_count(world, agent_step):
    """Neither that of a turn that was stopped nor that of one that waited takes room from the next message."""
    await world.agent()
    world.hold()
    dispatcher = world.start()
    step = agent_step(guard=Guard(2, 600.0))
    for _ in range(2):
        await _accept(world, dispatcher, step)
    await world.watch.until(AgentStarted)
    stop = await _accept(world, dispatcher, CancelStep(rule="c", position="1"))
    assert isinstance(await world.watch.ended(stop), Done)
    await world.watch.until(Dropped, 2, reason="cancelled")
    world.open.set()
    for _ in range(2):
        assert isinstance(await world.watch.ended(await _accept(world, dispatcher, step)), Done)
    await _accept(world, dispatcher, step)
    await world.watch.until(Dropped, reason="limited")


async def test_what_prx_does_not_let_be_stopped_is_still_answered(world, agent_step):
    """Under `supervised` a cancel is refused: the turn goes on and its answer is sent."""
    prx = await world.agent()
    world.hold()
    prx.faults.autonomy = "supervised"
    dispatcher = world.start()
    running = await _accept(world, dispatcher, agent_step())
    await world.watch.until(AgentStarted)
    await world.watch.holds(lambda: prx.turns)
    stop = await _accept(world, dispatcher, CancelStep(rule="c", position="1"))
    assert isinstance(await world.watch.ended(stop), Done)
    world.open.set()
    assert isinstance(await world.watch.ended(running), Done)
    assert len(world.chat.posts) == 1


async def test_still_working_is_said_once(world, agent_step):
    """After `notice_after` the notice is sent once, as text, before the answer."""
    await world.agent(notice_after=0.6, notice="请稍候", format="text")
    world.hold()
    dispatcher = world.start()
    await _accept(world, dispatcher, agent_step())
    await world.watch.until(Replied, purpose="notice")
    world.open.set()
    await dispatcher.idle()
    assert world.chat.texts[0] == "请稍候"
    assert [event.purpose for event in world.watch.of(Replied)] == ["notice", "answer"]
    assert {post["msgtype"] for post in world.chat.posts} == {"text"}
