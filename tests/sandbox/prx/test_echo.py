"""The default answer."""

from __future__ import annotations

from typing import Any

import pytest

from prx_dingtalk_router.catalogue import text, use_language


async def test_echo_shows_the_last_four_turns(launch: Any) -> None:
    """The echo repeats the message, names agent and target, and lists the four messages before it in order."""
    daemon = await launch("ops")
    for number in range(1, 6):
        await daemon.ask(f"消息{number}", target="t")
    lines = (await daemon.ask("消息6", target="t")).json()["response"].splitlines()
    assert lines[0] == text("sandbox.prx-echo", agent="ops", message="消息6").render()
    assert text("sandbox.prx-echo-target", target="t").render() in lines
    assert lines[-4:] == ["1. 消息2", "2. 消息3", "3. 消息4", "4. 消息5"]


async def test_first_echo_has_no_history(launch: Any) -> None:
    """In a new conversation nothing is listed."""
    daemon = await launch()
    assert text("sandbox.prx-echo-earlier").render() not in (await daemon.ask()).json()["response"]


@pytest.fixture
def _chinese() -> Any:
    use_language("zh")
    yield
    use_language("en")


@pytest.mark.usefixtures("_chinese")
async def test_echo_speaks_the_language_of_the_process(launch: Any) -> None:
    """The frame of the echo is Chinese where the process is."""
    daemon = await launch("it")
    assert (await daemon.ask("你好")).json()["response"].startswith("**it** 收到：你好")
