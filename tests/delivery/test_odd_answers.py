"""A daemon, or a proxy before it, that answers otherwise than the contract says: nobody is asked twice for it."""

from __future__ import annotations

import json

import pytest

from prx_dingtalk_router.delivery import AgentEnded, Dead, Done, StepFailed

JSON = "application/json"
SO_MANY_THAT_THEY_ARE_LISTED = 8
"""Turns at a time for which the default budget has too few calls to ask for each."""
ODD = [
    (202, {"status": "accepted"}),
    (200, {"status": "duplicate", "idempotent": True}),
    (200, {"response": None}),
    (200, {"response": 5}),
    (200, {}),
    (200, []),
]


def _chain(agent_step, reply_step):
    """Another agent, and then a reply, instead of the agent `desk`."""
    return agent_step(
        alternatives=(agent_step("other", "1.1"), reply_step("{{ failure }}", "1.2")),
    )


async def _end(world, *steps):
    decision = world.decision(*steps)
    await world.dispatchers[-1].accept(decision)
    return await world.watch.ended(decision.message.msg_id)


@pytest.mark.parametrize(("status", "told"), ODD)
async def test_an_odd_success_is_looked_for_in_the_jobs(world, agent_step, reply_step, status, told):
    """A success without job or answer has started: its job is found by session and time, and nobody else is asked."""
    prx = await world.agent()
    other = await world.agent("other")
    await world.front(lambda path, *_: (status, json.dumps(told), JSON) if path == "/webhook" else None)
    world.start()
    assert isinstance(await _end(world, _chain(agent_step, reply_step)), Done)
    assert world.chat.texts == ["答：你好"]
    assert (len(prx.turns), len(other.turns)) == (1, 0)


@pytest.mark.parametrize(("status", "told"), ODD)
async def test_an_odd_success_that_is_not_in_the_jobs_is_unknown(world, agent_step, reply_step, status, told):
    """Where the jobs do not show it either, the outcome is unknown: `else agent` is passed over, `else reply` is sent."""
    prx = await world.agent()
    other = await world.agent("other")

    def change(path, *_):
        if path == "/webhook":
            return status, json.dumps(told), JSON
        return (200, '{"jobs": [], "total": 0}', JSON) if path == "/api/jobs" else None

    await world.front(change)
    world.start()
    assert isinstance(await _end(world, _chain(agent_step, reply_step)), Done)
    turn = world.watch.of(AgentEnded)[-1]
    assert (turn.result, turn.reason.key) == ("unknown", "delivery.odd-answer")
    assert len(world.chat.texts) == 1
    assert (len(prx.turns), len(other.turns)) == (1, 0)


async def test_a_page_did_not_start_anything(world, agent_step, reply_step):
    """A page with status 200 is from somebody else than PRX, so another agent is asked."""
    await world.agent()
    other = await world.agent("other")
    page = (200, "<!doctype html>", "text/html")
    await world.front(lambda path, *_: page if path == "/webhook" else None)
    world.start()
    assert isinstance(await _end(world, _chain(agent_step, reply_step)), Done)
    assert len(other.turns) == 1


@pytest.mark.parametrize("several", [False, True])
async def test_a_status_that_nobody_knows_is_no_end(world, agent_step, several):
    """A job with an unknown status is watched on until it has ended, alone or in a list."""
    prx = await world.agent()
    world.hold()
    looks = []

    def change(path, status, told):
        if path.startswith("/api/jobs"):
            looks.append(path)
            world.watch.changed.set()
            return status, told.decode().replace('"running"', '"paused"'), JSON
        return None

    await world.front(change)
    dispatcher = world.start()
    count = SO_MANY_THAT_THEY_ARE_LISTED if several else 1
    for number in range(count):
        await dispatcher.accept(world.decision(agent_step(), message=world.message(sender=f"u{number}")))
    await world.watch.holds(lambda: looks.count("/api/jobs") >= 2 if several else len(looks) >= 3)
    assert world.watch.of(AgentEnded) == []
    world.open.set()
    await dispatcher.idle()
    assert world.chat.texts == ["答：你好"] * count
    assert len(prx.turns) == count


async def test_a_paused_job_times_out(world, agent_step, reply_step):
    """A job that stays in an unknown status ends its step at the timeout."""
    await world.agent()
    world.hold()
    await world.front(
        lambda path, status, told: (
            (status, told.decode().replace('"running"', '"paused"'), JSON)
            if path.startswith("/api/jobs")
            else None
        )
    )
    dispatcher = world.start()
    step = agent_step(timeout=2.0, alternatives=(reply_step("超时", "1.1"),))
    assert isinstance(await _end(world, step), Done)
    assert world.watch.of(StepFailed)[0].reason.key == "delivery.timed-out"
    world.open.set()
    await dispatcher.idle()
    assert world.chat.texts == ["超时"]


@pytest.mark.parametrize("several", [False, True])
async def test_an_answer_that_is_there_at_the_timeout_is_taken(world, agent_step, reply_step, several):
    """A turn that ended between the last look and its timeout is answered, not called timed out."""
    prx = await world.agent()
    world.hold()
    looks = []

    def count(event):
        if getattr(event, "path", "").startswith("/api/jobs"):
            looks.append(event)

    prx.observe(count)
    dispatcher = world.start(speed=2.0)
    for number in range(1 + several):
        message = world.message(sender=f"u{number}")
        # The looks before the timeout are at 0.3, 0.7, 1.5, 3 and 5 seconds, the next would be at 7.2 or later.
        step = agent_step(timeout=6.8, alternatives=(reply_step("超时", "1.1"),))
        await dispatcher.accept(world.decision(step, message=message))
    # Two are asked for by their ids twice, and then by the list.
    before = 7 if several else 5
    await world.watch.holds(lambda: len(looks) >= before)
    world.open.set()
    await dispatcher.idle()
    assert world.chat.texts == ["答：你好"] * (1 + several)
    assert before < len(looks) <= before + 1 + several
    assert world.watch.of(StepFailed) == []


async def test_a_key_that_is_too_old_is_no_restart(world, agent_step):
    """When a proxy answers every dispatch and the daemon is well, no restart is blamed once the key has become too old."""
    prx = await world.agent(reach_for=20.0, idempotency_ttl=2.0)
    await world.front(lambda path, *_: (502, "bad gateway", "text/plain") if path == "/webhook" else None)
    prx.faults.rate_limited = -1
    world.start(speed=10.0)
    end = await _end(world, agent_step())
    assert isinstance(end, Dead)
    assert end.reason.key == "delivery.unknown-outcome"
    assert prx.turns == []


@pytest.mark.parametrize(
    "listed",
    [
        {"jobs": [], "total": 2},
        {"jobs": [{"job_id": 5}, None, "x"], "total": 3},
        {"jobs": None},
        {},
        [],
        "<!doctype html>",
    ],
)
async def test_jobs_that_the_list_does_not_tell_are_asked_for(world, agent_step, listed):
    """A list that cannot be read, or leaves jobs out, proves nothing: each is asked for by its id."""
    prx = await world.agent()
    told = listed if isinstance(listed, str) else json.dumps(listed)
    kind = "text/html" if isinstance(listed, str) else JSON
    await world.front(lambda path, *_: (200, told, kind) if path == "/api/jobs" else None)
    world.hold()
    dispatcher = world.start(speed=20.0)
    count = SO_MANY_THAT_THEY_ARE_LISTED
    for number in range(count):
        message = world.message(sender=f"u{number}")
        await dispatcher.accept(world.decision(agent_step(), message=message))
    await world.watch.holds(lambda: len(prx.turns) == count)
    world.open.set()
    await dispatcher.idle()
    assert len(world.watch.of(Done)) == count
    assert len(prx.turns) == count


async def test_an_uptime_past_all_bounds_names_no_process(world, agent_step):
    """A number that no process could have lived harms nothing."""
    await world.agent()

    def change(path, status, told):
        if path != "/health":
            return None
        health = json.loads(told)
        health["runtime"]["uptime_seconds"] = 10**400
        return status, json.dumps(health), JSON

    await world.front(change)
    world.start()
    assert isinstance(await _end(world, agent_step()), Done)


async def test_a_clock_that_was_set_does_not_end_a_turn(world, agent_step):
    """The daemon's age grew by more than our clock did, which says nothing while its process is the same."""
    prx = await world.agent()
    state = {"age": 1_000, "blind": False}

    def change(path, status, told):
        if path == "/health":
            health = json.loads(told)
            health["runtime"]["uptime_seconds"] = state["age"]
            state["seen"] = state["blind"]
            return status, json.dumps(health), JSON
        return (502, "", "text/html") if state["blind"] and path.startswith("/api/") else None

    await world.front(change)
    world.hold()
    dispatcher = world.start(speed=20.0)
    await dispatcher.accept(world.decision(agent_step()))
    await world.watch.holds(lambda: prx.turns)
    state.update(age=2_000, blind=True)
    while not state["seen"]:
        await world.clock.sleep(0.1)
    state["blind"] = False
    world.open.set()
    await dispatcher.idle()
    assert world.chat.texts == ["答：你好"]
