"""The page's server: who may talk to it, and what it says over its WebSocket."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest
from yarl import URL

from prx_dingtalk_router.errors import SandboxError, UsageError
from prx_dingtalk_router.sandbox.page import ChatPage
from prx_dingtalk_router.sandbox.page.view import EXPLAINED
from prx_dingtalk_router.sandbox.world import Sandbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


def origin(world: Sandbox) -> dict[str, str]:
    """The header with which a browser names the page itself."""
    return {"Origin": world.page.url.rstrip("/")}


async def ask(window: aiohttp.ClientWebSocketResponse, **request: object) -> Any:
    """Send a request and pass over what is told meanwhile."""
    await window.send_json({"id": 7, **request})
    while (answer := await window.receive_json()).get("id") != 7:
        pass
    return answer


async def test_answers_forbid_everything_that_is_not_the_pages_own(
    world: Sandbox, http: aiohttp.ClientSession
) -> None:
    """Page, assets and errors come with a policy that allows no inline script, no other host and no frame."""
    for path in ("", "assets/app.js", "assets/none.js"):
        async with http.get(world.page.url + path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "assets/../server.py",
        "assets/..%2fserver.py",
        "assets/%2e%2e/server.py",
        "assets/",
        "assets/%00.js",
        f"assets/{'a' * 300}.js",
    ],
)
async def test_only_its_own_files_are_served(world: Sandbox, http: aiohttp.ClientSession, path: str) -> None:
    """No path leads out of the folder of assets."""
    async with http.get(URL(world.page.url + path, encoded=True)) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "a@127.0.0.1", "x y", ""]
)
async def test_other_hosts_names_are_refused(world: Sandbox, http: aiohttp.ClientSession, host: str) -> None:
    """A name that somebody points at this machine opens nothing (DNS rebinding)."""
    async with http.get(world.page.url, headers={"Host": host}) as answer:
        assert answer.status in (400, 403)
    async with http.get(world.page.url, headers={"Host": "localhost:1"}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1"}]
)
async def test_other_sites_get_no_socket(
    world: Sandbox, http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    """A WebSocket is opened for the page's own origin only."""
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await http.ws_connect(world.page.url + "socket", headers=headers)
    assert refused.value.status == 403


async def test_a_window_gets_everything_and_then_what_changes(
    world: Sandbox, http: aiohttp.ClientSession
) -> None:
    """The first message is a snapshot; what one window says the other hears, with the decision and the connections."""
    async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as window:
        snapshot = await window.receive_json()
        assert snapshot["type"] == "snapshot"
        assert {each["key"] for each in snapshot["people"]} >= {"u1001", "g9001"}
        assert [each["external"] for each in snapshot["people"] if each["key"] == "g9001"] == [True]
        private = [each for each in snapshot["conversations"] if each["members"] == ["u1001"]]
        assert len(private) == 1
        done = await ask(window, ask="say", person="u1001", conversation=private[0]["id"], text="你好")
        assert done["type"] == "done"
        async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as second:
            line = (await second.receive_json())["lines"][0]
            assert (line["text"], line["person"], line["msg_id"]) == ("你好", "u1001", done["msg_id"])
            world.page.show_decision(done["msg_id"], {"by": "vpn", "outcome": "reply", "steps": []})
            told = await second.receive_json()
            assert (told["type"], told["msg_id"], told["decision"]["by"]) == (
                "decision",
                done["msg_id"],
                "vpn",
            )
        async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as third:
            assert (await third.receive_json())["decisions"][done["msg_id"]]["by"] == "vpn"


async def test_snapshots_hold_no_session_webhook(
    world: Sandbox, router: object, http: aiohttp.ClientSession
) -> None:
    """Neither what a page is told at first nor the events later show where replies are posted, or the secret."""
    async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as window:
        snapshot = await window.receive_json()
        room = world.dingtalk.directory.private("u1001").id
        await ask(window, ask="say", person="u1001", conversation=room, text="VPN")
        heard = [json.dumps(snapshot)]
        while '"Replied"' not in heard[-1]:
            heard.append((await window.receive()).data)
    for said in heard:
        assert "secret" not in said.replace("clientSecret", "")
        for piece in said.split("session=")[1:]:
            assert piece.startswith("***")


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"ask": "fly"}, "看不懂"),
    ({"ask": "say", "person": "nobody", "conversation": "x", "text": "a"}, "nobody"),
    ({"ask": "say", "person": "u1001", "conversation": "nowhere", "text": "a"}, "nowhere"),
    ({"ask": "say", "person": "g9001", "conversation": "cidITHelpDesk2026A1==", "text": "a"}, "不在会话"),
    ({"ask": "say", "person": "u1001", "conversation": "cidITHelpDesk2026A1==", "text": 5}, "`text`"),
    (
        {"ask": "say", "person": "u1001", "conversation": "cidITHelpDesk2026A1==", "type": "hologram"},
        "`type`",
    ),
    (
        {"ask": "say", "person": "u1001", "conversation": "cidITHelpDesk2026A1==", "mentions": "all"},
        "`mentions`",
    ),
    ({"ask": "say", "person": "u1001", "conversation": "cidITHelpDesk2026A1==", "quote": 1}, "`quote`"),
    (
        {"ask": "say", "person": "u1001", "conversation": "cidITHelpDesk2026A1==", "at_robot": "no"},
        "`at_robot`",
    ),
    (
        {"ask": "say", "person": "u1001", "conversation": "cidITHelpDesk2026A1==", "text": "长" * 20_001},
        "20000",
    ),
    ({"ask": "say", "person": "u1001", "conversation": "cidITHelpDesk2026A1==", "type": "audio"}, "audio"),
    ({"ask": "fault", "of": "agent:nobody", "name": "hang", "value": "true"}, "agent:nobody"),
    ({"ask": "fault", "of": "dingtalk", "name": "gravity", "value": "9.8"}, "gravity"),
    ({"ask": "disconnect"}, "没有连接"),
    (
        {"ask": "say", "person": "u1001", "conversation": "cidITHelpDesk2026A1==", "text": "a", "at": "周日"},
        "`at`",
    ),
    (
        {"ask": "explain", "person": "u1001", "conversation": "cidITHelpDesk2026A1==", "text": "a"},
        "没有路由器",
    ),
    ({"ask": "test", "msg_id": "m1"}, "没有路由器"),
    ({"ask": "person", "staff_id": "u1001", "nick": "n"}, "u1001"),
    ({"ask": "person", "staff_id": "a b", "nick": "n"}, "工号"),
    ({"ask": "person", "staff_id": "u9", "nick": " "}, "姓名"),
    ({"ask": "person", "staff_id": "u9", "nick": "n", "admin": "yes"}, "admin"),
    ({"ask": "dismiss", "key": "nobody"}, "nobody"),
]


@pytest.mark.parametrize(("request_", "why"), REFUSED)
async def test_bad_requests_are_refused_with_the_reason(
    world: Sandbox, http: aiohttp.ClientSession, request_: dict[str, object], why: str
) -> None:
    """Whatever a window asks wrongly is answered with a sentence, and the connection stays."""
    async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as window:
        refused = await ask(window, language="zh", **request_)
        assert refused["type"] == "refused"
        assert why in refused["why"]
        assert (await ask(window, ask="fault", of="agent:general", name="hang", value="true"))[
            "type"
        ] == "done"
    assert world.agents["general"].faults.hang is True


async def test_people_come_change_and_go_in_every_window(world: Sandbox, http: aiohttp.ClientSession) -> None:
    """What one window changes all are told; whoever is renamed keeps the groups, and writes as who one is now."""
    async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as window:
        await window.receive_json()
        for staff_id, key in (("u2001", None), ("u2002", "u2001")):
            done = await ask(window, ask="person", key=key, staff_id=staff_id, nick="新 人", admin=True)
            assert done["key"] == staff_id
            told = await window.receive_json()
            assert (told["type"], told["people"][-1]["key"]) == ("people", staff_id)
        room = world.dingtalk.directory.private("u2002").id
        assert (await ask(window, ask="say", person="u2002", conversation=room, text="a"))["type"] == "done"
        assert (await ask(window, ask="dismiss", key="u2002"))["type"] == "done"
        assert "u2002" not in {each["key"] for each in (await window.receive_json())["people"]}


async def test_faults_are_turned_off_together(world: Sandbox, http: aiohttp.ClientSession) -> None:
    """Whatever was turned, of DingTalk and of agents, is as it was at first."""
    world.dingtalk.faults.webhook = "310000"
    world.agents["general"].faults.hang = True
    async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as window:
        assert (await ask(window, ask="mend"))["type"] == "done"
    assert (world.dingtalk.faults.webhook, world.agents["general"].faults.hang) == ("ok", False)


class Oracle:
    """An advisor that names the message it was asked about."""

    def explain(self, callback: Mapping[str, object]) -> Mapping[str, object]:
        """Say the text and the time of a callback."""
        return {"by": "vpn", "said": callback["text"], "at": callback["createAt"], "steps": []}

    def write_test(self, msg_id: str) -> str:
        """Refuse."""
        raise UsageError("matching.no-test")


async def test_the_router_is_asked_about_what_is_not_sent(
    world: Sandbox, http: aiohttp.ClientSession
) -> None:
    """It gets the callback that would be pushed; nobody sees the message, and its refusals are told."""
    world.page.consult(Oracle())
    room = world.dingtalk.directory.private("u1001").id
    said = {"person": "u1001", "conversation": room, "text": "VPN", "at": 1_795_953_600_000}
    async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as window:
        assert (await window.receive_json())["rules"]["explains"] is True
        done = await ask(window, ask="explain", **said)
        assert done["decision"] == {"by": "vpn", "said": {"content": "VPN"}, "at": said["at"], "steps": []}
        group = {**said, "conversation": "cidITHelpDesk2026A1==", "at_robot": False}
        assert (await ask(window, ask="explain", **group))["decision"] is None
        refused = await ask(window, ask="test", msg_id="m1", language="en")
        assert "a percentage of messages" in refused["why"]
    assert world.dingtalk.transcript(room) == []


async def test_what_every_rule_said_is_kept_of_the_latest(
    world: Sandbox, http: aiohttp.ClientSession
) -> None:
    """A page that opens late gets all decisions, and of the earlier ones the outcome alone."""
    for number in range(EXPLAINED + 1):
        world.page.show_decision(f"m{number}", {"by": "vpn", "steps": [], "trace": [{"rule": "vpn"}]})
    async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as window:
        decisions = (await window.receive_json())["decisions"]
    assert [name for name, each in decisions.items() if not each["trace"]] == ["m0"]
    assert decisions["m0"]["by"] == "vpn"


async def test_half_of_a_surrogate_pair_silences_no_window(
    world: Sandbox, http: aiohttp.ClientSession
) -> None:
    """Text that UTF-8 cannot carry is mended on its way in, and neither this window nor a later one falls silent."""
    room = world.dingtalk.directory.private("u1001").id
    async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as window:
        done = await ask(window, ask="say", person="u1001", conversation=room, text="a\ud800b")
        assert done["type"] == "done"
        assert (await ask(window, ask="say", person="\udfff"))["type"] == "refused"
        world.page.show_decision(done["msg_id"], {"by": "\ud800", "outcome": "drop", "steps": []})
        assert (await ask(window, ask="fly"))["type"] == "refused"
    async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as window:
        assert (await window.receive_json())["lines"][0]["text"] == "a\ufffdb"


@pytest.mark.parametrize("text", ["", "nonsense", "[1]", "[" * 100_000, '{"id": NaN, "ask": "disconnect"}'])
async def test_messages_that_are_no_request_are_refused(
    world: Sandbox, http: aiohttp.ClientSession, text: str
) -> None:
    """Text that is no JSON object is answered, not fatal."""
    async with http.ws_connect(world.page.url + "socket", headers=origin(world)) as window:
        await window.receive_json()
        await window.send_str(text)
        refused = await window.receive_json()
        assert (refused["type"], refused["id"]) == ("refused", None)


async def test_a_taken_port_is_a_clear_error(world: Sandbox) -> None:
    """A port that somebody else uses is named in a SandboxError."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        page = ChatPage(world.dingtalk, world.agents)
        with pytest.raises(SandboxError, match=str(port)):
            await page.start(port=port)
        await page.stop()


@pytest.mark.parametrize("port", [65_536, 10**9])
async def test_an_impossible_port_is_a_clear_error(world: Sandbox, port: int) -> None:
    """A number that is no port is named in a SandboxError."""
    with pytest.raises(SandboxError, match=str(port)):
        await ChatPage(world.dingtalk, world.agents).start(port=port)


async def test_a_page_everywhere_is_opened_on_loopback(world: Sandbox) -> None:
    """The address to open names this machine when the page listens on all of its addresses."""
    page = ChatPage(world.dingtalk, world.agents)
    await page.start("0.0.0.0")  # noqa: S104 - the case under test
    assert page.url.startswith("http://127.0.0.1:")
    await page.stop()


async def test_a_page_starts_once_and_stops_twice(world: Sandbox) -> None:
    """A second start is an error; a second stop is nothing."""
    with pytest.raises(SandboxError):
        await world.page.start()
    await world.page.stop()
    await world.page.stop()
