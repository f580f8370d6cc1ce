"""The page in a browser: what a newcomer does in the first minutes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from prx_dingtalk_router.sandbox.world import Sandbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

Visit = Callable[..., Awaitable[Page]]


async def say(page: Page, text: str) -> None:
    """Write into the active pane and send with Enter."""
    box = page.locator(".pane-active textarea")
    await box.fill(text)
    await box.press("Enter")


async def test_a_suggestion_is_answered_and_the_decision_is_explained(router: object, visit: Visit) -> None:
    """A click on a suggestion shows the reply, the rule that took it, the agent's turn and the reasons."""
    page = await visit()
    await page.get_by_role("button", name="VPN 密码重置").click()
    await expect(page.locator(".line-own .bubble")).to_have_text("VPN 密码重置")
    await expect(page.locator(".line-robot h3")).to_have_text("已重置")
    await expect(page.locator(".line-robot strong")).to_have_text("VPN 密码重置")
    note = page.get_by_role("note", name="路由决定")
    await expect(note.locator(".rule-name")).to_have_text("vpn")
    await expect(note.locator(".turn")).to_have_text(re.compile(r"完成 · (\d+ 毫秒|\d+\.\d 秒)"))
    await expect(note.locator(".shadow")).to_contain_text("new-bot")
    await note.get_by_text("为什么是它").click()
    await expect(note.locator(".about")).to_have_text("密码问题")
    await expect(note.locator(".because")).to_have_text(re.compile("^因为文字里.*VPN"))
    await expect(note.locator("mark")).to_have_text(["VPN"])
    await expect(note.locator(".not-held")).to_have_text(re.compile("spam广告.*名单 ads"))
    await expect(note.locator(".taker .written")).to_have_text(["text matches /vpn/i", "not external"])
    await expect(note.locator(".why-body")).to_contain_text("最多等 1 分钟")


async def test_the_language_follows_the_browser_and_the_toggle_is_remembered(visit: Visit) -> None:
    """An English browser gets English; the toggle switches to Chinese and a reload keeps that."""
    page = await visit(locale="en-US")
    await expect(page.get_by_role("status")).to_have_text("Waiting for the router…")
    await page.get_by_role("button", name="Switch to Chinese").click()
    await expect(page.get_by_role("status")).to_have_text("等待路由器连接…")
    await page.reload()
    await expect(page.get_by_role("status")).to_have_text("等待路由器连接…")
    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


async def test_both_tables_of_strings_have_the_same_keys(visit: Visit) -> None:
    """No sentence is missing in one of the languages, and both use the same fields."""
    page = await visit()
    fields = await page.evaluate(
        """async () => {
            const { STRINGS } = await import("/assets/strings.js");
            const list = (table) => Object.fromEntries(
                Object.entries(table).map(([key, text]) => [key, [...text.matchAll(/\\{\\w+\\}/g)].map(String).sort().join()]));
            return [list(STRINGS.zh), list(STRINGS.en)];
        }"""
    )
    assert fields[0] == fields[1]
    assert len(fields[0]) > 100


async def test_no_width_needs_horizontal_scrolling(router: object, visit: Visit) -> None:
    """Long words and open reasons fit into any window from 360 px on."""
    page = await visit(1280, 720)
    await say(page, f"VPN {'w' * 400}")
    await page.get_by_text("为什么是它").click()
    await expect(page.locator(".turn")).to_be_visible()
    await page.locator(".item").first.click()
    for width in (360, 480, 719, 720, 1040, 1280):
        await page.set_viewport_size({"width": width, "height": 720})
        sizes = await page.evaluate(
            """() => [document.documentElement, document.querySelector(".log"), document.querySelector(".sidebar")]
                .map((each) => each.scrollWidth - each.clientWidth)"""
        )
        assert max(sizes) <= 0, width


async def test_a_narrow_window_shows_one_column_with_a_way_back(visit: Visit) -> None:
    """At 360 px the conversations come first, then the chat, and the back button returns."""
    page = await visit(360, 720)
    await expect(page.locator(".stage")).to_be_hidden()
    await page.locator(".item", has_text="IT 服务台").click()
    await expect(page.locator(".list")).to_be_hidden()
    await expect(page.get_by_role("heading", name="IT 服务台")).to_be_visible()
    await page.get_by_role("button", name="返回会话列表").click()
    await expect(page.locator(".list")).to_be_visible()
    await expect(page.locator(".item", has_text="IT 服务台")).to_be_focused()


async def test_everything_can_be_done_from_the_keyboard(router: object, visit: Visit) -> None:
    """Switch conversation, break a line, send, walk to the message, quote it, open the reasons, close with Escape."""
    page = await visit()
    await page.keyboard.press("Control+k")
    await page.keyboard.type("王芳 智能")
    await page.keyboard.press("Enter")
    await expect(page.locator(".me-name")).to_contain_text("王芳")
    await page.keyboard.type("VPN 一")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("二")
    await expect(page.locator(".line-own")).to_have_count(0)
    await page.keyboard.press("Enter")
    await expect(page.locator(".turn-succeeded")).to_be_visible()
    await page.keyboard.press("Shift+Tab")
    while await page.evaluate("!document.activeElement.matches('.row')"):
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Home")
    await page.keyboard.press("w")
    await expect(page.locator("details.why")).to_have_attribute("open", "")
    await page.keyboard.press("r")
    await expect(page.locator(".composer .quoted")).to_contain_text("VPN 一 二")
    await page.keyboard.type("还是不行 VPN")
    await page.keyboard.press("Enter")
    await expect(page.locator(".line-own .quoted")).to_contain_text("VPN 一 二")
    await page.locator(".item").first.press("?")
    await expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_input_method_may_use_enter(visit: Visit) -> None:
    """Enter that ends a composition of Chinese characters does not send the message."""
    page = await visit()
    box = page.locator("textarea")
    await box.fill("ceshi")
    await box.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    await expect(box).to_have_value("ceshi")
    await expect(page.locator(".line")).to_have_count(0)
    await box.press("Enter")
    await expect(page.locator(".line")).to_have_count(1)


HOSTILE = (
    "# <img src=x onerror=alert(1)>\n\n<script>document.title='owned'</script>\n\n"
    "[点我](javascript:alert(1)) [ok](https://example.com/a) ![x](https://example.com/x.png) **<b>粗</b>**"
)


async def test_markdown_never_becomes_markup(router: object, visit: Visit) -> None:
    """HTML in a reply stays text, scripts are no link targets, and pictures are placeholders that load nothing."""
    page = await visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await say(page, HOSTILE)
    reply = page.locator(".line-robot .bubble")
    await expect(reply.locator("h1")).to_have_text("<img src=x onerror=alert(1)>")
    await expect(reply).to_contain_text("<script>document.title='owned'</script>")
    await expect(reply.locator("strong")).to_have_text("<b>粗</b>")
    assert await page.locator(".log :is(img, script, iframe, b > b)").count() == 0
    links = await reply.locator("a").evaluate_all("links => links.map(link => [link.href, link.rel])")
    assert links == [["https://example.com/a", "noopener noreferrer"]]
    await expect(reply.locator(".dead-link")).to_have_text("点我")
    await expect(reply.get_by_role("img", name="x")).to_be_visible()
    assert asked == []
    assert await page.title() == "PRX 钉钉沙箱"


async def test_the_subset_of_markdown_is_drawn(visit: Visit) -> None:
    """Headings, quotes, lists, emphasis and hard breaks become elements; other line breaks run on."""
    page = await visit()
    drawn = await page.evaluate(
        """async () => {
            const { markdown } = await import("/assets/markdown.js");
            const draw = (source) => { const box = document.createElement("div"); box.append(...markdown(source)); return box.innerHTML; };
            return [
                "###### 六", "> 引用\\n> 两行", "- a\\n- *b*\\n\\n2. c\\n3. **d**", "一  \\n  二\\n三", "2 * 3 * 4 \\\\*x\\\\* a_b_c",
                "[a](https://x.cn/?q=1&r=2)", "| a |\\n|---|", "```\\ncode\\n```",
            ].map(draw);
        }"""
    )
    assert drawn == [
        "<h6>六</h6>",
        "<blockquote><p>引用 两行</p></blockquote>",
        '<ul><li>a</li><li><em>b</em></li></ul><ol start="2"><li>c</li><li><strong>d</strong></li></ol>',
        "<p>一<br>二 三</p>",
        "<p>2 * 3 * 4 *x* a_b_c</p>",
        '<p><a href="https://x.cn/?q=1&amp;r=2" target="_blank" rel="noopener noreferrer">a</a></p>',
        "<p>| a | |---|</p>",
        "<p>``` code ```</p>",
    ]


async def test_dark_mode_follows_the_system_and_the_toggle(visit: Visit) -> None:
    """A dark system gets a dark page with light ink; the toggle makes it light and a reload keeps that."""
    page = await visit(scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert await page.evaluate(ground) == "rgb(16, 19, 23)"
    await page.get_by_role("button", name="切换到浅色").click()
    assert await page.evaluate(ground) == "rgb(238, 241, 245)"
    await page.reload()
    await page.wait_for_selector(".pane")
    assert await page.evaluate(ground) == "rgb(238, 241, 245)"


CONTRAST = """() => {
    const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (element) => {
        for (let each = element; each; each = each.parentElement) {
            const colour = parse(getComputedStyle(each).backgroundColor);
            if (colour.length < 4 || colour[3] > 0.5) return colour;
        }
        return [255, 255, 255];
    };
    const bad = [];
    for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!own || !element.checkVisibility({ opacityProperty: true }) || element.closest(".skip")) continue;
        const [one, two] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
        if ((one + 0.05) / (two + 0.05) < 4.5) bad.push(`${element.className}: ${element.textContent.slice(0, 20)}`);
    }
    return bad;
}"""


async def test_texts_have_enough_contrast(router: object, visit: Visit) -> None:
    """Every text that is seen has a contrast of 4.5 to its ground, in both schemes (WCAG AA)."""
    page = await visit(1440, 860)
    await say(page, "VPN 密码重置")
    await expect(page.locator(".turn-succeeded")).to_be_visible()
    await page.get_by_text("为什么是它").click()
    await page.locator(".pane-active .split").click()
    await say(page, "# 标题 **粗** [链接](https://example.com)")
    await expect(page.locator(".pane-active .line-robot h1")).to_be_visible()
    seen = {}
    for drawer in (False, True):
        if drawer:
            await page.keyboard.press("Control+j")
            await page.get_by_text("智能体 general 的故障").click()
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            seen[drawer, scheme] = await page.evaluate(CONTRAST)
    assert not any(seen.values()), seen


async def test_a_group_can_be_seen_by_two_people_side_by_side(router: object, visit: Visit) -> None:
    """A second pane shows the same group as somebody else; each sees the own message on the right."""
    page = await visit(1440, 860)
    await page.locator(".item", has_text="运维值班").click()
    await page.locator(".pane-active .split").click()
    await expect(page.locator(".pane")).to_have_count(2)
    await say(page, "**群里**问一下")
    panes = page.locator(".pane")
    await expect(panes.nth(0).locator(".line-own")).to_have_count(0)
    await expect(panes.nth(1).locator(".line-own .mention")).to_have_text("@智能助理")
    await expect(panes.nth(0).locator(".line-robot strong")).to_have_text("群里")
    await expect(panes.nth(1).locator(".line-robot strong")).to_have_text("群里")


async def test_a_group_message_without_mention_says_that_the_robot_gets_nothing(
    world: Sandbox, router: object, visit: Visit
) -> None:
    """With the mention switched off people see the message, and the note says that it is not pushed."""
    page = await visit()
    await page.locator(".item", has_text="IT 服务台").click()
    await page.get_by_role("button", name="@智能助理").click()
    await say(page, "只给同事看")
    await expect(page.locator(".note")).to_have_text("没有 @ 机器人，钉钉不会推送")


async def test_a_late_answer_names_its_question(world: Sandbox, router: object, visit: Visit) -> None:
    """While an agent works its step says so; an answer that comes after other messages tells whom it answers."""
    page = await visit()
    world.agents["helpdesk"].faults.hang = True
    await say(page, "VPN 慢")
    await expect(page.locator(".turn-running")).to_contain_text("处理中")
    await say(page, "快")
    await expect(page.locator(".line-robot .bubble")).to_have_text("快")
    world.agents["helpdesk"].faults.hang = False
    await expect(page.locator(".answers")).to_have_text("回复 林晓雨：VPN 慢")
    await expect(page.locator(".turn-succeeded")).to_be_visible()


async def test_what_dingtalk_did_with_a_message_is_shown(
    world: Sandbox, router: object, visit: Visit
) -> None:
    """The note tells how the push was answered, and that DingTalk refused a reply."""
    page = await visit()
    world.dingtalk.faults.webhook = "310000"
    await say(page, "你好")
    await expect(page.locator(".note .refused")).to_have_text(
        "钉钉拒绝了回复：310000 keywords not in content"
    )
    await page.get_by_text("为什么没有规则接").click()
    await expect(page.locator(".why .facts")).to_have_text(re.compile(r"推送路由器 \d+ 毫秒后应答 200"))
    await expect(page.locator(".line-robot")).to_have_count(0)


async def test_the_page_comes_back_by_itself(world: Sandbox, visit: Visit) -> None:
    """A lost sandbox is said, what is written meanwhile is kept, and all is as before once it is there again."""
    page = await visit()
    await page.locator("textarea").fill("半句话")
    port = int(world.page.url.rstrip("/").rsplit(":", 1)[1])
    await world.page.stop()
    await expect(page.get_by_role("status")).to_contain_text("正在重连")
    await page.locator("textarea").press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("没有发出去")
    await world.page.start(port=port)
    await expect(page.get_by_role("status")).to_have_text("等待路由器连接…")
    await expect(page.locator("textarea")).to_have_value("半句话")


async def test_every_type_of_message_can_be_sent(world: Sandbox, visit: Visit) -> None:
    """Rich text with picture, picture, voice, file and video appear as DingTalk has them."""
    page = await visit()
    for kind, text in (
        ("图文", "看[图片]这里"),
        ("图片", ""),
        ("语音", "重启服务器"),
        ("文件", "报价单.xlsx"),
        ("视频", ""),
    ):
        await page.get_by_role("radio", name=kind).click()
        if text:
            await page.locator("textarea").fill(text)
        await page.get_by_role("button", name="发送").click()
        await expect(page.get_by_role("radio", name="文本")).to_have_attribute("aria-checked", "true")
    await expect(page.locator(".line")).to_have_count(5)
    room = world.dingtalk.directory.private("u1001").id
    lines = world.dingtalk.transcript(room)
    assert [line.type for line in lines] == ["richText", "picture", "audio", "file", "video"]
    assert (lines[0].text, len(lines[0].pictures)) == ("看![]这里", 1)
    assert (lines[2].text, lines[3].file_name) == ("重启服务器", "报价单.xlsx")


async def test_faults_are_turned_and_the_stream_closed_from_the_drawer(
    world: Sandbox, router: object, visit: Visit
) -> None:
    """A fault set in the drawer reaches the simulator, a bad value is refused with the reason, and the stream can be closed."""
    page = await visit()
    await page.get_by_role("button", name="后台").click()
    drawer = page.get_by_role("dialog", name="后台")
    await drawer.get_by_text("智能体 helpdesk 的故障").click()
    await drawer.locator("[data-fault='agent:helpdesk/turn_delay']").fill("0.5")
    await drawer.locator("[data-fault='agent:helpdesk/turn_delay']").press("Enter")
    await expect(drawer.locator(".knob-changed code")).to_have_text("turn_delay")
    assert world.agents["helpdesk"].faults.turn_delay == 0.5
    await drawer.locator("[data-fault='agent:helpdesk/retry_after']").fill("-5")
    await drawer.locator("[data-fault='agent:helpdesk/retry_after']").press("Enter")
    await expect(drawer.get_by_role("alert")).to_contain_text("不接受 `-5`")
    await drawer.get_by_role("button", name="断开连接").click()
    await expect(drawer.locator(".events")).to_contain_text("Announced")
