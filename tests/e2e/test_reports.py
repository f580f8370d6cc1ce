"""What people who run such bots report, tried with a router that is a process of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

GROUP = "cidITHelpDesk2026A1=="
RULES = f"""
rule path
  when text starts with "path"
  then reply "{{{{ text }}}}"
rule shared
  when group and conversation is "{GROUP}"
  then agent helpdesk session per conversation
otherwise agent helpdesk
"""
TABLE_HEAD = "| 序号 | 姓名 | 备注 |\n|---|---|---|\n"
TABLE = (
    "结果如下：\n\n" + TABLE_HEAD + "".join(f"| {n} | 员工{n} | 比较长的备注用来占位 |\n" for n in range(400))
)
TITLES = {
    "预算 100~200 元，约 3~5 天": "预算 100~200 元，约 3~5 天",
    "report_2026.xlsx 已生成": "report_2026.xlsx 已生成",
    "**结论**：可以": "结论：可以",
    "## 一、概述": "一、概述",
}
pytestmark = pytest.mark.asyncio(loop_scope="module")


async def answer(request: Any) -> str:
    """What is asked comes back; for a table there is a long one."""
    return TABLE if request.message == "表格" else request.message


@pytest_asyncio.fixture(scope="module", loop_scope="module", name="running")
async def _running(
    world_of: Callable[..., Awaitable[Any]], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Any]:
    """A connected router between a DingTalk and an agent that says what it was told."""
    world = await world_of(tmp_path_factory.mktemp("world"), RULES, answer)
    await world.run()
    yield world
    await world.put_away()


@pytest_asyncio.fixture(loop_scope="module", name="world")
async def _healthy(running: Any) -> AsyncIterator[Any]:
    """The world of this module, healthy before and after."""
    yield running
    running.settle()


@pytest.mark.parametrize("kind", ["picture", "video", "file", "unknownMsgType"])
async def test_a_message_without_words_is_answered(world: Any, kind: str) -> None:
    """Whoever sends something that holds no words is asked for words; nothing is kept as undelivered."""
    (router,) = world.routers
    msg_id = world.say("", "u1003", type=kind, pictures=("a.png",) if kind == "picture" else ())
    assert "文字" in (await world.reply_to(msg_id)).text
    turns = len(world.agent.turns)
    await world.reply_to(world.say("path 之后", "u1003"))
    assert [line for line in router.log.seen if line.get("event") == "dead"] == []
    assert len(world.agent.turns) == turns


async def test_the_words_of_a_refusal_are_kept(world: Any) -> None:
    """Log and dead letter say the code and what DingTalk said, known code or not."""
    (router,) = world.routers
    world.dingtalk.faults.webhook = "400402"
    msg_id = world.say("path 被拒", "u1002")
    (dead,) = await router.logged("dead", msg_id=msg_id)
    assert "400402" in dead["reason"]
    assert "title 缺失" in dead["reason"]


@pytest.mark.parametrize("said", TITLES)
async def test_the_preview_reads_as_the_first_line_is_shown(world: Any, said: str) -> None:
    """What the list of chats and the lock screen show is the first line without its markup, and nothing else changed."""
    assert (await world.reply_to(world.say(said, "u1004"))).title == TITLES[said]


async def test_a_table_that_is_cut_stays_a_table(world: Any) -> None:
    """Every part of a long table begins with its header and separator, and all rows arrive in order."""
    msg_id = world.say("表格", "u1005")
    replies = await world.events.until(
        lambda event: (
            type(event).__name__ == "Replied" and event.msg_id == msg_id and "员工399" in str(event.body)
        )
    )
    assert replies
    parts = [
        event.body["markdown"]["text"]
        for event in world.events.seen
        if type(event).__name__ == "Replied" and event.msg_id == msg_id
    ]
    assert len(parts) > 1
    assert [part for part in parts if TABLE_HEAD not in part or len(part.encode()) > 18_000] == []
    rows = [line for part in parts for line in part.splitlines() if "员工" in line]
    assert rows == [line for line in TABLE.splitlines() if "员工" in line]


async def test_hostile_words_come_back_unchanged(world: Any) -> None:
    """Backslashes, quotes, tabs, line separators and placeholders of other languages arrive as they were written."""
    words = 'path C:\\Data\\new "a"\tb\u2028c {x} %s ${y}'
    assert (await world.reply_to(world.say(words, "u1002"))).text == words


async def test_a_group_can_share_one_thread(world: Any) -> None:
    """With ``session per conversation`` everybody in the group speaks in the same thread."""
    for person in ("u1002", "u1003"):
        await world.reply_to(world.say(f"你好 {person}", person, GROUP))
    targets = {turn.reply_target for turn in world.agent.turns if turn.message.startswith("你好")}
    assert targets == {f"dingtalk:dingrouter:group:{GROUP}"}


async def test_a_socks_proxy_is_an_error_with_advice(run_command: Any, tmp_path: Path) -> None:
    """A SOCKS proxy in the environment ends the router with a sentence that says what to write instead."""
    (tmp_path / "main.rules").write_text('otherwise reply "ok"\n', "utf-8")
    (tmp_path / "prx-router.toml").write_text(
        '[channels_config.dingtalk]\nclient_id = "ding1"\nclient_secret = "s3cr3t"\n[rules]\npath = "main.rules"\n',
        "utf-8",
    )
    code, said = await run_command("run", cwd=tmp_path, ALL_PROXY="socks5://127.0.0.1:7890")
    assert "http://host:port" in said
    assert "Traceback" not in said
    assert code == 2
