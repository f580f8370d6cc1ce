"""The reaction on a message while its agent works, as people in the chat see it, whatever happens to the router."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

GROUP = "cidITHelpDesk2026A1=="
RULES = """language 1

rule ask
  when text starts with "请教"
  then agent helpdesk progress reaction

otherwise reply "没有这样的规则"
"""


@pytest.fixture
async def world(tmp_path: Path, world_of: Callable[..., Awaitable[Any]]) -> AsyncIterator[Any]:
    """A world whose agent shows that it works, and works until it is let go."""
    started = await world_of(tmp_path, RULES)
    started.agent.faults.hang = True
    yield started
    await started.put_away()


def seen(world: Any, msg_id: str) -> list[str]:
    """What is seen below a message."""
    return [chip.name for chip in world.dingtalk.reactions(msg_id) if chip.removed is None]


async def test_it_is_seen_while_the_agent_works_and_gone_with_the_answer(world: Any) -> None:
    """On the message of the one who asked; it is set once and taken away once."""
    router = await world.run()
    msg_id = world.say("请教 怎么报销", group=GROUP)
    await world.event("Reacted", msg_id=msg_id, added=True)
    assert seen(world, msg_id) == ["🤔思考中"]
    world.agent.faults.hang = False
    assert "怎么报销" in (await world.reply_to(msg_id)).text
    await world.event("Reacted", msg_id=msg_id, added=False)
    assert seen(world, msg_id) == []
    router.signal(15)
    assert await router.ended() == 0
    assert len(await world.event("Reacted")) == 2


async def test_a_router_that_is_killed_leaves_none_behind(world: Any) -> None:
    """The next one goes on with the message: its reaction stays while the agent works, and is gone with the answer."""
    router = await world.run()
    msg_id = world.say("请教 断电")
    await world.event("Reacted", msg_id=msg_id, added=True)
    await router.put_away()
    assert seen(world, msg_id) == ["🤔思考中"]
    await world.run()
    world.agent.faults.hang = False
    assert "断电" in (await world.reply_to(msg_id)).text
    await world.event("Reacted", msg_id=msg_id, added=False)
    assert seen(world, msg_id) == []
    assert len(await world.event("Reacted", msg_id=msg_id)) == 2


async def test_one_that_an_answered_message_still_carries_is_taken_away_by_the_next_router(
    world: Any,
) -> None:
    """The answer had come, the reaction could not be taken away, and the router was killed."""
    router = await world.run()
    msg_id = world.say("请教 重启")
    await world.event("Reacted", msg_id=msg_id, added=True)
    world.dingtalk.faults.set("api-paths", "emotion/recall")
    world.dingtalk.faults.set("api", "system.busy")
    world.agent.faults.hang = False
    await world.reply_to(msg_id)
    await world.event("Refused", what="emotion/recall")
    await router.put_away()
    assert seen(world, msg_id) == ["🤔思考中"]
    world.settle()
    await world.run()
    await world.event("Reacted", msg_id=msg_id, added=False)
    assert seen(world, msg_id) == []


async def test_one_that_cannot_be_set_hinders_no_answer(world: Any) -> None:
    """The answer comes as ever, and what may have been set by calls without an answer is taken away."""
    world.dingtalk.faults.set("api-paths", "emotion/reply")
    world.dingtalk.faults.set("api", "cut-after")
    router = await world.run()
    msg_id = world.say("请教 怎么报销")
    await world.event("Reacted", msg_id=msg_id, added=True)
    world.agent.faults.hang = False
    assert "怎么报销" in (await world.reply_to(msg_id)).text
    await world.event("Reacted", msg_id=msg_id, added=False)
    router.signal(15)
    assert await router.ended() == 0
    assert seen(world, msg_id) == []
