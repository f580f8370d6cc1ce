"""Whose job is whose after a restart: a turn whose job id never arrived is found by its session and time."""

from __future__ import annotations

from dataclasses import replace

from prx_dingtalk_router.delivery import Dead, Done, EntryKey, NewEntry
from prx_dingtalk_router.delivery.journal import TurnChanged


async def test_the_job_of_an_earlier_turn_is_not_taken_for_another_s(world, agent_step):
    """A row tells the jobs before it in its session, so that after a restart none of them is taken for its own."""
    await world.agent()
    world.start(speed=1.0)
    first, second = await world.accept(agent_step()), await world.accept(agent_step())
    assert isinstance(await world.watch.ended(second), Done)
    (before,) = (await world.journal.get(EntryKey("dingbot", first))).turns
    (row,) = (await world.journal.get(EntryKey("dingbot", second))).turns
    assert row.other_jobs == (before.job_id,)
    (lost,) = await world.journal.store([NewEntry(world.decision(agent_step()))], world.clock.now_ms())
    others = (before.job_id, row.job_id)
    sent = replace(row, key="k", state="sent", job_id=None, daemon=None, answer=None, other_jobs=others)
    await world.journal.apply(lost.entry, [TurnChanged(sent)])
    dispatcher = await world.restart()
    await dispatcher.resume()
    dead = await world.watch.ended(lost.entry.key.msg_id)
    assert isinstance(dead, Dead)
    assert dead.reason.key == "delivery.unknown-outcome"
    assert len(world.chat.texts) == 2


async def test_a_job_that_only_an_earlier_process_knew_is_not_taken_for_another_s(world, agent_step):
    """A turn that was answered before the last restart but one keeps its job, however short before the lost one it ran."""
    await world.agent()
    world.start(speed=1.0)
    first = await world.accept(agent_step())
    assert isinstance(await world.watch.ended(first), Done)
    (before,) = (await world.journal.get(EntryKey("dingbot", first))).turns
    (lost,) = await world.journal.store([NewEntry(world.decision(agent_step()))], world.clock.now_ms())
    sent = replace(before, key="k", state="sent", job_id=None, daemon=None, answer=None)
    await world.journal.apply(lost.entry, [TurnChanged(sent)])
    dispatcher = await world.restart()
    await dispatcher.resume()
    dead = await world.watch.ended(lost.entry.key.msg_id)
    assert dead.reason.key == "delivery.unknown-outcome"
    assert len(world.chat.texts) == 1
