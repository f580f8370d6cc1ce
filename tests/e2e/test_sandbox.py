"""``run --sandbox``: nothing but rules, and a page to chat on (interfaces.md section 1)."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

HELPDESK = Path(__file__).parents[2] / "examples" / "helpdesk"
PATIENCE = 30.0


class Page:
    """One window of the chat page, over the page's own protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.items: list[dict[str, Any]] = []

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Read until something wanted comes."""
        async with asyncio.timeout(PATIENCE):
            while True:
                item = json.loads(await self._socket.receive_str())
                self.items.append(item)
                if wanted(item):
                    return item

    async def say(self, person: str, conversation: str, text: str) -> str:
        """Write as somebody; the message id."""
        await self._socket.send_json(
            {
                "id": text,
                "ask": "say",
                "person": person,
                "conversation": conversation,
                "type": "text",
                "text": text,
            }
        )
        answer = await self.until(lambda item: item["type"] in ("done", "refused") and item["id"] == text)
        assert answer["type"] == "done", answer
        msg_id: str = answer["msg_id"]
        return msg_id


async def page_of(router: Any) -> str:
    """The address that the router tells people to open."""
    (line, *_) = await router.log.until(lambda line: line["event"] == "" and "http://" in line["text"])
    return str(line["text"]).rpartition(" ")[2]


async def test_a_message_on_the_page_is_decided_and_answered(sandboxed: Callable[..., Any]) -> None:
    """What somebody writes on the page is decided by the example's rules, shown with why, and answered by an agent."""
    router = await sandboxed("--config", HELPDESK / "prx-router.toml")
    url = await page_of(router)
    assert "connected" in [line["event"] for line in router.log.seen], (
        "the address comes below the log of the start"
    )
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(f"{url}socket", origin=url.rstrip("/")) as socket,
    ):
        page = Page(socket)
        snapshot = await page.until(lambda item: item["type"] not in ("done", "refused"))
        assert snapshot
        msg_id = await page.say("u1003", "cidITHelpDesk2026A1==", "VPN 密码重置")
        mentions = [item for item in page.items if msg_id in json.dumps(item)]
        assert mentions
        decided = await page.until(lambda item: item["type"] == "decision" and msg_id in json.dumps(item))
        assert '"vpn"' in json.dumps(decided)
        assert "trace" in json.dumps(decided)
        await page.until(lambda item: "已收到，IT 助手正在处理" in json.dumps(item, ensure_ascii=False))
        asked = {"person": "u1004", "conversation": "cidITHelpDesk2026A1==", "text": "VPN 密码重置"}
        await socket.send_json({"id": "e", "ask": "explain", **asked})
        explained = await page.until(lambda item: item.get("id") == "e")
        assert (explained["decision"]["by"], explained["decision"]["steps"][0]["position"]) == (
            "it-topics",
            "1",
        )
        await socket.send_json({"id": "t", "ask": "test", "msg_id": msg_id})
        test = await page.until(lambda item: item.get("id") == "t")
        assert 'given "VPN 密码重置" from "u1003" named "王芳" in group "IT 服务台"' in test["test"]
        await socket.send_json(
            {"id": "f", "ask": "fault", "of": "agent:helpdesk", "name": "fail", "value": "error"}
        )
        failing = await page.say("u1001", "cidITHelpDesk2026A1==", "打印机坏了")
        told = await page.until(
            lambda item: (
                item["type"] == "outcomes" and item["msg_id"] == failing and "failed" in json.dumps(item)
            )
        )
        assert [(each["kind"], each["step"]) for each in told["outcomes"]] == [
            ("started", "1"),
            ("failed", "1"),
        ]
        assert all(each["after_ms"] >= 0 for each in told["outcomes"])
        await page.until(lambda item: "IT 助手暂时不可用" in json.dumps(item, ensure_ascii=False))
    router.signal(signal.SIGINT)
    assert await router.ended() == 130
    assert "Traceback" not in router.said


async def test_it_needs_no_configuration(
    sandboxed: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules alone are enough: everybody is admitted, and the agents that they name exist."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.rules").write_text("otherwise agent 客服\n", "utf-8")
    router = await sandboxed("--rules", "main.rules")
    (started,) = await router.logged("starting")
    assert started["agents"] == "客服"
    url = await page_of(router)
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        assert answer.status == 200
    router.signal(signal.SIGTERM)
    assert await router.ended() == 0
    assert "Traceback" not in router.said


async def test_once_in_the_sandbox_ends(sandboxed: Callable[..., Any]) -> None:
    """``--sandbox --once`` starts everything, finds nothing to do, and ends with 0: a smoke test for scripts."""
    router = await sandboxed("--once", "--config", HELPDESK / "prx-router.toml")
    assert await router.ended() == 0
