"""A world on loopback, a small router that connects to it, and a browser that looks at it."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright, expect

from prx_dingtalk_router.cli.chat_page import shown
from prx_dingtalk_router.language import check_rules
from prx_dingtalk_router.matching import Baseline, Router
from prx_dingtalk_router.message import read_message
from prx_dingtalk_router.sandbox.prx import TurnRequest
from prx_dingtalk_router.sandbox.world import Sandbox

CLIENT_ID = "dingpagetest01"
TOPIC = "/v1.0/im/bot/messages/get"
SUGGESTIONS = ("VPN 密码重置", "报销流程是什么？")
CHROMIUM_ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PATIENCE_MS = 25_000
"""What is awaited comes at once, unless others keep the machine busy."""
expect.set_options(timeout=PATIENCE_MS)

Payload = dict[str, Any]
Handler = Callable[["SmallRouter", Payload], Awaitable[None]]


class SmallRouter:
    """A robot over Stream Mode: acknowledges every frame and lets ``handler`` act on callbacks."""

    def __init__(self, world: Sandbox, http: aiohttp.ClientSession, rules: Router, handler: Handler) -> None:
        self.world = world
        self.rules = rules
        self.http = http
        self._handler = handler
        self._running = asyncio.create_task(self._run())

    async def _run(self) -> None:
        credentials = {"clientId": CLIENT_ID, "clientSecret": "secret"}
        body = {**credentials, "subscriptions": [{"type": "CALLBACK", "topic": TOPIC}], "ua": "page-test/1"}
        url = f"{self.world.dingtalk.base_url}/v1.0/gateway/connections/open"
        async with self.http.post(url, json=body, headers={"Accept": "application/json"}) as answer:
            opened = await answer.json()
        address = f"{opened['endpoint']}?ticket={quote(opened['ticket'], safe='')}"
        async with asyncio.TaskGroup() as tasks, self.http.ws_connect(address) as stream:
            async for message in stream:
                frame = json.loads(message.data)
                data = json.loads(frame["data"])
                echoed = data if frame["type"] == "SYSTEM" else {"response": None}
                headers = {
                    "messageId": frame["headers"]["messageId"],
                    "contentType": "application/json",
                }
                await stream.send_json(
                    {"code": 200, "message": "OK", "headers": headers, "data": json.dumps(echoed)}
                )
                if frame["type"] == "CALLBACK":
                    tasks.create_task(self._handler(self, data))

    async def reply(self, payload: Payload, body: Payload) -> None:
        """Post to the session webhook of a callback; what is refused is for the page to show."""
        async with self.http.post(payload["sessionWebhook"], json=body) as answer:
            await answer.read()

    async def ask(self, agent: str, message: str, session: str) -> str:
        """One turn of an agent."""
        prx = self.world.agents[agent]
        body = {"message": message, "reply_target": session}
        headers = {"Authorization": f"Bearer {prx.token}"}
        async with self.http.post(f"{prx.base_url}/webhook", json=body, headers=headers) as answer:
            return str((await answer.json())["response"])

    async def stop(self) -> None:
        """Close the stream."""
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)


RULES = """language 1
list ads = ["代开发票", "刷单兼职"]
rule spam "广告" when text contains ads then drop "ads"
rule new-bot shadow when text contains "vpn" then agent general
rule vpn "密码问题" when text matches /vpn/i and not external then agent helpdesk timeout 60s
rule listed when text is "清单" then reply markdown "# 一\\n**二** [三](https://example.com)"
otherwise reply markdown "{{ text }}"
"""


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Router:
    """The rules by which the small router decides."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "main.rules").write_text(RULES, "utf-8")
    checked = check_rules(folder).rules
    assert checked is not None
    return Router(checked, Baseline(client_id=CLIENT_ID))


async def answer_everything(router: SmallRouter, payload: Payload) -> None:
    """Decide by ``RULES``; hand VPN questions to the agent, and repeat all other texts as Markdown."""
    decision = shown(router.rules, read_message(payload, received_ms=0, client_id=CLIENT_ID))
    router.world.page.show_decision(payload["msgId"], decision)
    text = payload["text"]["content"].strip()
    if decision["by"] == "otherwise":
        await router.reply(payload, {"msgtype": "markdown", "markdown": {"title": "rest", "text": text}})
    elif decision["by"] == "vpn":
        answered = await router.ask("helpdesk", text, decision["steps"][0]["session"])
        await router.reply(payload, {"msgtype": "markdown", "markdown": {"title": "VPN", "text": answered}})


async def kind_answer(request: TurnRequest) -> str:
    """What the agent of these tests says."""
    return f"### 已重置  \n  **{request.message}** 已处理"


@pytest_asyncio.fixture(loop_scope="session")
async def world() -> AsyncIterator[Sandbox]:
    """DingTalk, two agents and the page, without a router."""
    sandbox = Sandbox()
    await sandbox.start(
        client_id=CLIENT_ID,
        client_secret="secret",
        agents=["helpdesk", "general"],
        suggestions=SUGGESTIONS,
        answers={"helpdesk": kind_answer},
    )
    yield sandbox
    await sandbox.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A client that keeps no connection open behind a test's back."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:
        yield session


@pytest_asyncio.fixture(loop_scope="session")
async def router(world: Sandbox, http: aiohttp.ClientSession, rules: Router) -> AsyncIterator[SmallRouter]:
    """A router that answers everything; connected when the test begins."""
    small = SmallRouter(world, http, rules, answer_everything)
    await world.dingtalk.connected()
    yield small
    await small.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium; without one these tests are skipped with the reason."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium found (set CHROMIUM to its path): the chat page was not tried in a browser")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_ARGS))
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(world: Sandbox, browser: Browser) -> AsyncIterator[Callable[..., Awaitable[Page]]]:
    """Open the page in a window of its own; an error in the page's scripts fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def logged(said: ConsoleMessage) -> None:
        if said.type == "error" and "ERR_CONNECTION_REFUSED" not in said.text:
            errors.append(said.text)

    async def open_page(
        width: int = 1280, height: int = 800, locale: str = "zh-CN", scheme: str = "light"
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", logged)
        await page.goto(world.page.url)
        await page.wait_for_selector(".pane textarea", state="attached")
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert errors == []
