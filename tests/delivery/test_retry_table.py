"""Each row of the retry table on the wire, by its name: what is sent again, who else is asked, what is told (prx-gateway.md 15.2)."""

from __future__ import annotations

import json

import pytest

from prx_dingtalk_router.delivery import AgentEnded, Dead, Done

JSON = "application/json"
# Every second of ours takes a twentieth: backoffs and polls pass quickly, the daemon's own time is real.
SPEED = 20.0


@pytest.fixture
def ask(world, agent_step, reply_step):
    """Asks `desk`, else `other`, else says the failure; gives the end of the turn at `desk`, and its step's failure."""

    async def end(**fields):
        if "other" not in world.prx:
            await world.agent("other", answer=lambda _: _other())
        dispatcher = world.dispatchers[-1] if world.dispatchers else world.start(speed=SPEED)
        alternatives = (agent_step("other", "1.1"), reply_step("{{ failure }}", "1.2"))
        decision = world.decision(agent_step(alternatives=alternatives, **fields))
        await dispatcher.accept(decision)
        assert isinstance(await world.watch.ended(decision.message.msg_id), Done)
        turns = world.watch.of(AgentEnded, msg_id=decision.message.msg_id)
        return next(turn for turn in turns if turn.agent == "desk")

    return end


async def _other():
    return "另一位的回答"


def instead(*answers):
    """A proxy that gives these answers to the first dispatches in place of the daemon's, which got them all the same."""
    left = list(answers)

    def change(path, _status, _told):
        if path != "/webhook" or not left:
            return None
        status, told = left.pop(0)
        return (status, json.dumps(told), JSON) if not isinstance(told, str) else (status, told, "text/html")

    return change


def asked_others(world):
    """Whether the other agent was asked."""
    return len(world.prx["other"].turns) > 0


async def test_connect_refused_dns_or_failed_before_the_request_was_sent(world, ask):
    """Not started: tried again within the reach, and then another agent is asked, as the rule allows it."""
    prx = await world.agent(reach_for=3.0)
    prx.faults.refuse_connections = True
    turn = await ask()
    assert (turn.result, turn.reason.key) == ("not-started", "delivery.unreachable")
    assert (prx.turns, world.chat.texts) == ([], ["另一位的回答"])


@pytest.mark.parametrize("proxy_status", [502, 503, 504])
async def test_502_504_or_foreign_503(world, ask, proxy_status):
    """Unknown: the same bytes under the same key to the same daemon, which runs them once; nobody else is asked."""
    prx = await world.agent()
    front = await world.front(instead((proxy_status, "<html>"), (proxy_status, "<html>")))
    assert (await ask()).result == "answered"
    assert (front.posts, len(set(front.sent)), len(prx.turns)) == (3, 1, 1)
    assert not asked_others(world)


async def test_connection_lost_after_sending(world, ask):
    """Unknown: sent again to the same daemon, which knows the key and runs the turn once; nobody else is asked."""
    prx = await world.agent()
    prx.faults.drop_answers = 2
    assert (await ask()).result == "answered"
    assert (len(prx.turns), asked_others(world)) == (1, False)


async def test_202_is_polled(world, ask):
    """Started: its job is asked for until it has ended, and its answer delivered once."""
    prx = await world.agent()
    assert (await ask()).result == "answered"
    assert (len(prx.turns), world.chat.texts) == (1, ["答：你好"])


async def test_200_duplicate_is_the_answer(world, ask):
    """Started and done: a replayed answer is delivered once, and no job is looked for."""
    prx = await world.agent()
    looked = []
    prx.observe(lambda event: looked.append(getattr(event, "path", "")))
    told = {"status": "duplicate", "idempotent": True, "response": "好的", "model": "m", "response_id": "r"}
    front = await world.front(instead((200, told)))
    assert (await ask()).result == "answered"
    assert (front.posts, world.chat.texts) == (1, ["好的"])
    assert not [path for path in looked if path.startswith("/api/")]


@pytest.mark.parametrize(
    ("answer", "key"),
    [((400, {"error": "no"}), "delivery.refused"), ((413, "length limit exceeded"), "delivery.too-long")],
)
async def test_400_413(world, ask, answer, key):
    """Not started, for good: nothing is sent again, and another agent is asked."""
    await world.agent()
    front = await world.front(instead(answer))
    turn = await ask()
    assert (turn.result, turn.reason.key, turn.alert) == ("not-started", key, False)
    assert (front.posts, asked_others(world)) == (1, True)


@pytest.mark.parametrize(
    "answer",
    [(401, {"error": "no"}), (403, {"error": "no"}), (405, ""), (200, "<!doctype html>"), (302, "")],
)
async def test_401_403_405_html_or_non_json(world, ask, answer):
    """Not started, by a fault of the configuration: one alert, and nothing more is dispatched there."""
    await world.agent()
    front = await world.front(instead(answer, answer))
    turn = await ask()
    assert (turn.result, turn.reason.key, turn.alert) == ("not-started", "delivery.misconfigured", True)
    assert not (await ask()).alert
    assert front.posts == 1


async def test_409_processing(world, ask):
    """Running without a job id: found in the jobs by its session and time, however often the daemon says so."""
    prx = await world.agent()
    processing = (409, {"status": "processing", "idempotent": True, "message": "m"})
    front = await world.front(instead(processing, processing))
    turn = await ask()
    assert turn.result == "answered"
    assert (len(prx.turns), len({key for key, _ in front.sent}), asked_others(world)) == (1, 1, False)


async def test_409_retry_unavailable(world, ask):
    """Started and failed: not repeated, and no other agent is asked; the sender is told."""
    prx = await world.agent()
    front = await world.front(instead((409, {"status": "retry_unavailable", "idempotent": True})))
    turn = await ask()
    assert (turn.result, turn.reason.key) == ("failed", "delivery.failed")
    assert (front.posts, len(prx.turns), asked_others(world)) == (1, 1, False)
    assert world.chat.texts == ["the agent could not finish"]


async def test_409_replay_unavailable(world, ask):
    """Done, and its answer too long for a replay: it is taken from the jobs list."""
    prx = await world.agent()
    front = await world.front(instead((409, {"status": "replay_unavailable", "idempotent": True})))
    turn = await ask()
    assert turn.result == "answered"
    assert (front.posts, len(prx.turns), world.chat.texts) == (1, 1, ["答：你好"])


async def test_409_request_conflict(world, ask):
    """A defect of ours: an alert, nothing is sent again."""
    await world.agent()
    front = await world.front(instead((409, {"status": "request_conflict", "idempotent": True})))
    turn = await ask()
    assert (turn.result, turn.reason.key, turn.alert) == ("failed", "delivery.defect", True)
    assert (front.posts, asked_others(world)) == (1, False)


async def test_429(world, ask):
    """Not started: waited for as long as told, under the same key; longer than the reach, another agent is asked."""
    prx = await world.agent(reach_for=60.0)
    prx.faults.rate_limited = 2
    prx.faults.retry_after = 1
    front = await world.front(lambda *_: None)
    began = world.clock.monotonic()
    assert (await ask()).result == "answered"
    assert world.clock.monotonic() - began >= 2.0
    assert (front.posts, len(set(front.sent)), len(prx.turns)) == (3, 1, 1)
    prx.faults.rate_limited = -1
    prx.faults.retry_after = 61
    turn = await ask()
    assert (turn.result, turn.reason.key, asked_others(world)) == ("not-started", "delivery.busy", True)


@pytest.mark.parametrize("answer", [(500, {"error": "no"}), None])
async def test_500_or_job_http_status_500(world, ask, answer):
    """Started and failed: no automatic repeat, as tools may have acted; the sender is told."""
    prx = await world.agent()
    prx.faults.fail = "" if answer else "error"
    front = await world.front(instead(*([answer] if answer else [])))
    turn = await ask()
    assert (turn.result, turn.reason.key) == ("failed", "delivery.failed")
    assert (front.posts, len(prx.turns), asked_others(world)) == (1, 1, False)


async def test_503_retryable(world, ask):
    """Not started, as there is no room for keys: the same key after 5 to 30 seconds."""
    prx = await world.agent(reach_for=60.0)
    prx.faults.store_full = True
    times = []

    def make_room(path, *_):
        if path == "/webhook":
            times.append(world.clock.monotonic())
            prx.faults.store_full = False

    front = await world.front(make_room)
    assert (await ask()).result == "answered"
    assert times[1] - times[0] >= 5.0
    assert (front.posts, len(set(front.sent)), len(prx.turns)) == (2, 1, 1)


async def test_503_cancelled(world, ask):
    """Started and stopped: final."""
    await world.agent()
    front = await world.front(instead((503, {"error": "killed", "status": "cancelled"})))
    turn = await ask()
    assert (turn.result, turn.reason.key) == ("failed", "delivery.cancelled")
    assert (front.posts, asked_others(world)) == (1, False)


async def test_503_only_error(world, ask):
    """Started, and its result not kept: the outcome is unknown."""
    await world.agent()
    front = await world.front(instead((503, {"error": "no"})))
    turn = await ask()
    assert (turn.result, turn.reason.key) == ("unknown", "delivery.unknown-outcome")
    assert (front.posts, asked_others(world)) == (1, False)


@pytest.mark.parametrize("retry_safe", [False, True])
async def test_job_404_and_pid_or_uptime_shows_a_restart(world, ask, retry_safe):
    """It was running: unknown, and told; only an agent that is retry-safe runs it again, as another attempt."""
    prx = await world.agent(retry_safe=retry_safe)
    prx.faults.crash_in_turn = 1
    front = await world.front(lambda *_: None)
    turn = await ask()
    assert len({key for key, _ in front.sent}) == 1 + retry_safe
    if retry_safe:
        assert world.chat.texts == ["答：你好"]
    else:
        assert (turn.result, turn.reason.key) == ("unknown", "delivery.restarted")
        assert not asked_others(world)


async def test_job_404_without_a_restart(world, ask):
    """It finished long ago or was evicted: lost, and nothing is sent again, as the key may be forgotten too."""
    prx = await world.agent()
    gone = (404, '{"error": "unknown job"}', JSON)
    front = await world.front(lambda path, *_: gone if path.startswith("/api/jobs/") else None)
    turn = await ask()
    assert (turn.result, turn.reason.key) == ("unknown", "delivery.answer-lost")
    assert (front.posts, len(prx.turns), asked_others(world)) == (1, 1, False)


async def test_a_gateway_that_is_not_ready_gets_nothing(world, ask):
    """Not started, by its own word (section 15.5): nothing is sent, and after the reach another agent is asked."""
    prx = await world.agent(reach_for=3.0)
    prx.faults.gateway_state = "failed"
    front = await world.front(lambda *_: None)
    turn = await ask()
    assert (turn.result, turn.reason.key) == ("not-started", "delivery.not-ready")
    assert (front.posts, asked_others(world)) == (0, True)


async def test_a_gateway_that_boots_is_waited_for(world, agent_step):
    """While the gateway is starting a message waits within the reach, and runs as soon as it is ready."""
    prx = await world.agent()
    prx.faults.gateway_state = "starting"
    looked = []

    def boot(event):
        if getattr(event, "path", "") == "/health":
            looked.append(event)
            if len(looked) == 2:
                prx.faults.gateway_state = ""

    prx.observe(boot)
    dispatcher = world.start(speed=SPEED)
    decision = world.decision(agent_step())
    await dispatcher.accept(decision)
    end = await world.watch.ended(decision.message.msg_id)
    assert not isinstance(end, Dead)
    assert (len(looked), world.chat.texts) == (3, ["答：你好"])
