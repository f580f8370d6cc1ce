"""Chains of alternatives, carried out from written rules (language.md section 7)."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.delivery import Dead, Done, Dropped, LateAnswer, StepFailed

SORRY = "没做成：{{ failure }}"


async def test_steps_are_performed_in_order(world, play):
    """Each ``then`` after the one before it."""
    await world.agent()
    world.start()
    play.rules('rule r when group then reply "一" then reply "二" then agent desk')
    ended, shown = await play.hear("在吗")
    assert isinstance(ended, Done)
    assert shown == ["一", "二", "答：在吗"]


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        ("nothing rendered", "空消息"),
        ("unreachable", "联系不上"),
        ("refused", "正忙"),
        ("failed", "处理失败"),
        ("timeout", "超时"),
        ("no room", "达到上限"),
    ],
)
@pytest.mark.parametrize("instead", ["reply", "drop"])
async def test_else_reply_and_else_drop_cover_every_failure(world, play, fault, failure, instead):
    """Whatever keeps the agent from answering, the ``else`` is performed, and can ask why."""
    prx = await world.agent(reach_for=2.0)
    world.start()
    agent = {
        "nothing rendered": "agent desk with \"{% if type == 'file' %}x{% endif %}\"",
        "timeout": "agent desk timeout 2s",
        "no room": "agent desk at most 1 per 1m",
    }.get(fault, "agent desk")
    reply = f"reply \"{{% if failure == '{failure}' %}}知道{{% else %}}{{{{ failure }}}}{{% endif %}}\""
    otherwise = reply if instead == "reply" else 'drop "其他"'
    play.rules(f"rule r when group then {agent} else {otherwise}")
    match fault:
        case "unreachable":
            prx.faults.refuse_connections = True
        case "refused":
            prx.faults.rate_limited = -1
        case "failed":
            prx.faults.fail = "error"
        case "timeout":
            prx.faults.hang = True
        case "no room":
            await play.hear("第一个")
    ended, shown = await play.hear("在吗")
    if instead == "drop":
        assert (type(ended), ended.reason, shown) == (Dropped, "其他", [])
    else:
        assert (type(ended), shown) == (Done, ["知道"])
    prx.faults.hang = False
    await world.dispatchers[-1].idle()


async def test_the_first_performed_ends_the_chain(world, play):
    """What comes after an ``else`` that was performed is not."""
    await world.agent()
    world.start()
    play.rules('rule r when group then agent gone else reply "一" else reply "二"')
    ended, shown = await play.hear("在吗")
    assert (type(ended), shown) == (Done, ["一"])


@pytest.mark.parametrize("retry_safe", [False, True])
async def test_else_agent_is_passed_over_while_the_one_before_may_be_at_work(world, play, retry_safe):
    """After a ``timeout`` another agent is asked only if the first is ``retry_safe``."""
    prx = await world.agent(retry_safe=retry_safe)
    await world.agent("other", answer=None)
    prx.faults.hang = True
    world.start()
    play.rules('rule r when group then agent desk timeout 2s else agent other else reply "都没有"')
    _, shown = await play.hear("在吗")
    assert shown == (["答：在吗"] if retry_safe else ["都没有"])
    assert len(world.prx["other"].turns) == retry_safe
    prx.faults.hang = False
    await world.dispatchers[-1].idle()


async def test_a_timeout_is_counted_from_dispatch(world, play):
    """Waiting for the session is not part of it."""
    prx = await world.agent()
    world.hold()
    world.start(speed=1.0)
    play.rules(f'rule r when group then agent desk timeout 30s else reply "{SORRY}"')
    first = await play.say("一")
    await world.watch.holds(lambda: prx.turns)
    second = await play.say("二")
    world.clock.skip(25)
    world.open.set()
    await world.watch.ended(first)
    world.hold()
    await world.watch.holds(lambda: len(prx.turns) == 2)
    world.clock.skip(25)
    world.open.set()
    await world.watch.ended(second)
    assert world.chat.texts == ["答：一", "答：二"]


@pytest.mark.parametrize("restarted", [False, True])
async def test_after_an_else_a_late_answer_is_logged_not_sent(world, play, restarted):
    """Also when it comes to another process than the one that asked."""
    prx = await world.agent()
    world.hold()
    world.start()
    play.rules('rule r when group then agent desk timeout 2s else reply "太慢"')
    ended, shown = await play.hear("在吗")
    assert (type(ended), shown) == (Done, ["太慢"])
    if restarted:
        await play.restart()
    world.open.set()
    await world.watch.until(LateAnswer)
    await world.dispatchers[-1].idle()
    assert (world.chat.texts, len(prx.turns)) == (["太慢"], 1)


@pytest.mark.parametrize(
    "chain", ["", 'else reply "{% if pictures %}x{% endif %}"', 'else reply "太慢" at most 1 per 1h']
)
@pytest.mark.parametrize("restarted", [False, True])
async def test_without_a_performed_else_a_late_answer_is_delivered(world, play, chain, restarted):
    """Where there is no ``else``, or none of them could be performed."""
    prx = await world.agent()
    world.start()
    play.rules(f"rule r when group then agent desk timeout 2s {chain}")
    if "at most" in chain:
        prx.faults.hang = True
        assert (await play.hear("先来的"))[1] == ["太慢"]
        prx.faults.hang = False
        await world.dispatchers[-1].idle()
    world.hold()
    failed, shown = len(world.watch.of(StepFailed)), len(world.chat.texts)
    late = await play.say("在吗")
    await world.watch.holds(lambda: len(world.watch.of(StepFailed)) > failed)
    if restarted:
        await play.restart()
    world.open.set()
    assert isinstance(await world.watch.ended(late), Done)
    assert world.chat.texts[shown:] == ["答：在吗"]


async def test_a_reply_whose_chain_is_exhausted_is_skipped(world, play):
    """And the next ``then`` goes on."""
    await world.agent()
    world.start()
    play.rules('rule r when group then reply "收到" at most 1 per 1m per sender then agent desk')
    assert (await play.hear("一"))[1] == ["收到", "答：一"]
    ended, shown = await play.hear("二")
    assert (type(ended), shown) == (Done, ["答：二"])


async def test_an_agent_whose_chain_is_exhausted_is_limited_or_dead(world, play):
    """``limited`` where guards alone refused, else dead with what failed first."""
    await world.agent()
    world.start()
    play.rules(
        'rule a when text is "a" then agent desk at most 1 per 1m else reply "x" at most 1 per 1m\n'
        'rule b when text is "b" then agent gone else reply "x" at most 1 per 1m per sender'
    )
    await play.hear("a")
    await play.hear("a")
    ended, shown = await play.hear("a")
    assert (type(ended), ended.reason, shown) == (Dropped, "limited", [])
    await play.hear("b")
    ended, shown = await play.hear("b")
    assert (type(ended), ended.reason.key, shown) == (Dead, "delivery.agent-removed", [])


async def test_what_is_too_long_for_an_agent_fails(world, play):
    """A request over 65,536 bytes is not sent, and its ``else`` knows why."""
    prx = await world.agent()
    world.start()
    play.rules(
        "rule r when group then agent desk else reply \"{% if failure == '消息太长' %}太长{% endif %}\""
    )
    assert (await play.hear("字" * 22_000))[1] == ["太长"]
    assert prx.turns == []


async def test_a_reply_that_cannot_be_made_leaves_nobody_in_silence(world, play):
    """Whoever writes too much for a canned text is told, and the message is kept as dead; what is left is done before."""
    await world.agent()
    world.start(failed_reply="抱歉")
    play.rules(
        'rule r when private then reply "{{ text }}"\n'
        'rule t when text starts with "a" then reply "{{ text }}{{ text }}" then agent desk\n'
        'rule e when group then reply "{{ text }}" else reply "太长了"'
    )
    much = "字" * 15_000
    ended, shown = await play.hear(f"a{much}")
    assert (type(ended), ended.reason.key) == (Dead, "templates.output-too-long")
    assert shown[0].startswith("答：a")
    assert (await play.hear("字" * 20_001))[1] == ["太长了"]
    ended, shown = await play.hear("字" * 20_001, group=False)
    assert (type(ended), shown) == (Dead, ["抱歉"])
