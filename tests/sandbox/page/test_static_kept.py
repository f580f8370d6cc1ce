"""The page in a browser: what one reads, writes and hears is not lost, doubled or hidden."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from prx_dingtalk_router.sandbox.world import Sandbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

Visit = Callable[..., Awaitable[Page]]


async def say(page: Page, text: str) -> None:
    """Write into the active pane, send with Enter, and see it arrive."""
    box = page.locator(".pane-active textarea")
    await box.fill(text)
    await box.press("Enter")
    await expect(page.locator(".pane-active .line-own .bubble").last).to_contain_text(text)


async def test_a_message_is_sent_once_however_often_enter_is_pressed(world: Sandbox, visit: Visit) -> None:
    """What is on its way is not sent again."""
    page = await visit()
    box = page.locator("textarea")
    await box.fill("只要一次")
    await box.evaluate(
        """box => { for (let each = 0; each < 3; each += 1)
            box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true})); }"""
    )
    await expect(box).to_have_value("")
    await say(page, "第二条")
    room = world.dingtalk.directory.private("u1001").id
    assert [line.text for line in world.dingtalk.transcript(room)] == ["只要一次", "第二条"]


async def test_a_text_that_is_too_long_says_by_how_much_and_stays(visit: Visit) -> None:
    """A pasted book is neither cut nor lost, and the page does not lose its connection over it."""
    page = await visit()
    box = page.locator("textarea")
    await box.fill("长" * 300_000)
    await box.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("消息太长：300000 个字符，最多 20000 个")
    assert len(await box.input_value()) == 300_000


async def test_a_reload_keeps_panes_drafts_and_quotes(router: object, visit: Visit) -> None:
    """What is open, half written and quoted is there again; another tab has its own."""
    page = await visit(1440, 860)
    await say(page, "第一句")
    await expect(page.locator(".line-robot")).to_have_count(1)
    await page.locator(".line-own").hover()
    await page.get_by_role("button", name="引用这条消息").first.click()
    await page.keyboard.type("写了一半")
    await page.locator(".split").click()
    await page.locator(".item", has_text="IT 服务台").click()
    await page.locator(".pane-active .speaker").select_option("u1003")
    await page.keyboard.type("群里也是")
    await page.reload()
    titles = page.locator(".pane h2")
    await expect(titles).to_have_text(["智能助理", "IT 服务台"])
    boxes = page.locator(".pane textarea")
    await expect(boxes.nth(0)).to_have_value("写了一半")
    await expect(boxes.nth(1)).to_have_value("群里也是")
    await expect(page.locator(".pane-active .speaker")).to_have_value("u1003")
    await expect(page.locator(".composer .quoted")).to_contain_text("第一句")
    other = await page.context.new_page()
    await other.goto(page.url)
    await expect(other.locator(".pane h2")).to_have_text(["智能助理"])
    await expect(other.locator("textarea")).to_have_value("")


async def test_the_same_view_is_never_open_twice(visit: Visit) -> None:
    """Choosing the speaker of the neighbouring pane goes there instead."""
    page = await visit(1440, 860)
    await page.locator(".item", has_text="运维值班").click()
    await page.locator(".split").click()
    speakers = page.locator(".pane .speaker")
    first = await speakers.nth(0).input_value()
    second = await speakers.nth(1).input_value()
    assert first != second
    await speakers.nth(1).select_option(first)
    await expect(page.locator(".pane").nth(0)).to_have_class(re.compile("pane-active"))
    await expect(speakers.nth(1)).to_have_value(second)


async def test_reading_is_not_disturbed(router: object, visit: Visit) -> None:
    """Another pane, another language and a new answer leave the place where one reads."""
    page = await visit(1440, 700)
    for number in range(8):
        await say(page, f"第 {number} 句")
    await expect(page.locator(".line-robot")).to_have_count(8)
    log = page.locator(".log").first
    await log.evaluate("log => log.scrollTop = 40")
    await page.locator(".split").click()
    await expect(page.locator(".pane")).to_have_count(2)
    assert await log.evaluate("log => log.scrollTop") == 40
    await page.get_by_role("button", name="切换到英文").click()
    assert await log.evaluate("log => log.scrollTop") == 40


async def test_reasons_that_are_unfolded_come_into_view(router: object, visit: Visit) -> None:
    """Below the last message, too."""
    page = await visit(1280, 600)
    for number in range(3):
        await say(page, f"VPN {number}")
    await expect(page.locator(".turn-succeeded")).to_have_count(3)
    await page.get_by_text("为什么是它").last.click()
    await expect(page.locator(".note .taker").last).to_be_in_viewport()


async def test_the_back_button_leads_from_the_chat_to_the_list(visit: Visit) -> None:
    """On a narrow window the browser's own way back stays on the page, and a reload stays in the chat."""
    page = await visit(360, 740)
    await page.locator(".item", has_text="IT 服务台").click()
    await page.reload()
    await expect(page.get_by_role("heading", name="IT 服务台")).to_be_visible()
    await expect(page.locator(".list")).to_be_hidden()
    await page.go_back()
    await expect(page.locator(".list")).to_be_visible()
    await page.go_forward()
    await expect(page.get_by_role("heading", name="IT 服务台")).to_be_visible()


async def test_a_narrow_chat_opens_at_its_end(router: object, visit: Visit) -> None:
    """Coming from the list one sees the newest messages, and a box that is as high as its line."""
    page = await visit(360, 740)
    await page.locator(".item").first.click()
    for number in range(8):
        await say(page, f"第 {number} 句")
    await expect(page.locator(".line-robot")).to_have_count(8)
    await page.get_by_role("button", name="返回会话列表").click()
    await page.reload()
    await page.locator(".item").first.click()
    await expect(page.locator(".row").last).to_be_in_viewport()
    await page.locator("textarea").fill("一\n二\n三\n四\n五")
    await expect(page.locator(".row").last).to_be_in_viewport()
    await page.get_by_role("button", name="返回会话列表").click()
    await page.reload()
    await page.locator(".item").first.click()
    await expect(page.locator("textarea")).to_have_value("一\n二\n三\n四\n五")
    await expect(page.locator("textarea")).to_have_css("height", re.compile(r"^1\d\d"))
    await expect(page.locator(".row").last).to_be_in_viewport()
    await page.locator("textarea").fill("")
    assert await page.locator("textarea").evaluate("box => box.offsetHeight") > 30


async def test_a_lost_connection_is_seen_in_a_narrow_chat(
    world: Sandbox, router: object, visit: Visit
) -> None:
    """There the state has no column of its own; only what is missing is said, above the conversation."""
    page = await visit(360, 740)
    await page.locator(".item").first.click()
    await expect(page.locator(".router-state")).to_be_hidden()
    await world.page.stop()
    await expect(page.locator(".router-lost")).to_be_in_viewport()
    await expect(page.get_by_role("heading", name="智能助理", exact=True)).to_be_visible()


async def test_decisions_are_heard_once(world: Sandbox, router: object, visit: Visit) -> None:
    """A screen reader is told the rule and how the agent fares, not every half second of its work."""
    page = await visit()
    await page.evaluate(
        """() => {
            window.heard = [];
            const live = document.querySelector(".pane > [aria-live=polite].unseen");
            new MutationObserver(() => window.heard.push(live.textContent)).observe(live, {childList: true});
        }"""
    )
    world.agents["helpdesk"].faults.hang = True
    await say(page, "VPN 密码重置")
    await expect(page.locator(".turn-running .turn-span")).to_have_text(re.compile(r"\d+\.\d 秒"))
    world.agents["helpdesk"].faults.hang = False
    await expect(page.locator(".turn-succeeded")).to_be_visible()
    heard = await page.evaluate("window.heard")
    assert [each for each in heard if "处理中" in each] == [
        "规则 · vpn · 交给智能体 · helpdesk 处理中",
    ]
    assert heard[-1] == "规则 · vpn · 交给智能体 · helpdesk 完成"
    assert await page.locator(".log .note:not([aria-live=off])").count() == 0


async def test_the_column_holds_its_controls_at_every_width(visit: Visit) -> None:
    """No title pushes the search out of the column, and no button breaks into two lines, in both languages."""
    page = await visit(locale="en-US")
    for _ in range(2):
        for width in (360, 720, 800, 1039, 1280):
            await page.set_viewport_size({"width": width, "height": 700})
            odd = await page.evaluate(
                """() => {
                    const column = document.querySelector(".sidebar").getBoundingClientRect();
                    return [...document.querySelectorAll(".brand *, .foot button")].filter((each) => {
                        const box = each.getBoundingClientRect();
                        return box.right > column.right - 4 || box.height > 36;
                    }).map((each) => each.outerHTML);
                }"""
            )
            cut = await page.evaluate(
                "(() => { const h = document.querySelector('h1'); return h.scrollWidth - h.clientWidth; })()"
            )
            assert (odd, cut) == ([], 0), width
        await page.locator(".language").click()


async def test_texts_of_lists_keep_their_signs(router: object, visit: Visit) -> None:
    """What a person writes is no Markdown; a robot's Markdown is shown without its marks only."""
    page = await visit()
    await say(page, "C# > 2*3*4 [x](javascript:alert(1))")
    await page.get_by_role("button", name="引用这条消息").first.click(force=True)
    await expect(page.locator(".composer .quoted-text")).to_have_text("C# > 2*3*4 [x](javascript:alert(1))")
    await say(page, "清单")
    await expect(page.locator(".note .step-text").last).to_have_text("「一 二 三」")


async def test_events_are_named_in_the_language_of_the_page(router: object, visit: Visit) -> None:
    """The drawer names what happened in words, with seconds; the data below stay as they are."""
    page = await visit(360, 740)
    await page.get_by_role("button", name="后台").click()
    events = page.locator(".events")
    await expect(events).to_contain_text("连接建立")
    await expect(events.locator("time").first).to_have_text(re.compile(r"^\d\d:\d\d:\d\d$"))
    assert await page.locator(".drawer-body").evaluate("body => body.scrollWidth - body.clientWidth") <= 0
