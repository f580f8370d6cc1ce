"""Rules and settings are edited while the router runs, and broken while it does not."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest


def rules_of(world: Any) -> Path:
    """The entry file."""
    path: Path = world.folder / "rules" / "main.rules"
    return path


async def answer(world: Any, text: str) -> str:
    """What is said to somebody who writes this."""
    line = await world.reply_to(world.say(text))
    return str(line.text)


async def test_an_edit_is_in_force_and_a_mistake_is_one_line(world: Any) -> None:
    """Messages are decided by what is right in the files, without a restart."""
    router = await world.run()
    text = rules_of(world).read_text("utf-8")
    assert "没有这样的规则" in await answer(world, "你好")
    rules_of(world).write_text(text.replace("没有这样的规则", "新的规则"), "utf-8")
    await router.logged("reloaded", trigger="watch", number=2)
    assert "新的规则" in await answer(world, "你好")
    rules_of(world).write_text(text.replace("otherwise", "otherwize"), "utf-8")
    (line,) = await router.logged("reload-refused")
    assert line["level"] == "error"
    assert "新的规则" in await answer(world, "还在吗")
    rules_of(world).write_text(text.replace("没有这样的规则", "第三版"), "utf-8")
    await router.logged("reloaded", number=3)
    assert "第三版" in await answer(world, "你好")
    assert "Traceback" not in router.said


async def test_a_broken_set_a_restart_and_a_good_one(world: Any) -> None:
    """Broken rules and a broken configuration do not take the bot down; the user's files stay; the next sound edit is in force."""
    router = await world.run()
    text = rules_of(world).read_text("utf-8")
    rules_of(world).write_text(text.replace("没有这样的规则", "好的一版"), "utf-8")
    await router.logged("reloaded", number=2)
    rules_of(world).write_text("rule broken when", "utf-8")
    await router.logged("reload-refused")
    router.signal(signal.SIGKILL)
    await router.ended()
    config = world.folder / "prx-router.toml"
    sound = config.read_text("utf-8")
    config.write_text(f'{sound}[rules]\nrelaod = "watch"\n', "utf-8")
    again = await world.run(keep_files=True)
    (refused,) = await again.logged("boot-last-configuration")
    assert "rules.relaod" in refused["first"]
    (line,) = await again.logged("boot-last-good")
    assert (line["number"], line["level"]) == (2, "error")
    assert "好的一版" in await answer(world, "你好")
    assert rules_of(world).read_text("utf-8") == "rule broken when"
    rules_of(world).write_text(text, "utf-8")
    await again.logged("reload-refused")
    config.write_text(sound, "utf-8")
    await again.logged("reloaded", number=3)
    assert "没有这样的规则" in await answer(world, "你好")


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no such signal here")
async def test_a_signal_reloads_rules_that_are_loaded_by_hand(world: Any) -> None:
    """With ``reload = "manual"`` nothing happens until SIGHUP, and then all at once."""
    config = world.write_files()
    config.write_text(config.read_text("utf-8") + '[rules]\nreload = "manual"\n', "utf-8")
    router = await world.run(keep_files=True)
    text = rules_of(world).read_text("utf-8")
    rules_of(world).write_text(text.replace("没有这样的规则", "按信号"), "utf-8")
    router.signal(signal.SIGHUP)
    await router.logged("reloaded", trigger="signal", number=2)
    assert "按信号" in await answer(world, "你好")


async def test_messages_for_a_removed_agent_are_dead_with_that_reason(world: Any) -> None:
    """What waited for it when the reload removed it is not asked of anybody else, and is told of."""
    router = await world.run()
    world.agent.faults.hang = True
    first = world.say("问 一")
    await world.turns.until(lambda event: getattr(event, "message", "") == "问 一")
    second = world.say("问 二")
    await world.event("Acked", msg_id=second)
    text, config = rules_of(world).read_text("utf-8"), world.folder / "prx-router.toml"
    without = text.replace("then agent helpdesk", 'then reply "没有智能体了"').replace(
        '  else reply "智能体没有回答：{{ failure }}"\n', ""
    )
    rules_of(world).write_text(without, "utf-8")
    await router.logged("reloaded", number=2)
    config.write_text(config.read_text("utf-8").split("[agents")[0], "utf-8")
    await router.logged("reloaded", number=3, changed="agents.helpdesk")
    world.agent.faults.hang = False
    (dead,) = await router.logged("dead", msg_id=second)
    assert "helpdesk" in dead["reason"]
    # The turn that ran ends with the agent it began with.
    await world.event("Wrote")
    assert first != second
