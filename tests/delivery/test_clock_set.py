"""The wall clock is set while messages are under way: no wait is longer or shorter for it (running-side B2)."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.delivery import AgentEnded, AgentStarted, Done, Replied, StepFailed
from prx_dingtalk_router.delivery.dispatch.alarms import Alarms

HOURS = pytest.mark.parametrize("hours", [-1, 1])


@HOURS
async def test_a_turn_has_its_time(world, agent_step, hours):
    """Set forward it is not given up, its answer is sent; set back "still working" and the answer come as they would have."""
    prx = await world.agent(notice_after=20.0, notice="还在处理")
    world.hold()
    dispatcher = world.start(speed=20)
    decision = world.decision(agent_step(timeout=600.0))
    await dispatcher.accept(decision)
    await world.watch.until(AgentStarted)
    await world.watch.holds(lambda: prx.turns)
    world.clock.set_wall(hours * 3600)
    await world.watch.until(Replied, purpose="notice")
    world.open.set()
    assert isinstance(await world.watch.ended(decision.message.msg_id), Done)
    assert world.watch.of(StepFailed) == []
    assert 20 <= world.watch.of(AgentEnded)[0].seconds < 600
    assert world.chat.texts == ["还在处理", "答：你好"]


@HOURS
async def test_a_turn_is_given_up_at_its_time(world, agent_step, reply_step, hours):
    """Neither at once nor an hour late."""
    await world.agent()
    world.hold()
    dispatcher = world.start(speed=20)
    decision = world.decision(agent_step(timeout=20.0, alternatives=(reply_step("太久", "1.1"),)))
    await dispatcher.accept(decision)
    await world.watch.until(AgentStarted)
    began = world.clock.monotonic()
    world.clock.set_wall(hours * 3600)
    failed = await world.watch.until(StepFailed)
    assert failed.reason.key == "delivery.timed-out"
    assert 19 <= world.clock.monotonic() - began < 600


@HOURS
async def test_a_throttled_conversation_is_come_back_to_in_time(world, reply_step, monkeypatch, hours):
    """After its minute."""
    put_off, after = asyncio.Event(), Alarms.after

    def noted(self, seconds, ring):
        put_off.set()
        after(self, seconds, ring)

    monkeypatch.setattr(Alarms, "after", noted)
    dispatcher = world.start(speed=30)
    world.chat.answers.append(130101)
    began = world.clock.monotonic()
    decision = world.decision(reply_step("一"))
    await dispatcher.accept(decision)
    await put_off.wait()
    world.clock.set_wall(hours * 3600)
    assert isinstance(await world.watch.ended(decision.message.msg_id), Done)
    assert 60 <= world.clock.monotonic() - began < 600


@HOURS
async def test_an_agent_that_comes_back_is_asked_in_time(world, agent_step, hours):
    """One that cannot be reached is tried again after seconds, whatever the clock shows meanwhile."""
    prx = await world.agent(reach_for=300.0)
    dispatcher = world.start(speed=20)
    prx.faults.refuse_connections = True
    decision = world.decision(agent_step())
    await dispatcher.accept(decision)
    await world.watch.until(AgentStarted)
    world.clock.set_wall(hours * 3600)
    prx.faults.refuse_connections = False
    began = world.clock.monotonic()
    assert isinstance(await world.watch.ended(decision.message.msg_id), Done)
    assert world.clock.monotonic() - began < 200
