"""Trouble around the router that passes, or does not: a full disk, a journal that another program holds, an endless agent."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.small_disk import fill_up, small_disk

AGAIN = 10.0
"""Seconds of DingTalk's after which it delivers again what nobody answered."""
BIG = 300_000
"""Bytes of a message, or an answer, for which a full disk has no room, wherever the journal would put it."""

ENDLESS = """language 1
rule ask when text starts with "请教" then agent helpdesk timeout 2s else reply "太久了：{{ failure }}"
rule knock when text starts with "敲门" then reply "请进：{{ text }}"
otherwise drop "other"
"""


@pytest.fixture
async def small_world(tmp_path: Path, world_of: Any) -> AsyncIterator[Any]:
    """A world whose files are on a small disk."""
    with small_disk(tmp_path / "disk") as disk:
        started = await world_of(disk)
        yield started
        await started.put_away()


def acked(world: Any, msg_id: str) -> bool:
    """Whether a message was acknowledged."""
    return any(type(each).__name__ == "Acked" and each.msg_id == msg_id for each in world.events.seen)


def stored_in(journal: Path) -> set[str]:
    """The ids of the messages in a journal that a router has open."""
    with closing(sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True)) as file:
        return {msg_id for (msg_id,) in file.execute("SELECT msg_id FROM entry")}


def length(texts: list[str]) -> int:
    """How many bytes texts have together."""
    return sum(len(each.encode()) for each in texts)


async def test_a_full_disk_is_outlasted(small_world: Any) -> None:
    """Nothing is acknowledged that is not stored nor sent what cannot be noted; with room again all is answered, once."""
    world = small_world
    world.dingtalk.faults.redeliver_after, world.dingtalk.faults.redeliveries = AGAIN, 1000
    router = await world.run()
    await world.reply_to(world.say("敲门 之前"))
    world.agent.faults.hang, world.agent.faults.answer_bytes = True, BIG
    asked = world.say("请教 谁", "u1002")
    await world.turns.until(lambda event: getattr(event, "message", "") == "请教 谁")
    await world.event("Acked", msg_id=asked)
    await router.logged("agent-started")
    ballast = fill_up(world.folder)
    # The log may begin anew in the space that it has: what is small is stored there or not, what is big cannot be.
    assert (world.folder / "prx-router.db-wal").stat().st_size < BIG
    big = world.say(f"搬来 {'大' * (BIG // 3)}")
    await router.logged("unstored", msg_id=big)
    small = world.say("敲门 小")
    world.agent.faults.hang = False
    await router.logged("unstored", 3, msg_id=big)
    acknowledged = {msg_id for msg_id in (asked, big, small) if acked(world, msg_id)}
    stored = stored_in(world.folder / "prx-router.db") & {asked, big, small}
    assert acknowledged <= stored <= {asked, small}
    for msg_id in stored:
        await world.event("Acked", msg_id=msg_id, code=200)
    assert (world.replies_to(asked), world.replies_to(big)) == ([], [])
    ballast.unlink()
    for msg_id in (big, small):
        await world.event("Acked", msg_id=msg_id, code=200)
        await world.reply_to(msg_id)
    await world.events.until(lambda _: length(world.replies_to(asked)) >= BIG)
    router.signal(signal.SIGTERM)
    assert await router.ended() == 0
    assert length(world.replies_to(asked)) == BIG
    assert world.replies_to(asked)[0].startswith("**答** 请教 谁")
    assert world.replies_to(big) == ["没有这样的规则"]
    assert world.replies_to(small) == ["请进：敲门 小"]
    assert 1 <= router.said.count("delivery.journal-trouble") == router.said.count("delivery.journal-works")
    assert len(world.agent.turns) == 1
    assert "Traceback" not in router.said


async def test_a_start_on_a_full_disk_says_so(small_world: Any) -> None:
    """Without room for the journal the router does not begin: exit code 3 and a sentence that names the file."""
    world = small_world
    world.write_files()
    fill_up(world.folder)
    router = await world.run(connected=False)
    assert await router.ended() == 3
    (said,) = [line for line in router.raw if line.startswith("prx-router: ")]
    assert "prx-router.db" in said
    assert "full" in said
    assert "Traceback" not in router.said


async def test_a_journal_that_another_program_holds_is_outlasted(world: Any) -> None:
    """While a shell has the file locked nothing is acknowledged; afterwards what came meanwhile is answered, once."""
    world.dingtalk.faults.redeliver_after, world.dingtalk.faults.redeliveries = AGAIN, 1000
    router = await world.run()
    await world.reply_to(world.say("敲门 之前"))
    with closing(sqlite3.connect(world.folder / "prx-router.db", isolation_level=None)) as shell:
        shell.execute("BEGIN IMMEDIATE")
        knocked = world.say("敲门 锁着")
        await router.logged("unstored", msg_id=knocked)
        assert not acked(world, knocked)
        shell.execute("ROLLBACK")
    await world.event("Acked", msg_id=knocked, code=200)
    await world.reply_to(knocked)
    router.signal(signal.SIGTERM)
    assert await router.ended() == 0
    assert world.replies_to(knocked) == ["请进：敲门 锁着"]
    assert "Traceback" not in router.said


async def test_an_agent_that_never_ends_holds_up_nobody_else(tmp_path: Path, world_of: Any) -> None:
    """Its sender is told after the timeout; it is not asked again, its session waits, others do not, whatever restarts."""
    world = await world_of(tmp_path, ENDLESS)
    try:
        world.agent.faults.hang = True
        first = await world.run()
        asked = world.say("请教 一")
        assert (await world.reply_to(asked)).text.startswith("太久了：")
        waiting = world.say("请教 二")
        await world.event("Acked", msg_id=waiting)
        assert (await world.reply_to(world.say("敲门 别人", "u1002"))).text == "请进：敲门 别人"
        assert (await world.reply_to(world.say("请教 别人", "u1003"))).text.startswith("太久了：")
        await first.put_away()
        second = await world.run()
        await second.logged("resumed", msg_id=waiting)
        assert (await world.reply_to(world.say("敲门 之后"))).text == "请进：敲门 之后"
        assert [turn.message for turn in world.agent.turns] == ["请教 一", "请教 别人"]
        world.agent.faults.hang = False
        assert (await world.reply_to(waiting)).text == "**答** 请教 二"
        await second.logged("late-answer", msg_id=asked)
        assert len(world.replies_to(asked)) == 1
        assert len(world.agent.turns) == 3
        assert "Traceback" not in first.said + second.said
    finally:
        await world.put_away()
