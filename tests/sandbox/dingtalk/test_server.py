"""The sandbox's DingTalk as a whole: written, pushed, acknowledged, answered, shown."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.dingtalk import Acked, DingTalk, Directory, Pushed, Replied, Said


async def test_message_is_pushed_acknowledged_answered_and_shown(
    dingtalk: DingTalk, bot: Any, log: Any
) -> None:
    """What a person writes arrives as a callback, and the webhook's reply stands in the same conversation."""
    socket = await bot.connect()
    msg_id = dingtalk.say(Said("u1001", text="VPN 密码重置"))
    payload = await bot.message(socket)
    assert payload["msgId"] == msg_id
    assert payload["text"] == {"content": "VPN 密码重置"}
    acked = await log.first(Acked, msg_id=msg_id)
    assert acked.code == 200
    assert acked.header_id == log.of(Pushed)[0].header_id

    status, answer = await bot.post(
        payload["sessionWebhook"], {"msgtype": "markdown", "markdown": {"title": "VPN", "text": "**已重置**"}}
    )
    assert (status, answer) == (200, {"errcode": 0, "errmsg": "ok"})
    lines = dingtalk.transcript(payload["conversationId"])
    assert [(line.author, line.text) for line in lines] == [
        ("person", "VPN 密码重置"),
        ("robot", "**已重置**"),
    ]
    assert lines[1].in_reply_to == msg_id
    assert lines[1].markdown
    assert log.of(Replied, msg_id=msg_id, errcode=0, route="webhook")
    assert payload["conversationId"] == dingtalk.directory.private("u1001").id


async def test_a_draft_is_what_would_be_pushed_and_nothing_else(
    dingtalk: DingTalk, bot: Any, log: Any
) -> None:
    """The callback of the same message, at the time that it says; nobody sees it, and no robot gets it."""
    socket = await bot.connect()
    said = Said("u1001", text="VPN 密码重置", created_at=1_795_953_600_000)
    draft = dingtalk.draft(said)
    assert draft is not None
    assert dingtalk.draft(Said("u1001", "cidITHelpDesk2026A1==", text="x", at_robot=False)) is None
    assert dingtalk.transcript(dingtalk.directory.private("u1001").id) == []
    dingtalk.say(said)
    payload = await bot.message(socket)
    assert len(log.of(Pushed)) == 1
    own = {"msgId", "sessionWebhook", "sessionWebhookExpiredTime"}
    assert {key: value for key, value in draft.items() if key not in own} == {
        key: value for key, value in payload.items() if key not in own
    }
    assert payload["createAt"] == 1_795_953_600_000
    assert payload["sessionWebhookExpiredTime"] > 1_000 * time.time()
    (line,) = dingtalk.transcript(payload["conversationId"])
    assert (line.said_at, line.at > 0, draft["sessionWebhook"]) == (1_795_953_600_000, True, "")


async def test_taken_port_is_told(dingtalk: DingTalk, directory: Directory) -> None:
    """A second sandbox on the same port says that the address is taken, and can be started elsewhere."""
    port = int(dingtalk.base_url.rpartition(":")[2])
    second = DingTalk(directory)
    with pytest.raises(SandboxError, match=str(port)):
        await second.start(port=port)
    await second.start()
    assert second.base_url != dingtalk.base_url
    await second.stop()


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (Said("nobody", text="x"), "nobody"),
        (Said("u1001", "cidNothing", text="x"), "cidNothing"),
        (Said("u1003", "cidOpsOnCall2026B22==", text="x"), "王芳"),
        (Said("u1001", "cidOpsOnCall2026B22==", "file"), "file"),
        (Said("u1001", type="telegram"), "telegram"),  # type: ignore[arg-type]
        (Said("u1001", text="x", quote="msgNone=="), "msgNone=="),
        (Said("u1001", text="x", mentions=("ghost",)), "ghost"),
        (Said("u1001", text="x", robots=("ghost",)), "ghost"),
        (Said("u1001", text="x", hosted_for="ghost"), "ghost"),
    ],
)
def test_what_cannot_be_said(dingtalk: DingTalk, log: Any, said: Said, named: str) -> None:
    """Unknown people, places, types and quotes are errors that name them; nothing appears."""
    with pytest.raises(SandboxError, match=named):
        dingtalk.say(said)
    assert not log.events


def test_nothing_is_said_before_the_start(directory: Directory) -> None:
    """A sandbox that is not running says so."""
    with pytest.raises(SandboxError, match="not running"):
        DingTalk(directory).say(Said("u1001", text="x"))


@pytest.mark.parametrize("speed", [0, -1, float("inf"), float("nan")])
def test_speed_must_make_sense(directory: Directory, speed: float) -> None:
    """A speed of zero, less, or without end is refused."""
    with pytest.raises(SandboxError):
        DingTalk(directory, speed=speed)


_THERE = {("POST", "/v1.0/gateway/connections/open"), ("POST", "/robot/sendBySession"), ("GET", "/gettoken")}
_PATHS = ["/", "/v1.0/nothing", "/robot/send", *(path for _, path in sorted(_THERE))]


@pytest.mark.parametrize(
    ("method", "path"),
    sorted(
        {(method, path) for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS") for path in _PATHS} - _THERE
    ),
)
async def test_what_is_not_there_is_refused_as_the_api_host_does(
    dingtalk: DingTalk, bot: Any, method: str, path: str
) -> None:
    """An unknown path, and a known one with another method, is a 404 in JSON that names the mistake."""
    async with bot.http.request(method, dingtalk.base_url + path, json={}) as answer:
        body = await answer.json()
    assert (answer.status, body["code"]) == (404, "InvalidAction.NotFound")
    assert body["requestid"]


async def test_start_and_stop_can_be_repeated(directory: Directory) -> None:
    """Starting twice is an error, stopping twice none, and the same object starts again on its port."""
    dingtalk = DingTalk(directory)
    await dingtalk.start()
    port = int(dingtalk.base_url.rpartition(":")[2])
    with pytest.raises(SandboxError, match="before"):
        await dingtalk.start()
    await dingtalk.stop()
    await dingtalk.stop()
    await dingtalk.start(port=port)
    assert dingtalk.base_url.endswith(f":{port}")
    await dingtalk.stop()


async def test_stop_ends_connections_and_repetitions(dingtalk: DingTalk, bot: Any, log: Any) -> None:
    """After a stop no connection is left and nothing is pushed any more."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", text="never answered"))
    await bot.frame(socket)
    await dingtalk.stop()
    assert dingtalk.connections == 0
    assert (await socket.receive(timeout=10)).data is None


async def test_address_that_is_none(directory: Directory) -> None:
    """An address of no machine, and a port that is none, are told, not thrown."""
    for host, port in (("203.0.113.1", 0), ("127.0.0.1", 70_000)):
        with pytest.raises(SandboxError):
            await DingTalk(directory).start(host, port)


async def test_addresses_follow_the_name_that_the_bot_uses(directory: Directory, make_bot: Any) -> None:
    """On all addresses the sandbox names a usable one, and endpoint and webhooks lead to the host that the bot asked."""
    dingtalk = DingTalk(directory)
    await dingtalk.start("0.0.0.0")  # noqa: S104 - what is tested
    assert dingtalk.base_url.startswith("http://127.0.0.1:")
    bot = make_bot(dingtalk)
    dingtalk.base_url = dingtalk.base_url.replace("127.0.0.1", "localhost")
    _, granted = await bot.register()
    assert granted["endpoint"].startswith("ws://localhost:")
    socket = await bot.open(granted)
    dingtalk.say(Said("u1001", text="where?"))
    assert (await bot.message(socket))["sessionWebhook"].startswith("http://localhost:")
    await socket.close()
    await dingtalk.stop()


async def test_connections_can_be_waited_for(dingtalk: DingTalk, bot: Any) -> None:
    """Whoever waits for connections is woken once there are enough."""
    waiting = asyncio.create_task(dingtalk.connected(2))
    await bot.connect()
    assert not waiting.done()
    await bot.connect()
    await asyncio.wait_for(waiting, 10)
    assert dingtalk.connections == 2
