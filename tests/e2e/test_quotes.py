"""Quotes without words, from the robot API's answer over a restart to the agent."""

from __future__ import annotations

from typing import Any

RULES = """language 1

rule said
  when quoted contains "请进"
  then agent helpdesk

rule knock
  when text starts with "敲门"
  then reply "请进：{{ text }}"

otherwise drop "nothing"
"""
GROUP = "cidOpsOnCall2026B22=="


async def _robot_said(world: Any, count: int) -> Any:
    """The robot's line number ``count``."""
    lines = await world.events.until(
        lambda event: type(event).__name__ == "Wrote" and event.line.author == "robot", count
    )
    return lines[-1].line


async def test_an_agent_is_told_what_is_quoted(world: Any) -> None:
    """What the robot sent by its API is quoted by its key alone; the next process knows the words."""
    world.rules = RULES
    world.dingtalk.faults.quote_form = "original-only"
    world.dingtalk.faults.webhook_life = 0.0
    router = await world.run()
    world.say("敲门", group=GROUP)
    line = await _robot_said(world, 1)
    assert line.process_query_key
    router.process.terminate()
    await router.ended()
    await world.run(keep_files=True)
    world.say("再说一遍", group=GROUP, quote=line.msg_id)
    answer = (await _robot_said(world, 2)).text
    assert "> 请进：敲门" in answer
    assert "再说一遍" in answer
