"""The page in a browser: reactions below a message, messages that are recalled, and what waits."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from playwright.async_api import Page, expect

from prx_dingtalk_router.sandbox.world import Sandbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

Visit = Callable[..., Awaitable[Page]]
Post = Callable[[str, dict[str, object]], Awaitable[dict[str, object]]]

CLIENT_ID = "dingpagetest01"
ROOM = "cidITHelpDesk2026A1=="


@pytest.fixture
def post(world: Sandbox, http: aiohttp.ClientSession) -> Post:
    """What a robot asks of the API host."""

    async def call(path: str, body: dict[str, object]) -> dict[str, object]:
        base = world.dingtalk.base_url
        secret = {"appKey": CLIENT_ID, "appSecret": "secret"}
        async with http.post(f"{base}/v1.0/oauth2/accessToken", json=secret) as answer:
            token = (await answer.json())["accessToken"]
        headers = {"x-acs-dingtalk-access-token": token}
        url = f"{base}/v1.0/robot/{path}"
        async with http.post(url, json={"robotCode": CLIENT_ID, **body}, headers=headers) as answer:
            answered: dict[str, object] = await answer.json()
            assert answer.status == 200, answered
            return answered

    return call


def chip(msg_id: str, room: str, name: str) -> dict[str, object]:
    """A reaction."""
    return {
        "openMsgId": msg_id,
        "openConversationId": room,
        "emotionType": 2,
        "emotionName": name,
        "textEmotion": {"emotionId": "2659900", "emotionName": name, "text": name},
    }


async def test_a_reaction_comes_and_goes_below_the_message(world: Sandbox, visit: Visit, post: Post) -> None:
    """A chip is seen at once in every window, also after a reload, in both schemes, until it is recalled."""
    page, other = await visit(), await visit(scheme="dark")
    box = page.locator(".pane-active textarea")
    await box.fill("VPN 密码重置")
    await box.press("Enter")
    await expect(other.locator(".line-own .bubble")).to_have_text("VPN 密码重置")
    room = world.dingtalk.directory.private("u1001").id
    (line,) = world.dingtalk.transcript(room)
    await post("emotion/reply", chip(line.msg_id, room, "🤔思考中"))
    for each in (page, other):
        await expect(each.locator(".line-own .chip")).to_have_text("🤔思考中")
        await expect(each.locator(".line-own .chip")).to_have_attribute("title", "智能助理的表情")
    await page.reload()
    await expect(page.locator(".line-own .chip")).to_be_visible()
    await post("emotion/recall", chip(line.msg_id, room, "🤔思考中"))
    for each in (page, other):
        await expect(each.locator(".chip")).to_have_count(0)
    await expect(page.locator(".line-own .bubble")).to_have_text("VPN 密码重置")


async def test_a_recalled_message_is_gone(world: Sandbox, visit: Visit, post: Post) -> None:
    """What the robot takes back leaves no trace, also when somebody was about to quote it."""
    page = await visit()
    await page.locator(".item", has_text="IT 服务台").click()
    sent = await post(
        "groupMessages/send",
        {"openConversationId": ROOM, "msgKey": "sampleText", "msgParam": json.dumps({"content": "维护通知"})},
    )
    await expect(page.locator(".line-robot .bubble")).to_have_text("维护通知")
    await post(
        "groupMessages/recall", {"openConversationId": ROOM, "processQueryKeys": [sent["processQueryKey"]]}
    )
    await expect(page.locator(".line-robot")).to_have_count(0)
    await page.reload()
    await expect(page.locator(".line")).to_have_count(0)


async def test_a_backlog_is_seen_while_it_lasts(world: Sandbox, visit: Visit) -> None:
    """What waits in the router and how much, in every window, also one that opens later, until it is over."""
    page = await visit()
    world.page.show_backlog([({"zh": "消息等待智能体有空", "en": "messages wait for room at an agent"}, 3)])
    await expect(page.locator(".alert")).to_have_text("消息等待智能体有空：3")
    later = await visit()
    await expect(later.locator(".alert")).to_have_text("消息等待智能体有空：3")
    world.page.show_backlog([])
    for each in (page, later):
        await expect(each.locator(".alert")).to_have_count(0)
