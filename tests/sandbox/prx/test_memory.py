"""What a conversation remembers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from prx_dingtalk_router.sandbox.prx import PrxFaults, PrxSettings, TurnRequest
from prx_dingtalk_router.sandbox.prx.memory import BLOCK_BYTES, LINE_BYTES, Memory, session_key


class Recorder:
    """An answer that notes what each turn remembers."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, ...]] = []

    async def __call__(self, request: TurnRequest) -> str:
        """Note and answer."""
        self.seen.append(request.earlier)
        return f"answer to {request.message}"


async def test_about_four_earlier_turns_are_remembered(launch: Any) -> None:
    """A turn sees the four turns before it and none that is older."""
    recorder = Recorder()
    daemon = await launch(answer=recorder)
    for number in range(1, 7):
        await daemon.ask(f"第{number}条")
    assert recorder.seen[0] == ()
    assert recorder.seen[2] == ("第1条", "第2条")
    assert recorder.seen[5] == ("第2条", "第3条", "第4条", "第5条")


async def test_tool_calls_shorten_the_memory(launch: Any) -> None:
    """Turns with tools write more rows, so fewer of them are remembered."""
    recorder = Recorder()
    daemon = await launch(answer=recorder, faults=PrxFaults(tool_calls=3))
    for number in range(1, 5):
        await daemon.ask(f"第{number}条")
    assert recorder.seen[3] == ("第2条", "第3条")


async def test_targets_do_not_see_each_other(launch: Any) -> None:
    """Another `reply_target` starts empty; blanks at its ends mean nothing; callers without one share one."""
    recorder = Recorder()
    daemon = await launch(answer=recorder)
    await daemon.ask("a", target="one")
    await daemon.ask("b", target="two")
    await daemon.ask("c", target=" one ")
    await daemon.ask("d", target=None)
    await daemon.ask("e", target=None)
    assert recorder.seen == [(), (), ("a",), (), ("d",)]


async def test_turns_side_by_side_do_not_see_each_other(launch: Any) -> None:
    """What a running turn was asked is not remembered by one that starts meanwhile."""
    daemon = await launch(gated=True)
    await daemon.accepted("一")
    await daemon.accepted("二")
    await daemon.started(2)
    recalled = daemon.prx._daemon.memory.recall(session_key(daemon.prx.turns[0].reply_target))
    assert recalled == ()
    daemon.gate.open()
    await daemon.ended(2)


async def test_conversation_survives_a_restart_and_a_dead_turn_is_half_remembered(launch: Any) -> None:
    """After a restart mid-turn the question is remembered, its answer is not; a rerun does not store it twice."""
    daemon = await launch(faults=PrxFaults(hang=True))
    await daemon.accepted("装好了吗", key="k")
    await daemon.started()
    await daemon.prx.restart()
    daemon.prx.faults.hang = False
    again = await daemon.ask("装好了吗", key="k")
    assert again.status_code == 200
    memory = daemon.prx._daemon.memory
    rows = memory.recall(session_key(daemon.prx.turns[0].reply_target))
    assert [row.text for row in rows if row.role == "user"] == ["装好了吗"]
    assert [row.role for row in rows].count("assistant") == 1


@pytest.mark.parametrize("backend", ["markdown", "none"])
async def test_backends_without_events_remember_nothing(launch: Any, backend: str) -> None:
    """Only sqlite, postgres and lucid give continuity."""
    recorder = Recorder()
    daemon = await launch(answer=recorder, memory_backend=backend)
    await daemon.ask("a")
    await daemon.ask("b")
    assert recorder.seen == [(), ()]


def test_recording_can_be_turned_off() -> None:
    """Without recorded messages only events are left."""
    memory = Memory(PrxSettings(record_user_messages=False, record_assistant_messages=False))
    memory.begin("s", "t", "question", origin=None)
    memory.finish("s", "t", "answer")
    assert {row.role for row in memory.recall("s")} == {"event"}


def test_lines_and_block_are_cut_in_bytes() -> None:
    """A line has at most 3,072 bytes and stays valid UTF-8; a full block keeps the oldest rows."""
    memory = Memory(PrxSettings())
    for number in range(4):
        memory.begin("s", str(number), f"{number}" + "排" * 3_000, origin=None)
        memory.finish("s", str(number), "班" * 3_000)
    rows = memory.recall("s")
    lines = [row.line() for row in rows]
    assert max(len(line.encode()) for line in lines) <= LINE_BYTES
    assert sum(len(line.encode()) + 1 for line in lines) <= BLOCK_BYTES
    assert [row.text[0] for row in rows if row.role == "user"] == ["0", "1"]


async def test_an_earlier_message_is_seen_cut(launch: Any) -> None:
    """Of a long message the next turn sees no more than its line."""
    recorder = Recorder()
    daemon = await launch(answer=recorder)
    await daemon.ask("排" * 3_000)
    await daemon.ask("b")
    ((seen,),) = recorder.seen[1:]
    assert seen == "排" * ((LINE_BYTES - len("user: ")) // len("排".encode()))


LONG = "这是一条超过三十个字符的消息，用来检验语义记忆是否会自动保存它的内容。"


@pytest.mark.parametrize(
    ("message", "target", "settings", "saved"),
    [
        (LONG, "dingtalk:ding1abc:user:manager7", {}, True),
        ("x" * 30, "dingtalk:ding1abc:user:manager7", {}, True),
        ("x" * 29, "dingtalk:ding1abc:user:manager7", {}, False),
        (LONG, "dingtalk:ding1abc:group:cid1", {}, False),
        (LONG, "123@g.us", {}, False),
        (LONG, "dingtalk:ding1abc:user:manager7", {"auto_save": False}, False),
    ],
)
async def test_autosave(
    launch: Any, message: str, target: str, settings: dict[str, Any], saved: bool
) -> None:
    """Messages of 30 characters or more go into the daemon-wide store, unless they were said in a group."""
    daemon = await launch(**settings)
    await daemon.ask(message, target=target)
    assert daemon.prx.autosaved == ([message] if saved else [])


async def test_a_failed_turn_is_seen_afterwards(launch: Any) -> None:
    """The question of a turn that failed is remembered once the turn is over."""
    recorder = Recorder()
    daemon = await launch(answer=recorder, faults=PrxFaults(fail="error"))
    await daemon.ask("a")
    daemon.prx.faults.fail = ""
    await asyncio.sleep(0)
    await daemon.ask("b")
    assert recorder.seen == [("a",)]
