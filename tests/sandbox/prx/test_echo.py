"""The default answer."""

from __future__ import annotations

from typing import Any


async def test_echo_shows_the_last_four_turns(launch: Any) -> None:
    """The echo repeats the message, names agent and target, and lists the four messages before it in order."""
    daemon = await launch("ops")
    for number in range(1, 6):
        await daemon.ask(f"消息{number}", target="t")
    lines = (await daemon.ask("消息6", target="t")).json()["response"].splitlines()
    assert lines[0] == "**ops** ← 消息6"
    assert "reply_target: t" in lines
    assert lines[-4:] == ["1. 消息2", "2. 消息3", "3. 消息4", "4. 消息5"]


async def test_first_echo_has_no_history(launch: Any) -> None:
    """In a new conversation nothing is listed."""
    daemon = await launch()
    answer = (await daemon.ask("你好", target="new")).json()["response"]
    assert answer.splitlines() == ["**" + daemon.prx.agent_id + "** ← 你好", "", "reply_target: new"]
