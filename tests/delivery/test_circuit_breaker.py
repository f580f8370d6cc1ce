"""Agents that refuse or are down: what later messages know of it (prx-gateway.md sections 15.2 and 15.5)."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery import AgentEnded, AgentFault, AgentStarted, Dead, Done
from prx_dingtalk_router.delivery.prx.circuit_breaker import FAULT_SECONDS, OPEN_SECONDS, CircuitBreaker

REASON = text("delivery.misconfigured")


async def _end(world, *steps):
    decision = world.decision(*steps)
    await world.dispatchers[-1].accept(decision)
    return await world.watch.ended(decision.message.msg_id)


def test_a_fault_is_known_for_its_time(hand_clock):
    """A fault is new once in its time, and over after it."""
    breaker = CircuitBreaker(hand_clock)
    assert breaker.fault is None
    assert breaker.note_fault(REASON)
    assert not breaker.note_fault(REASON)
    hand_clock.ms += round(FAULT_SECONDS * 1000) - 1
    assert breaker.fault == REASON
    hand_clock.ms += 1
    assert breaker.fault is None
    assert breaker.note_fault(REASON)
    breaker.close()
    assert breaker.fault is None


def test_an_agent_that_is_down_is_waited_for_by_one_every_five_seconds(hand_clock):
    """While it is open nobody with an alternative waits, but for one when the time is over; a contact closes it."""
    breaker = CircuitBreaker(hand_clock)
    assert (breaker.is_open, breaker.waits()) == (False, True)
    breaker.note_unreachable()
    assert (breaker.is_open, breaker.waits()) == (True, False)
    for _ in range(3):
        hand_clock.ms += round(OPEN_SECONDS * 1000) - 1
        assert not breaker.waits()
        hand_clock.ms += 1
        assert [breaker.waits() for _ in range(3)] == [True, False, False]
        assert breaker.is_open
    breaker.note_contact()
    assert (breaker.is_open, breaker.waits()) == (False, True)


def test_after_a_fault_one_turn_finds_out_for_all(hand_clock):
    """When its time is over one turn is let through, and the others wait for what comes of it; a success ends it."""
    breaker = CircuitBreaker(hand_clock)
    assert breaker.admit() is None
    breaker.note_fault(REASON)
    assert breaker.admit() == REASON
    hand_clock.ms += round(FAULT_SECONDS * 1000)
    assert [breaker.admit() for _ in range(3)] == [None, REASON, REASON]
    assert breaker.note_fault(REASON), "the refusal of the one that was let through is told again"
    assert breaker.admit() == REASON
    breaker.close()
    assert breaker.admit() is None


def test_the_first_reason_of_a_fault_is_kept(hand_clock):
    """What follows from a fault does not hide it; after its time another one has its own reason."""
    breaker = CircuitBreaker(hand_clock)
    breaker.note_fault(REASON)
    breaker.note_fault(text("delivery.wrong-agent"))
    assert breaker.fault == REASON
    hand_clock.ms += round(FAULT_SECONDS * 1000)
    breaker.note_fault(text("delivery.wrong-agent"))
    assert breaker.fault == text("delivery.wrong-agent")


@pytest.mark.parametrize("hours", [-1, 1])
def test_setting_the_wall_clock_mends_no_agent_and_keeps_none_away(hand_clock, hours):
    """What is remembered lasts its time, whatever the wall clock is set to."""
    breaker = CircuitBreaker(hand_clock)
    breaker.note_fault(REASON)
    breaker.note_unreachable()
    hand_clock.wall_ms = hours * 3_600_000
    assert (breaker.fault, breaker.waits()) == (REASON, False)
    hand_clock.ms += round(FAULT_SECONDS * 1000)
    assert (breaker.fault, breaker.waits()) == (None, True)


async def test_a_refused_token_stops_dispatching_for_a_minute(world, agent_step, reply_step):
    """After a 401 nothing is posted for a minute and nothing alerts again; then it is tried again."""
    await world.agent()
    front = await world.front(lambda *_: None)
    world.tables["desk"] = world.tables["desk"].model_copy(update={"token": SecretStr("nope")})
    world.start()
    step = agent_step(alternatives=(reply_step("{{ failure }}", "1.1"),))
    for _ in range(3):
        assert isinstance(await _end(world, step), Done)
    assert front.posts == 1
    world.clock.skip(FAULT_SECONDS)
    assert isinstance(await _end(world, step), Done)
    assert front.posts == 2
    turns = world.watch.of(AgentEnded)
    assert [turn.alert for turn in turns] == [True, False, False, True]
    assert {(turn.result, turn.reason.key) for turn in turns} == {("not-started", REASON.key)}
    assert len(set(world.chat.texts)) == 1


async def test_a_page_stops_dispatching_too(world, agent_step):
    """A 200 with a page instead of JSON is remembered like a refusal."""
    await world.agent()
    front = await world.front(
        lambda path, *_: (200, "<!doctype html>", "text/html") if path == "/webhook" else None
    )
    world.start()
    for _ in range(2):
        end = await _end(world, agent_step())
        assert isinstance(end, Dead)
        assert end.reason.key == REASON.key
    assert front.posts == 1


@pytest.mark.parametrize("same", [True, False])
async def test_a_reload_forgets_the_fault(world, agent_step, same):
    """With settings put in place again, changed or not, the next message is dispatched at once."""
    prx = await world.agent()
    good = world.tables["desk"]
    refused = [True]
    await world.front(
        lambda path, *_: (401, "{}", "application/json") if refused and path == "/webhook" else None
    )
    world.start()
    assert isinstance(await _end(world, agent_step()), Dead)
    refused.clear()
    world.pools[-1].replace({"desk": world.tables["desk"] if same else good})
    assert isinstance(await _end(world, agent_step()), Done)
    assert prx.turns


async def test_an_agent_that_is_down_is_not_waited_for_by_those_with_an_alternative(
    world, agent_step, reply_step
):
    """Once the reach was used up in vain, an `else` is taken after one try, while a message without one waits."""
    prx = await world.agent(reach_for=4.0)
    prx.faults.refuse_connections = True
    world.start(speed=4.0)
    step = agent_step(alternatives=(reply_step("{{ failure }}", "1.1"),))
    assert isinstance(await _end(world, step), Done)
    patient = world.decision(agent_step(), message=world.message(sender="u2"))
    await world.dispatchers[-1].accept(patient)
    await world.watch.until(AgentStarted, 2)
    assert isinstance(await _end(world, step), Done)
    assert [turn.msg_id for turn in world.watch.of(AgentEnded)] == ["msg1==", "msg3=="]
    prx.faults.refuse_connections = False
    assert isinstance(await world.watch.ended(patient.message.msg_id), Done)
    assert isinstance(await _end(world, step), Done)
    assert len(prx.turns) == 2
    assert world.chat.texts[:2] == ["the agent cannot be reached"] * 2


async def test_an_agent_is_taken_for_down_only_after_the_whole_reach(world, agent_step, reply_step):
    """While somebody still tries to reach it, others with an alternative wait for it too."""
    prx = await world.agent(reach_for=60.0)
    prx.faults.refuse_connections = True
    dispatcher = world.start(speed=10.0)
    alternatives = (reply_step("{{ failure }}", "1.1"),)
    for sender in ("u1", "u2"):
        message = world.message(sender=sender)
        await dispatcher.accept(world.decision(agent_step(alternatives=alternatives), message=message))
        await world.watch.until(AgentStarted, 1 if sender == "u1" else 2)
        await world.clock.sleep(2.0)
    prx.faults.refuse_connections = False
    await dispatcher.idle()
    assert world.chat.texts == ["答：你好"] * 2


async def test_an_agent_that_is_back_is_used_at_once(world, agent_step, reply_step):
    """What is remembered of an outage never keeps a message from an agent that answers again."""
    prx = await world.agent(reach_for=0.5)
    prx.faults.refuse_connections = True
    world.start()
    step = agent_step(alternatives=(reply_step("{{ failure }}", "1.1"),))
    assert isinstance(await _end(world, step), Done)
    prx.faults.refuse_connections = False
    assert isinstance(await _end(world, step), Done)
    assert len(prx.turns) == 1


async def test_a_timeout_before_the_reach_says_why(world, agent_step, reply_step):
    """A step whose timeout is shorter than `reach_for` fails as unreachable, not as slow."""
    prx = await world.agent(reach_for=60.0)
    prx.faults.refuse_connections = True
    world.start()
    step = agent_step(timeout=1.0, alternatives=(reply_step("{{ failure }}", "1.1"),))
    assert isinstance(await _end(world, step), Done)
    assert world.chat.texts == ["the agent cannot be reached"]


async def test_a_timeout_while_told_to_wait_says_why(world, agent_step, reply_step):
    """A step that times out while the daemon asks to wait fails as busy."""
    prx = await world.agent(reach_for=60.0)
    prx.faults.rate_limited = -1
    prx.faults.retry_after = 10
    world.start()
    step = agent_step(timeout=1.5, alternatives=(reply_step("{{ failure }}", "1.1"),))
    assert isinstance(await _end(world, step), Done)
    assert world.chat.texts == ["the agent is busy, please try again later"]


async def test_a_token_revoked_while_a_turn_runs_alerts_once_and_stops_dispatching(
    world, agent_step, reply_step
):
    """Its job is asked about on and on and its answer delivered in the end; meanwhile nobody else is sent there."""
    revoked = True

    def refuse(path, _, __):
        refused = revoked and path.startswith("/api/")
        return (401, '{"error": "unauthorized"}', "application/json") if refused else None

    await world.agent()
    front = await world.front(refuse)
    world.hold()
    world.start()
    running = world.decision(agent_step())
    await world.dispatchers[-1].accept(running)
    fault = await world.watch.until(AgentFault)
    assert (fault.agent, fault.msg_id) == ("desk", running.message.msg_id)
    posts = front.posts
    other = agent_step(alternatives=(reply_step("{{ failure }}", "1.1"),), session="message")
    assert isinstance(await _end(world, other), Done)
    assert (front.posts, world.chat.texts) == (posts, [str(REASON)])
    revoked = False
    world.open.set()
    assert isinstance(await world.watch.ended(running.message.msg_id), Done)
    assert world.chat.texts[-1].startswith("答：")
    assert len(world.watch.of(AgentFault)) == 1


def test_a_fault_lasts_from_the_last_refusal(hand_clock):
    """Whoever is refused again and again alerts once."""
    breaker = CircuitBreaker(hand_clock)
    assert breaker.note_fault(REASON)
    for _ in range(5):
        hand_clock.ms += round(FAULT_SECONDS * 1000) - 1
        assert not breaker.note_fault(REASON)
