"""Sessions, ``forget``, ``cancel`` and ``while busy``, carried out from written rules (language.md section 7)."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.delivery import Done, EntryKey, Replied, SqliteJournal


async def test_the_session_stays_busy_until_the_job_has_ended(world, play):
    """The next message of the session is not asked while the first, given up, is still at work."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    play.rules('rule r when group then agent desk timeout 2s else reply "太慢"')
    await play.hear("一")
    second = await play.say("二")
    await world.watch.holds(lambda: dispatcher.queued == 1)
    assert len(prx.turns) == 1
    world.open.set()
    await world.watch.ended(second)
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["一", "二"]


@pytest.mark.parametrize("restarted", [False, True])
async def test_still_working_is_said_once_also_after_a_restart(world, play, restarted):
    """Whoever goes on with a turn whose ``notice_after`` is over knows that it was said."""
    prx = await world.agent(notice_after=1.0, notice="请稍候", retry_safe=True)
    world.hold()
    world.start()
    play.rules("rule r when group then agent desk")
    msg_id = await play.say("在吗")
    await world.watch.until(Replied, purpose="notice")
    if restarted:
        await play.restart()
    await prx.restart()  # the turn is lost, and its agent may be asked again
    await world.watch.holds(lambda: len(prx.turns) == 2)
    if restarted:
        await play.restart()
    await world.clock.sleep(3)
    world.open.set()
    assert isinstance(await world.watch.ended(msg_id), Done)
    assert [event.purpose for event in world.watch.of(Replied)] == ["notice", "answer"]


async def test_forget_holds_over_a_restart(world, play, tmp_path):
    """What is said after it belongs to the new conversation with every agent, whichever process asks."""
    world.journal = SqliteJournal(tmp_path / "j.db")
    await world.journal.claim()
    for name in ("desk", "other"):
        await world.agent(name)
    world.start()
    play.rules(
        'rule f when text is "忘" then forget then reply "好"\n'
        'rule o when text is "另" then agent other\nrule r when group then agent desk'
    )
    for text in ("一", "忘", "二"):
        await play.hear(text)
    await play.restart()
    for text in ("三", "另"):
        await play.hear(text)
    sessions = [turn.reply_target.rpartition(":")[2] for turn in world.prx["desk"].turns]
    assert sessions == ["u1001", "g1", "g1"]
    assert [turn.reply_target.rpartition(":")[2] for turn in world.prx["other"].turns] == ["g1"]
    await world.dispatchers[-1].stop(drain=0)
    await world.journal.close()


async def test_cancel_is_for_this_sender_in_this_conversation(world, play):
    """What others wrote, and what the sender wrote elsewhere, goes on."""
    prx = await world.agent()
    world.hold()
    world.start()
    play.rules('rule c when text is "停" then cancel then reply "停了"\nrule r when group then agent desk')
    mine = await play.say("我的")
    waiting = await play.say("我的第二条")
    others = [await play.say("别人的", sender="u2"), await play.say("别处的", conversation="cidX==")]
    await world.watch.holds(lambda: len(prx.turns) == 3)
    _, shown = await play.hear("停")
    assert shown == ["停了"]
    for each in (mine, waiting):
        assert (await world.watch.ended(each)).reason == "cancelled"
    world.open.set()
    for each in others:
        assert isinstance(await world.watch.ended(each), Done)
    assert len(prx.turns) == 3


async def test_a_queue_is_bounded_but_a_restart_turns_nobody_away(world, play):
    """At most ``waiting`` wait in a session; who was let in stays in, and the next one is still refused."""
    prx = await world.agent(waiting=2)
    world.hold()
    world.start()
    play.rules('rule r when group then agent desk else reply "满了"')
    inside = [await play.say(text) for text in "一二三"]
    await world.watch.holds(lambda: prx.turns)
    assert (await play.hear("四"))[1] == ["满了"]
    await play.restart()
    assert (await play.hear("五"))[1] == ["满了"]
    world.open.set()
    for each in inside:
        assert isinstance(await world.watch.ended(each), Done)
    assert [turn.message for turn in prx.turns] == ["一", "二", "三"]


async def test_while_busy_is_said_by_the_step_of_the_new_message(world, play):
    """Written in rules: each rule's own option counts, whatever the rule of the message at work says."""
    prx = await world.agent()
    world.hold()
    world.start()
    play.rules(
        'rule stop when text starts with "重来" then agent desk while busy replace\n'
        'rule more when text starts with "补充" then agent desk while busy merge\n'
        'rule hush when text starts with "急" then agent desk while busy reply "{{ failure }}"\n'
        "rule r when group then agent desk"
    )
    first = await play.say("一")
    await world.watch.holds(lambda: prx.turns)
    assert (await play.hear("急！"))[1] == [
        "your message before this one is still being worked on, please wait for its answer"
    ]
    again = await play.say("重来")
    assert (await world.watch.ended(first)).reason == "replaced"
    await world.watch.holds(lambda: len(prx.turns) == 2)
    more = [await play.say("补充甲"), await play.say("补充乙")]
    world.open.set()
    for each in (again, *more):
        assert isinstance(await world.watch.ended(each), Done)
    await world.dispatchers[-1].idle()
    assert [turn.message for turn in prx.turns] == ["一", "重来", "补充甲\n补充乙"]
    assert (await world.journal.get(EntryKey("dingbot", more[1]))).carrier == more[0]
