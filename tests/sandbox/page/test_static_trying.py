"""The page in a browser: trying rules out, as other people, at other times, with faults, without sending."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from playwright.async_api import Page, expect

from prx_dingtalk_router.cli.chat_page import shown
from prx_dingtalk_router.message import read_message
from prx_dingtalk_router.sandbox.page.outcomes import Kind
from prx_dingtalk_router.sandbox.world import Sandbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

Visit = Callable[..., Awaitable[Page]]


class Advice:
    """What the small router says of messages, sent or not."""

    def __init__(self, router: Any) -> None:
        self.router = router

    def explain(self, callback: Mapping[str, Any]) -> Mapping[str, object]:
        """Decide by its rules."""
        return shown(self.router.rules, read_message(callback, received_ms=0))

    def write_test(self, msg_id: str) -> str:
        """Write one test for all."""
        return 'test "VPN"\n  given "VPN"\n  expect agent helpdesk by vpn\n'


async def say(page: Page, text: str) -> None:
    """Write into the active pane and send with Enter."""
    box = page.locator(".pane-active textarea")
    await box.fill(text)
    await box.press("Enter")


async def test_what_became_of_the_steps_is_shown(world: Sandbox, router: object, visit: Visit) -> None:
    """A step that failed, one that was limited and a message that was not delivered are told, each reason once."""
    page = await visit()
    await say(page, "你好")
    await expect(page.locator(".line-own")).to_have_count(1)
    msg_id = next(
        line.msg_id for line in world.dingtalk.transcript(world.dingtalk.directory.private("u1001").id)
    )
    why = {"zh": "智能体没有回答", "en": "the agent did not answer"}
    chain = {
        "step": "agent",
        "agent": "helpdesk",
        "message": "你好",
        "rule": "vpn",
        "position": "1",
        "mention": False,
    }
    instead = {
        "step": "reply",
        "content": "稍后再试",
        "format": "text",
        "mention": ["u1003"],
        "rule": "vpn",
        "position": "1.1",
    }
    world.page.show_decision(
        msg_id, {"by": "vpn", "outcome": "agent", "steps": [{**chain, "else": [instead]}], "reason": None}
    )

    def happened(kind: Kind, rule: str, step: str, reason: Mapping[str, str]) -> None:
        world.page.show_outcome(msg_id, {"kind": kind, "rule": rule, "step": step, "reason": reason})

    note = page.locator(".note")
    happened("started", "vpn", "1", {})
    await expect(note.locator(".headline")).to_have_text("helpdesk 处理中")
    happened("failed", "vpn", "1", why)
    happened("sent", "vpn", "1.1", {})
    await expect(note.locator(".headline")).to_have_text(re.compile("没成，改为固定回复 · .*秒"))
    await expect(note.locator(".step-failed > .step-why")).to_have_text("智能体没有回答")
    await expect(note.locator(".else > .step-done")).to_have_text("✓不行时 回复 @王芳 「稍后再试」 ")
    happened("limited", "first", "2.1", {})
    happened("dead", "", "", why)
    await expect(note.locator(".happened li")).to_have_text(["规则 first 第 2.1 步次数已满，没有做"])
    await page.reload()
    await expect(note.locator(".headline")).to_have_text("没有处理成，已留存")


async def test_a_clock_pretends_and_is_seen(world: Sandbox, router: object, visit: Visit) -> None:
    """What is sent says the pretended time, by the zone of the rules; page and reload show it until it ends."""
    world.page.show_rules(zone="Asia/Shanghai")
    page = await visit()
    await page.get_by_role("button", name="换个时间试试").click()
    dialog = page.get_by_role("dialog", name="假设现在是…")
    await expect(dialog).to_contain_text("时区：Asia/Shanghai，与规则一致")
    await dialog.get_by_label("日期和时间").fill("2026-11-29T20:00")
    await dialog.get_by_role("button", name="就当是这个时间").click()
    await expect(page.locator(".alert-clock")).to_have_text(re.compile("假设现在是 11月29日周日 20:00"))
    await page.reload()
    await expect(page.locator(".compose-hint")).to_have_text(re.compile("带着 11月29日周日 20:00"))
    await say(page, "晚上好")
    await expect(page.locator(".line-robot time")).to_have_text("11月29日周日 20:00")
    await page.get_by_role("button", name="回到真实时间").click()
    await expect(page.locator(".alert")).to_have_count(0)
    await say(page, "你好")
    await expect(page.locator(".line-robot")).to_have_count(2)
    lines = world.dingtalk.transcript(world.dingtalk.directory.private("u1001").id)
    first, last = (line for line in lines if line.author == "person")
    assert 0 <= first.said_at - 1_795_953_600_000 < 60_000
    assert last.said_at == last.at


async def test_people_are_edited(world: Sandbox, visit: Visit) -> None:
    """Somebody is added, made external, written as after a reload, and let go; a wrong id says what is wrong."""
    page = await visit()
    await page.get_by_role("button", name="编辑人员").click()
    dialog = page.get_by_role("dialog", name="人员")
    await dialog.get_by_role("button", name="添加一个人").click()
    await dialog.get_by_label("姓名").fill("新人")
    await dialog.get_by_label("工号", exact=True).fill("u1001")
    await dialog.get_by_role("button", name="保存").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("u1001")
    await dialog.get_by_label("工号", exact=True).fill("WB01")
    await dialog.get_by_role("button", name="保存").click()
    await dialog.get_by_role("button", name="编辑 新人").click()
    await dialog.get_by_label("外部人员").check()
    await dialog.get_by_role("button", name="保存").click()
    await expect(dialog.locator(".person", has_text="WB01").locator(".tag-external")).to_be_visible()
    await page.reload()
    await page.locator(".me-select").select_option("WB01")
    await expect(page.locator(".me-name")).to_contain_text("新人外部")
    await page.get_by_role("button", name="编辑人员").click()
    await dialog.get_by_role("button", name="移除 新人").click()
    await dialog.get_by_text("确定移除？").click()
    await expect(page.locator(".me-name")).to_contain_text("林晓雨")
    assert world.dingtalk.directory.find("WB01") is None


async def test_faults_that_are_on_are_not_forgotten(world: Sandbox, router: object, visit: Visit) -> None:
    """A badge counts them, on narrow windows above the chat, too; heartbeats are left out of the events until asked for."""
    page = await visit()
    world.dingtalk.faults.ping_every = 0.05
    world.agents["general"].faults.hang = True
    await expect(page.locator(".badge-fault")).to_have_text("2")
    await page.locator(".item").first.click()
    await page.set_viewport_size({"width": 360, "height": 740})
    await expect(page.locator(".alert-warn")).to_have_text(re.compile("2 个故障开着"))
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await page.get_by_role("button", name="2 个故障开着").click()
    events = page.locator(".events")
    await page.get_by_label("显示心跳").check()
    await expect(events.get_by_text("心跳应答").first).to_be_visible()
    await page.get_by_label("显示心跳").uncheck()
    await expect(events.get_by_text("连接建立")).to_be_visible()
    await expect(events.get_by_text("心跳应答")).to_have_count(0)
    await page.locator(".drawer .mend").click()
    await expect(page.locator(".badge-fault")).to_be_hidden()
    assert world.agents["general"].faults.hang is False


async def test_one_sees_where_a_message_would_go_and_copies_it_as_a_test(
    world: Sandbox, router: Any, visit: Visit
) -> None:
    """While one types, nothing is sent; a message that was sent is written down as a test and is on the clipboard."""
    world.page.consult(Advice(router))
    page = await visit()
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.locator("textarea").fill("打印机")
    await page.locator("textarea").press("Control+Enter")
    preview = page.get_by_role("region", name="如果现在发送")
    await expect(preview.locator(".rule-name")).to_have_text("otherwise")
    await page.locator("textarea").fill("VPN")
    await expect(preview.locator(".rule-name")).to_have_text("vpn")
    await page.locator("textarea").fill("代开 发票，VPN")
    await expect(preview.locator(".because")).to_have_text("因为文字里有「代开发票」（名单 ads）")
    await expect(preview.locator("mark")).to_have_text(["代开 发票"])
    await page.locator("textarea").fill("VPN")
    await expect(preview.locator(".rule-name")).to_have_text("vpn")
    await expect(page.locator(".line")).to_have_count(0)
    await page.locator("textarea").press("Enter")
    await page.get_by_role("button", name="复制为测试").click()
    dialog = page.get_by_role("dialog", name="把这条消息写成测试")
    await expect(dialog.get_by_role("status")).to_have_text("已复制到剪贴板")
    assert (await page.evaluate("navigator.clipboard.readText()")).startswith('test "VPN"\n  given "VPN"')


async def test_three_panes_fit_and_an_edit_that_is_not_in_force_is_told(world: Sandbox, visit: Visit) -> None:
    """At 1280 px no pane is cut; a refused reload is said until the next one is applied."""
    page = await visit(1280, 720)
    await page.locator(".item", has_text="IT 服务台").click()
    for _ in range(2):
        await page.locator(".pane-active .split").click()
    await expect(page.locator(".pane")).to_have_count(3)
    edges = await page.locator(".pane .close-pane").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().right)"
    )
    assert max(edges) <= 1280
    world.page.show_rules(
        zone="UTC", refused={"zh": "main.rules:3:1 写错了", "en": "main.rules:3:1 is wrong"}
    )
    await page.get_by_text("改动没有生效").click()
    await expect(page.locator(".alert-bad")).to_contain_text("main.rules:3:1 写错了")
    world.page.show_rules(zone="UTC")
    await expect(page.locator(".alert-bad")).to_have_count(0)
