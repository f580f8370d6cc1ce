"""From what a person writes to what the conversation shows, through a router that is a process of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

GROUP = "cidITHelpDesk2026A1=="
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(name="world", loop_scope="module")
async def _healthy(shared_world: Any) -> AsyncIterator[Any]:
    """The world of this module, healthy before and after."""
    yield shared_world
    shared_world.settle()


async def test_a_private_message_is_answered(world: Any) -> None:
    """A rule's reply appears in the private chat, and the message is acknowledged with 200."""
    msg_id = world.say("敲门 1")
    assert (await world.reply_to(msg_id)).text == "请进：敲门 1"
    await world.event("Acked", msg_id=msg_id, code=200)


async def test_a_group_message_is_answered_there_with_a_mention(world: Any) -> None:
    """The reply appears in the group and calls out who asked."""
    msg_id = world.say("叫我", "u1004", GROUP)
    line = await world.reply_to(msg_id)
    assert line.conversation_id == GROUP
    assert line.mentions == ("u1004",)


async def test_an_agent_s_answer_comes_back_as_markdown(world: Any) -> None:
    """What the agent says appears in the conversation; PRX got the message under the session as target."""
    msg_id = world.say("请教 怎么报销", "u1003")
    line = await world.reply_to(msg_id)
    assert line.markdown
    assert "**答** 请教 怎么报销" in line.text
    turn = world.agent.turns[-1]
    assert turn.message == "请教 怎么报销"
    assert turn.reply_target.startswith("dingtalk:dingrouter:private:cid")


async def test_a_person_in_a_group_has_a_thread_of_their_own(world: Any) -> None:
    """In groups the session holds the conversation and the sender."""
    await world.reply_to(world.say("请教 群里的问题", "u1002", GROUP))
    assert world.agent.turns[-1].reply_target == f"dingtalk:dingrouter:group:{GROUP}:u1002"


@pytest.mark.parametrize("group", [None, GROUP])
async def test_a_reply_arrives_after_the_webhook_has_expired(world: Any, group: str | None) -> None:
    """Where the session webhook lives no longer, the reply is the robot's own message to the same conversation."""
    (router,) = world.routers
    world.dingtalk.faults.webhook_life = 0.0
    msg_id = world.say(f"敲门 很久以后 {group}", "u1004", group)
    await router.logged("replied", msg_id=msg_id, route="api", result="sent")
    (wrote, *_) = await world.events.until(
        lambda event: getattr(getattr(event, "line", None), "text", "") == f"请进：敲门 很久以后 {group}"
    )
    room = group or world.dingtalk.directory.private("u1004", world.dingtalk.directory.apps[0]).id
    assert (wrote.line.route, wrote.line.conversation_id) == ("api", room)


async def test_replies_come_before_the_agent_s_answer(world: Any) -> None:
    """The steps of a rule are performed in order."""
    msg_id = world.say("问 先后", "u1005")
    await world.events.until(
        lambda event: getattr(getattr(event, "line", None), "in_reply_to", "") == msg_id, 2
    )
    first, second = world.replies_to(msg_id)
    assert first == "收到"
    assert "问 先后" in second


async def test_what_no_rule_takes_gets_otherwise(world: Any) -> None:
    """A message that fits nothing gets the reply of ``otherwise``."""
    assert (await world.reply_to(world.say("你好"))).text == "没有这样的规则"


async def test_a_dropped_message_is_acknowledged_and_silent(world: Any) -> None:
    """A drop is logged with its reason, acknowledged, and shows nothing."""
    (router,) = world.routers
    msg_id = world.say("代开发票")
    await world.event("Acked", msg_id=msg_id, code=200)
    await router.logged("decided", msg_id=msg_id, outcome="drop", reason="ads")
    assert world.replies_to(msg_id) == []


@pytest.mark.parametrize("person", ["u1006", "g9001"])
async def test_who_is_not_admitted_is_told_once(world: Any, person: str) -> None:
    """Somebody outside ``allowed_users`` gets the denial, once in ten minutes, whatever they write."""
    (router,) = world.routers
    first = world.say("敲门", person)
    assert (await world.reply_to(first)).text == "没有权限"
    second = world.say("敲门", person)
    await router.logged("limited", msg_id=second)
    await router.logged("decided", msg_id=second, by="denied")
    assert world.replies_to(second) == []


async def test_a_guard_without_room_takes_its_else(world: Any) -> None:
    """``at most 1``: the second message of the same person gets the alternative, another person has room."""
    first, second = world.say("偶尔", "u1002"), None
    assert (await world.reply_to(first)).text == "有余"
    second = world.say("偶尔", "u1002")
    assert (await world.reply_to(second)).text == "满了"
    assert (await world.reply_to(world.say("偶尔", "u1003"))).text == "有余"


async def test_a_redelivery_is_acknowledged_and_does_nothing(world: Any) -> None:
    """A message that is pushed again is acknowledged again, logged as duplicate, and answered once."""
    (router,) = world.routers
    world.dingtalk.faults.redeliver_after = 1.0
    world.dingtalk.faults.push_twice = True
    msg_id = world.say("敲门 两次")
    await world.event("Acked", 2, msg_id=msg_id, code=200)
    world.dingtalk.faults.push_twice = False
    await router.logged("duplicate", msg_id=msg_id)
    await world.reply_to(world.say("敲门 之后"))
    assert world.replies_to(msg_id) == ["请进：敲门 两次"]


async def test_an_agent_that_cannot_be_reached_takes_the_else(world: Any) -> None:
    """With the agent down, the alternative is sent once ``reach_for`` is over; it was never asked."""
    world.agent.faults.refuse_connections = True
    turns = len(world.agent.turns)
    line = await world.reply_to(world.say("请教 有人吗", "u1004"))
    assert line.text.startswith("智能体没有回答：")
    assert len(world.agent.turns) == turns


async def test_a_failed_turn_takes_the_else(world: Any) -> None:
    """A turn that ends as succeeded with HTTP status 500 is a failure: the alternative is sent, once."""
    (router,) = world.routers
    world.agent.faults.fail = "error"
    msg_id = world.say("请教 会失败", "u1005")
    assert (await world.reply_to(msg_id)).text.startswith("智能体没有回答：")
    await router.logged("agent-ended", msg_id=msg_id, result="failed")
    assert len(world.replies_to(msg_id)) == 1


async def test_an_answer_lost_on_the_wire_does_not_ask_twice(world: Any) -> None:
    """When PRX's acceptance is lost, the turn is found again: asked once, answered once."""
    world.agent.faults.drop_answers = 1
    turns = len(world.agent.turns)
    msg_id = world.say("请教 应答丢失", "u1003")
    assert "请教 应答丢失" in (await world.reply_to(msg_id)).text
    assert len(world.agent.turns) == turns + 1


async def test_a_refusal_in_a_200_is_a_refusal(world: Any) -> None:
    """An error code in a 200 answer of the webhook is logged as refused, and the message is kept as dead."""
    (router,) = world.routers
    world.dingtalk.faults.webhook = "310000"
    msg_id = world.say("敲门 被拒")
    (dead,) = await router.logged("dead", msg_id=msg_id)
    assert dead["level"] == "error"
    assert "310000" in dead["reason"]
    assert dead["remedy"]
    await world.event("Acked", msg_id=msg_id, code=200)


async def test_the_ack_does_not_wait_for_the_agent(world: Any) -> None:
    """A message is acknowledged while its agent hangs, and answered when that is over."""
    world.agent.faults.hang = True
    msg_id = world.say("请教 慢慢来", "u1002")
    await world.event("Acked", msg_id=msg_id, code=200)
    await world.turns.until(lambda event: getattr(event, "message", "") == "请教 慢慢来")
    assert world.agent.turns[-1].status == "running"
    assert world.replies_to(msg_id) == []
    world.agent.faults.hang = False
    assert "请教 慢慢来" in (await world.reply_to(msg_id)).text


async def test_sessions_do_not_wait_for_each_other(world: Any) -> None:
    """While one person's agent turn hangs, another person's is answered, and the first one's next waits."""
    world.agent.faults.hang = True
    slow = world.say("请教 慢", "u1002")
    await world.turns.until(lambda event: getattr(event, "message", "") == "请教 慢")
    waiting = world.say("请教 等", "u1002")
    await world.event("Acked", msg_id=waiting)
    quick = world.say("敲门 快", "u1002")
    assert (await world.reply_to(quick)).text == "请进：敲门 快"
    assert [turn.message for turn in world.agent.turns if turn.message == "请教 等"] == []
    world.agent.faults.hang = False
    await world.reply_to(waiting)
    assert world.replies_to(slow)


async def test_pings_are_answered_while_callbacks_pile_up(world: Any) -> None:
    """Hundreds of callbacks at once are all acknowledged, and a ping among them gets its opaque back."""
    world.agent.faults.hang = True
    many = [
        world.say(f"代开发票 {n}", person)
        for n in range(60)
        for person in ("u1001", "u1002", "u1003", "u1004")
    ]
    world.dingtalk.send_raw(
        '{"specVersion": "1.0", "type": "SYSTEM", "headers": {"topic": "ping", "messageId": "ping-1",'
        ' "contentType": "application/json"}, "data": "{\\"opaque\\": \\"0pa-que\\"}"}'
    )
    (answer, *_) = await world.event("Acked", header_id="ping-1", code=200)
    assert "0pa-que" in answer.data
    wanted = set(many)
    await world.events.until(
        lambda event: getattr(event, "msg_id", "") in wanted and _acked(event), len(many)
    )


@pytest.mark.parametrize(
    "kind", ["bad-json", "not-object", "binary", "unknown-type", "unknown-topic", "empty-data", "no-id"]
)
async def test_a_bad_frame_harms_nobody(world: Any, kind: str) -> None:
    """After a frame that makes no sense the next message is answered over the same connection."""
    before = world.dingtalk.connections
    world.dingtalk.faults.bad_frame = kind
    msg_id = world.say(f"敲门 {kind}")
    assert (await world.reply_to(msg_id)).text == f"请进：敲门 {kind}"
    assert world.dingtalk.connections == before == 1


async def test_an_unreadable_callback_is_refused_and_counted(world: Any) -> None:
    """A callback without a message id gets 400 and a line in the log (interfaces.md section 5)."""
    (router,) = world.routers
    world.say("x", extra={"msgId": None})
    await world.event("Acked", code=400)
    await router.logged("unreadable-callback")


async def test_no_secret_was_logged(world: Any) -> None:
    """After all of this neither the bot's secret, nor the agent's token, nor a webhook's session is in the log."""
    (router,) = world.routers
    sessions = {
        event.payload["sessionWebhook"].rpartition("session=")[2]
        for event in world.events.seen
        if type(event).__name__ == "Pushed" and "sessionWebhook" in event.payload
    }
    assert sessions
    planted = {"s3cr3t-0f-th3-b0t", world.agent.token, *sessions}
    assert [secret for secret in planted if secret in router.said] == []
    assert "Traceback" not in router.said


def _acked(event: Any) -> bool:
    return type(event).__name__ == "Acked" and event.code == 200
