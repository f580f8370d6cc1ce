"""Pushes: one random connection each, repeated without an answer, honouring subscriptions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from prx_dingtalk_router.sandbox.dingtalk import (
    Acked,
    DingTalk,
    Disconnected,
    Faults,
    Pushed,
    Said,
    Undelivered,
)

ANY_EVENT = {"type": "EVENT", "topic": "*"}
CARD = {"type": "CALLBACK", "topic": "/v1.0/card/instances/callback"}
DELEGATE = {"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/delegate"}


@pytest.fixture
async def fast(serve: Any, faults: Faults) -> DingTalk:
    """A sandbox whose minute is a twentieth of a second, and which does not tire of repeating."""
    faults.redeliveries, faults.ticket_life = 10_000, 12_000
    dingtalk: DingTalk = await serve(speed=1200)
    return dingtalk


async def test_unanswered_message_comes_again_with_a_new_header_id(
    fast: DingTalk, make_bot: Any, watch: Any
) -> None:
    """After 60 s without an answer the same payload comes again under a new header id, until it is answered."""
    bot, log = make_bot(fast), watch(fast)
    socket = await bot.connect()
    msg_id = fast.say(Said("u1001", text="again"))
    first, second = await bot.frame(socket), await bot.frame(socket)
    assert first["headers"]["messageId"] != second["headers"]["messageId"]
    assert first["data"] == second["data"]
    await bot.ack(socket, second)
    await log.first(Acked, msg_id=msg_id)
    seen = log.of(Pushed, msg_id=msg_id)
    assert [each.attempt for each in seen] == list(range(1, len(seen) + 1))
    assert not fast._service.pushes._timed


async def test_answer_to_an_earlier_attempt_counts(fast: DingTalk, make_bot: Any, watch: Any) -> None:
    """A late answer to the first attempt ends the repetition too."""
    bot, log = make_bot(fast), watch(fast)
    socket = await bot.connect()
    msg_id = fast.say(Said("u1001", text="late"))
    first = await bot.frame(socket)
    await bot.frame(socket)
    await bot.ack(socket, first)
    assert (await log.first(Acked, msg_id=msg_id)).header_id == first["headers"]["messageId"]


async def test_repetition_ends(fast: DingTalk, make_bot: Any, watch: Any, faults: Faults) -> None:
    """After the last repetition nothing more comes, and observers are told."""
    faults.redeliveries = 1
    bot, log = make_bot(fast), watch(fast)
    await bot.connect()
    msg_id = fast.say(Said("u1001", text="lost"))
    given_up = await log.first(Undelivered, msg_id=msg_id)
    assert (given_up.attempts, given_up.why) == (2, "no answer")


async def test_answer_on_another_socket_does_not_count(bot: Any, dingtalk: DingTalk, log: Any) -> None:
    """An acknowledgement belongs on the socket that the frame came from."""
    one, two = await bot.connect(), await bot.connect()
    dingtalk.say(Said("u1001", text="whose?"))
    pushed = await log.first(Pushed)
    source, other = (one, two) if pushed.connection == 1 else (two, one)
    frame = await bot.frame(source)
    await bot.ack(other, frame)
    assert (await log.first(Acked)).msg_id is None
    await bot.ack(source, frame)
    assert (await log.first(Acked, count=2)).msg_id == pushed.msg_id


async def test_each_push_takes_one_connection_at_random(bot: Any, dingtalk: DingTalk, log: Any) -> None:
    """Several connections share the messages; none comes twice, both get some."""
    for _ in range(2):
        await bot.connect()
    sent = [dingtalk.say(Said("u1001", text=str(number))) for number in range(60)]
    pushed = log.of(Pushed)
    assert [each.msg_id for each in pushed] == sent
    assert {each.connection for each in pushed} == {1, 2}


async def test_bot_messages_need_their_subscription(
    fast: DingTalk, make_bot: Any, watch: Any, faults: Faults
) -> None:
    """A healthy connection without the CALLBACK entry gets no robot messages."""
    faults.redeliveries = 0
    bot, log = make_bot(fast), watch(fast)
    socket = await bot.connect(ANY_EVENT)
    msg_id = fast.say(Said("u1001", text="hello?"))
    assert (await log.first(Undelivered, msg_id=msg_id)).why == "no connection"
    fast.send_event("user_add_org", {"userId": ["u001"]})
    assert (await bot.frame(socket, "EVENT"))["headers"]["eventType"] == "user_add_org"


async def test_event_answered_later_comes_again(fast: DingTalk, make_bot: Any, watch: Any) -> None:
    """An event carries its own headers; LATER brings it again, SUCCESS ends it."""
    bot, log = make_bot(fast), watch(fast)
    socket = await bot.connect(ANY_EVENT)
    event_id = fast.send_event("user_add_org", {"userId": ["u001"]})
    frame = await bot.frame(socket, "EVENT")
    headers = frame["headers"]
    assert (headers["topic"], headers["eventId"], headers["eventCorpId"]) == ("*", event_id, "dingcorp01")
    assert headers["eventBornTime"].isdigit()
    assert json.loads(frame["data"]) == {"userId": ["u001"]}
    await bot.ack(socket, frame, data={"status": "LATER", "message": "busy"})
    again = await bot.frame(socket, "EVENT")
    assert again["headers"]["eventId"] == event_id
    await bot.ack(socket, again, data={"status": "SUCCESS", "message": "ok"})
    await log.first(Acked, header_id=again["headers"]["messageId"])
    assert not fast._service.pushes._timed


async def test_card_callback_is_answered_in_time_or_not_at_all(
    fast: DingTalk, make_bot: Any, watch: Any
) -> None:
    """A card's button arrives as JSON in strings; its answer is handed on, and two silent seconds fail it for good."""
    bot, log = make_bot(fast), watch(fast)
    socket = await bot.connect(CARD)
    fast.press("u1001", "track-silent", ("no",))
    await bot.frame(socket)
    assert (await log.first(Undelivered, msg_id="track-silent")).attempts == 1


async def test_card_answer_reaches_who_pressed(bot: Any, dingtalk: DingTalk, log: Any) -> None:
    """The response of a card callback comes back to the one who pressed."""
    socket = await bot.connect(CARD)
    answers: list[object] = []
    room = dingtalk.directory.conversations[0]
    dingtalk.press(
        "u1001",
        "track-1",
        ("ok",),
        {"k": "v"},
        conversation_id=room.id,
        on_answer=lambda ack: answers.append(ack.json_data()),
    )
    frame = await bot.frame(socket)
    body = json.loads(frame["data"])
    assert (body["type"], body["userId"], body["spaceType"], body["userIdType"]) == (
        "actionCallback",
        "u1001",
        "IM_GROUP",
        1,
    )
    assert json.loads(body["content"]) == {"cardPrivateData": {"actionIds": ["ok"], "params": {"k": "v"}}}
    await bot.ack(socket, frame, data={"response": {"cardData": {"cardParamMap": {"state": "done"}}}})
    await log.first(Acked, msg_id="track-1")
    assert answers == [{"response": {"cardData": {"cardParamMap": {"state": "done"}}}}]


async def test_held_pushes_come_when_released(bot: Any, dingtalk: DingTalk, faults: Faults, log: Any) -> None:
    """Pushes that were held back come in their order once the knob is off."""
    socket = await bot.connect()
    faults.hold_pushes = True
    sent = [dingtalk.say(Said("u1001", text=str(number))) for number in range(3)]
    assert not log.of(Pushed)
    faults.hold_pushes = False
    assert [(await bot.message(socket))["msgId"] for _ in sent] == sent


async def test_lost_push_comes_again(fast: DingTalk, make_bot: Any, faults: Faults) -> None:
    """A push that is lost on the way comes with its repetition."""
    faults.lose_pushes = 1
    bot = make_bot(fast)
    socket = await bot.connect()
    msg_id = fast.say(Said("u1001", text="once lost"))
    assert (await bot.message(socket))["msgId"] == msg_id
    assert faults.lose_pushes == 0


async def test_acknowledged_push_can_come_twice(fast: DingTalk, make_bot: Any, faults: Faults) -> None:
    """By the knob a message comes once more although it was acknowledged."""
    faults.push_twice = True
    bot = make_bot(fast)
    socket = await bot.connect()
    msg_id = fast.say(Said("u1001", text="twice"))
    assert [(await bot.message(socket))["msgId"] for _ in range(2)] == [msg_id] * 2


async def test_delayed_push(bot: Any, dingtalk: DingTalk, faults: Faults, log: Any) -> None:
    """A push waits as long as the knob says."""
    socket = await bot.connect()
    faults.push_delay = 0.05
    dingtalk.say(Said("u1001", text="slow"))
    assert not log.of(Pushed)
    assert (await bot.message(socket))["text"]["content"] == "slow"


async def test_hosted_message_comes_on_the_delegate_topic(bot: Any, dingtalk: DingTalk) -> None:
    """A message to a hosted user names the user and comes only on the delegate topic."""
    socket = await bot.connect(DELEGATE)
    dingtalk.say(Said("u1001", text="for the boss", hosted_for="manager1234"))
    frame = await bot.frame(socket)
    assert frame["headers"]["topic"] == DELEGATE["topic"]
    assert json.loads(frame["data"])["hostingContext"] == {"userId": "manager1234", "nick": "周建国"}


async def test_thousand_messages_arrive_once_each(bot: Any, dingtalk: DingTalk) -> None:
    """A burst arrives whole, in order on one connection."""
    socket = await bot.connect()
    sent = [dingtalk.say(Said("u1001", text=str(number))) for number in range(1000)]
    got = [(await bot.message(socket))["msgId"] for _ in sent]
    assert got == sent


async def test_dead_socket_swallows_pushes_for_a_while(
    bot: Any, dingtalk: DingTalk, faults: Faults, log: Any
) -> None:
    """For a while after a loss pushes may still go to the dead connection, and only the repetition arrives elsewhere."""
    faults.dead_socket = 3600
    socket = await bot.connect()
    await bot.frame(socket, "SYSTEM")
    dingtalk.cut()
    await log.first(Disconnected)
    dingtalk.say(Said("u1001", text="into the void"))
    assert log.of(Pushed, connection=1)
    second = await bot.connect()
    sent = [dingtalk.say(Said("u1001", text=str(number))) for number in range(60)]
    assert {each.connection for each in log.of(Pushed)} == {1, 2}
    alive = [each.msg_id for each in log.of(Pushed, connection=2)]
    assert [(await bot.message(second))["msgId"] for _ in alive] == alive
    assert len(alive) < len(sent)
    faults.dead_socket = 0
    assert dingtalk.connections == 1


async def test_clean_close_leaves_no_dead_socket(
    bot: Any, dingtalk: DingTalk, faults: Faults, log: Any
) -> None:
    """After a close frame nothing is sent to the old connection."""
    faults.dead_socket = 3600
    socket = await bot.connect()
    await socket.close()
    await log.first(Disconnected)
    dingtalk.say(Said("u1001", text="nobody there"))
    assert not log.of(Pushed)
