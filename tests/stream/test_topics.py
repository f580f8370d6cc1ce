"""The table of topics, over a real connection: each callback to its handler, and the answer to everything else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from prx_dingtalk_router.stream import BOT_MESSAGES, Callback, Opened, Subscription, Topics, acknowledge
from prx_dingtalk_router.stream.events import Answer

CARDS = "/v1.0/card/instances/callback"


class Handlers:
    """Two handlers that note what they get and answer it."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str]]] = []
        self.topics = Topics({BOT_MESSAGES: self.messages, CARDS: self.cards})

    async def messages(self, callbacks: Sequence[Callback]) -> None:
        """Answer messages."""
        self.taken.append(("messages", [each.message_id for each in callbacks]))
        await acknowledge(callbacks)

    async def cards(self, callbacks: Sequence[Callback]) -> None:
        """Answer cards with what the card shows next."""
        self.taken.append(("cards", [each.message_id for each in callbacks]))
        for each in callbacks:
            await each.ack(data={"response": {"cardData": {}}})


async def test_each_callback_goes_to_the_handler_of_its_topic(
    gateway: Any, consume: Any, frames: Any
) -> None:
    """What is subscribed to is what has a handler, and a batch is given to each in the order in which it came."""
    handlers = Handlers()
    consumer = consume(answers=False, subscriptions=handlers.topics.subscriptions)
    socket = await gateway.next_socket()
    assert gateway.registrations[-1]["subscriptions"] == [
        {"type": "CALLBACK", "topic": BOT_MESSAGES},
        {"type": "CALLBACK", "topic": CARDS},
    ]
    await socket.push(
        frames.callback("m-1"),
        frames.callback("c-1", topic=CARDS),
        frames.callback("m-2"),
    )
    await consumer.until(Callback, 3)
    rest = await handlers.topics.hand_out(consumer.events)
    assert [type(each) for each in rest] == [Opened]
    assert handlers.taken == [("messages", ["m-1", "m-2"]), ("cards", ["c-1"])]
    assert json.loads((await socket.answer_to("c-1"))["data"]) == {"response": {"cardData": {}}}
    assert (await socket.answer_to("m-2"))["code"] == 200


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (("callback", "/v1.0/graph/api/invoke"), 404),
        (("system", "something-new"), 404),
        (("event", "*"), 200),
        (("system", "ping"), 200),
    ],
)
async def test_what_has_no_handler_is_answered_by_the_table(
    gateway: Any, consume: Any, frames: Any, frame: tuple[str, str], code: int
) -> None:
    """Unknown topics get 404, events nobody asked for ``SUCCESS``, pings their opaque; all are counted (interfaces.md section 5)."""
    consumer = consume(subscriptions=Handlers().topics.subscriptions)
    socket = await gateway.next_socket()
    kind, topic = frame
    if kind == "callback":
        await socket.push(frames.callback("x-1", topic=topic))
    else:
        pushed = frames.system(topic, "x-1", {"opaque": "o"})
        await socket.push(pushed | {"type": kind.upper()})
    answer = await socket.answer_to("x-1")
    assert answer["code"] == code
    if kind == "event":
        assert json.loads(answer["data"])["status"] == "SUCCESS"
    if topic == "ping":
        assert json.loads(answer["data"]) == {"opaque": "o"}
    assert consumer.client.counters.acks[code] == 1
    assert consumer.client.counters.frames[kind.upper()] == 1


async def test_a_callback_of_no_handler_is_given_back() -> None:
    """Whoever subscribes to more than the table holds gets the others back, and answers them."""
    future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    other = Callback("other", "m-1", {}, "{}", "1", 1, Answer("m-1", lambda _: [future]))
    handlers = Handlers()
    assert await handlers.topics.hand_out([other]) == [other]
    assert handlers.taken == []
    assert handlers.topics.subscriptions == (
        Subscription("CALLBACK", BOT_MESSAGES),
        Subscription("CALLBACK", CARDS),
    )
