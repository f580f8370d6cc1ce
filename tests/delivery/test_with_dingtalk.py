"""From a callback of the sandbox's DingTalk to what its conversation shows."""

from __future__ import annotations

import json

import aiohttp
import pytest

from prx_dingtalk_router.decision.model import AgentStep, Decision, Mention, ReplyStep
from prx_dingtalk_router.delivery import AgentPool, Dispatcher, MemoryJournal, Replies, SessionWebhook
from prx_dingtalk_router.message import read_message
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Said

APP = ("dingsandbox0001", "secret")


@pytest.fixture
async def dingtalk():
    """The sandbox's DingTalk with its demo company."""
    service = DingTalk(Directory.demo(*APP))
    await service.start()
    yield service
    await service.stop()


@pytest.fixture
async def listen(dingtalk):
    """Lets somebody say something and gives the message that a robot reads from its callback."""
    async with aiohttp.ClientSession() as session:
        opened = await session.post(
            f"{dingtalk.base_url}/v1.0/gateway/connections/open",
            headers={"accept": "application/json"},
            json={
                "clientId": APP[0],
                "clientSecret": APP[1],
                "subscriptions": [{"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"}],
            },
        )
        ticket = json.loads(await opened.read())
        async with session.ws_connect(ticket["endpoint"], params={"ticket": ticket["ticket"]}) as socket:

            async def hear(said):
                dingtalk.say(said)
                while True:
                    frame = json.loads(await socket.receive_str(timeout=10))
                    if frame["type"] == "CALLBACK":
                        ack = {"code": 200, "headers": frame["headers"], "message": "OK", "data": "{}"}
                        await socket.send_json(ack)
                        return read_message(json.loads(frame["data"]), received_ms=0, client_id=APP[0])

            yield hear


async def test_replies_and_answers_are_shown_where_they_belong(dingtalk, listen, world):
    """A reply with a mention and a long answer are taken by the service, whole, in the group that was written in."""

    async def answer(request):
        return "# 报告\n\n" + "\n".join(f"- 第 {number} 项：{request.message}" for number in range(900))

    await world.agent(answer=answer)
    group = dingtalk.directory.conversations[0]
    person = next(
        dingtalk.directory.person(member)
        for member in group.members
        if dingtalk.directory.person(member).staff_id
    )
    message = await listen(Said(person.staff_id, group.id, text="月报"))
    host = dingtalk.base_url.removeprefix("http://")
    pool = AgentPool(world.tables)
    world.pools.append(pool)
    replies = Replies([SessionWebhook(world.http, [host])])
    dispatcher = Dispatcher(MemoryJournal(), pool, replies, observers=[world.watch])
    world.dispatchers.append(dispatcher)
    steps = (
        ReplyStep(rule="r", position="1", template="稍等", mention=Mention()),
        AgentStep(rule="r", position="2", agent="desk", timeout=30.0, session="sender"),
    )
    await dispatcher.accept(Decision(message, "sha256:0", "r", steps=steps, client_id=APP[0]))
    await dispatcher.idle()
    said = [line for line in dingtalk.transcript(group.id) if line.author == "robot"]
    assert len(said) > 2
    assert said[0].mentions == (person.staff_id,)
    assert {line.in_reply_to for line in said} == {message.msg_id}
    assert all(line.markdown and not line.mentions for line in said[1:])
    shown = "\n".join(line.text for line in said[1:])
    assert [shown.count(f"- 第 {number} 项：月报") for number in (0, 450, 899)] == [1, 1, 1]


CALLS = "@{other} @\u200b{other} ＠{other} @13800138000 @all @ALL @所有人 @全体成员 @$:LWCP_v1:$x <a atId={other}>x</a>"


@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize("mention", [None, Mention()], ids=["nobody", "sender"])
async def test_words_of_a_person_call_nobody_out(dingtalk, listen, world, format, mention):  # noqa: A002
    """By DingTalk's own reading of what comes: neither in what was written nor in names, titles and quotes, in any reply."""
    group = dingtalk.directory.conversations[0]
    person, other = [
        found.staff_id
        for member in group.members
        if (found := dingtalk.directory.person(member)) is not None and found.staff_id
    ][:2]
    words = CALLS.format(other=other)
    extra = {"senderNick": words, "conversationTitle": words}
    message = await listen(Said(person, group.id, text=words, extra=extra))
    assert other in message.text
    template = "{{ text }} {{ sender.name }} {{ conversation.title }} {{ match.all }}"
    step = ReplyStep(
        rule="r", position="1", template=template, format=format, mention=mention, match={"all": words}
    )
    host = dingtalk.base_url.removeprefix("http://")
    dispatcher = Dispatcher(MemoryJournal(), AgentPool({}), Replies([SessionWebhook(world.http, [host])]))
    world.dispatchers.append(dispatcher)
    await dispatcher.accept(Decision(message, "sha256:0", "r", steps=(step,), client_id=APP[0]))
    await dispatcher.idle()
    (line,) = [line for line in dingtalk.transcript(group.id) if line.author == "robot"]
    assert line.mentions == (() if mention is None else (person,))
