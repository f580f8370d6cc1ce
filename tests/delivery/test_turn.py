"""Turns against the sandbox's daemon: what goes wrong on the wire and in the process (prx-gateway.md section 15)."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from prx_dingtalk_router.delivery import AgentEnded, AgentStarted, Dead, Done, StepFailed
from prx_dingtalk_router.sandbox.prx import PrxSettings

# Every second of ours takes a twentieth: backoffs and polls pass quickly, the daemon's own time is real.
SPEED = 20.0


async def _ask(world, agent_step, **fields):
    dispatcher = world.dispatchers[-1] if world.dispatchers else world.start(speed=SPEED)
    decision = world.decision(agent_step(**fields))
    await dispatcher.accept(decision)
    return decision.message.msg_id


async def _fate(world, agent_step, **fields):
    """The end of a message for the agent, and the end of its turn."""
    msg_id = await _ask(world, agent_step, **fields)
    end = await world.watch.ended(msg_id)
    return end, world.watch.of(AgentEnded, msg_id=msg_id)[-1]


async def test_all_layers_of_authentication_are_sent(world, agent_step):
    """Bearer, webhook token and signature together are what a strict daemon takes."""
    await world.agent(settings=PrxSettings(webhook_token="wt", signing_secret="sig"))
    end, turn = await _fate(world, agent_step)
    assert isinstance(end, Done)
    assert turn.result == "answered"


async def test_a_wrong_token_is_an_operator_s_matter(world, agent_step):
    """A refused token means that nothing started, and alerts."""
    await world.agent()
    world.tables["desk"] = world.tables["desk"].model_copy(update={"token": SecretStr("nope")})
    end, turn = await _fate(world, agent_step)
    assert isinstance(end, Dead)
    assert (end.reason.key, turn.result, turn.alert) == ("delivery.misconfigured", "not-started", True)


async def test_a_lost_answer_does_not_run_the_turn_twice(world, agent_step):
    """The 202 is lost on the wire: the turn is found again, and its answer sent once."""
    prx = await world.agent()
    prx.faults.drop_answers = 1
    end, turn = await _fate(world, agent_step)
    assert isinstance(end, Done)
    assert turn.result == "answered"
    assert len(prx.turns) == 1
    assert len(world.chat.posts) == 1


async def test_a_lost_answer_of_a_long_turn_is_found_in_the_jobs(world, agent_step):
    """While the turn still runs the resend meets `processing`, and the job is found by its session."""
    prx = await world.agent()
    prx.faults.drop_answers = 1
    world.hold()
    world.start(speed=SPEED)
    msg_id = await _ask(world, agent_step)
    looked = []
    prx.observe(lambda event: looked.append(getattr(event, "path", "")))
    await world.watch.holds(lambda: any(path.startswith("/api/jobs/") for path in looked))
    world.open.set()
    assert isinstance(await world.watch.ended(msg_id), Done)
    assert len(prx.turns) == 1


async def test_a_proxy_s_page_after_acceptance_does_not_run_it_twice(world, agent_step):
    """A 502 of a proxy behind which PRX did accept is resent under the same key."""
    prx = await world.agent()
    prx.faults.bad_gateway_after = 1
    end, _ = await _fate(world, agent_step)
    assert isinstance(end, Done)
    assert len(prx.turns) == 1


async def test_a_proxy_that_is_down_for_a_moment_is_outlasted(world, agent_step):
    """Error pages of a proxy, also on the health checks between, do not make the outcome unknown."""
    prx = await world.agent()
    prx.faults.bad_gateway = 4
    end, _ = await _fate(world, agent_step)
    assert isinstance(end, Done)
    assert len(prx.turns) == 1


async def test_an_answer_lost_at_the_end_of_the_reach_is_still_looked_for(world, agent_step):
    """However short the reach, a send whose answer was lost is followed by one that is verified."""
    prx = await world.agent(reach_for=0.001)
    prx.faults.drop_answers = 1
    end, _ = await _fate(world, agent_step)
    assert isinstance(end, Done)
    assert len(prx.turns) == 1


@pytest.mark.parametrize(
    ("fault", "key", "result"),
    [
        ("error", "delivery.failed", "failed"),
        ("denied", "delivery.failed", "failed"),
        ("abnormal", "delivery.failed", "failed"),
        ("unstored", "delivery.unknown-outcome", "unknown"),
    ],
)
async def test_succeeded_jobs_may_have_failed(world, agent_step, fault, key, result):
    """A job's `http_status` tells how its turn ended, whatever its status says."""
    prx = await world.agent()
    prx.faults.fail = fault
    end, turn = await _fate(world, agent_step)
    assert isinstance(end, Dead)
    assert (end.reason.key, turn.result) == (key, result)
    assert world.chat.posts == []


async def test_an_empty_answer_is_a_failure(world, agent_step):
    """An agent that says nothing leaves nothing to send."""
    prx = await world.agent()
    prx.faults.empty_answer = True
    end, _ = await _fate(world, agent_step)
    assert isinstance(end, Dead)
    assert end.reason.key == "delivery.empty-answer"


async def test_a_rate_limit_is_waited_for(world, agent_step):
    """A 429 is waited out under the same key, and the turn runs once."""
    prx = await world.agent()
    prx.faults.rate_limited = 2
    prx.faults.retry_after = 3
    end, _ = await _fate(world, agent_step)
    assert isinstance(end, Done)
    assert len(prx.turns) == 1


async def test_a_restart_in_the_turn_makes_the_outcome_unknown(world, agent_step):
    """When the process dies in the turn nobody knows what it did, and it is not run again."""
    prx = await world.agent()
    prx.faults.crash_in_turn = 1
    end, turn = await _fate(world, agent_step)
    assert isinstance(end, Dead)
    assert turn.result == "unknown"
    assert end.reason.key in ("delivery.restarted", "delivery.unknown-outcome")
    assert len(prx.turns) == 1


async def test_a_retry_safe_agent_runs_again_after_a_restart(world, agent_step):
    """An agent marked as safe gets a second attempt under a new key."""
    prx = await world.agent(retry_safe=True)
    prx.faults.crash_in_turn = 1
    end, turn = await _fate(world, agent_step)
    assert isinstance(end, Done)
    assert turn.result == "answered"
    assert [event.attempt for event in world.watch.of(AgentStarted)] == [1, 2]
    assert len(prx.turns) == 2


async def test_a_resend_is_not_made_to_another_process(world, agent_step):
    """An answer lost together with the process: the key means nothing to the next one, so nothing is resent."""
    prx = await world.agent()
    prx.faults.drop_answers = 1
    world.hold()
    world.start(speed=2.0)
    msg_id = await _ask(world, agent_step)
    await world.watch.holds(lambda: prx.turns)
    await prx.restart()
    end = await world.watch.ended(msg_id)
    assert isinstance(end, Dead)
    assert end.reason.key == "delivery.restarted"
    assert len(prx.turns) == 1


async def test_the_wrong_agent_at_an_address_is_noticed(world, agent_step):
    """Another agent than the configured one is not asked."""
    prx = await world.agent(agent_id="somebody-else")
    end, turn = await _fate(world, agent_step)
    assert isinstance(end, Dead)
    assert (end.reason.key, turn.alert) == ("delivery.wrong-agent", True)
    assert prx.turns == []


async def test_a_proxy_s_page_is_no_wrong_agent(world, agent_step):
    """While a proxy answers instead of telling who is there, the agent is not reached, and is tried again."""
    prx = await world.agent(agent_id="desk")
    looked = []

    def change(path, *_):
        looked.append(path)
        first = path == "/.well-known/agent.json" and looked.count(path) == 1
        return (502, "<html>", "text/html") if first else None

    await world.front(change)
    end, turn = await _fate(world, agent_step)
    assert isinstance(end, Done)
    assert (turn.result, len(prx.turns)) == ("answered", 1)


async def test_the_expected_agent_is_asked(world, agent_step):
    """The configured identity lets the turn through, also the second time."""
    await world.agent(agent_id="desk")
    for _ in range(2):
        end, _ = await _fate(world, agent_step)
        assert isinstance(end, Done)


async def test_a_message_over_the_limit_is_not_sent(world, agent_step):
    """A request over 65,536 bytes fails as too long before anything is sent."""
    prx = await world.agent()
    dispatcher = world.start()
    decision = world.decision(agent_step(), message=world.message("字" * 21_900))
    await dispatcher.accept(decision)
    end = await world.watch.ended(decision.message.msg_id)
    assert isinstance(end, Dead)
    assert end.reason.key == "delivery.too-long"
    assert prx.turns == []
    assert world.watch.of(StepFailed)[0].reason.render("zh") == "消息太长"


async def test_an_unreachable_agent_is_given_up_after_the_reach(world, agent_step):
    """Within `reach_for` a daemon that comes back is used; one that does not is unreachable."""
    prx = await world.agent(reach_for=8.0)
    prx.faults.refuse_connections = True
    msg_id = await _ask(world, agent_step)
    await world.watch.until(AgentStarted)
    await world.clock.sleep(1.0)
    prx.faults.refuse_connections = False
    assert isinstance(await world.watch.ended(msg_id), Done)
    prx.faults.refuse_connections = True
    end, turn = await _fate(world, agent_step)
    assert isinstance(end, Dead)
    assert (end.reason.key, turn.result) == ("delivery.unreachable", "not-started")


async def test_a_turn_survives_limits_on_looking(world, agent_step):
    """A 429 on a poll backs off; the job is unaffected."""
    prx = await world.agent()
    prx.faults.api_rate_limited = 1
    end, _ = await _fate(world, agent_step)
    assert isinstance(end, Done)


async def test_several_jobs_are_looked_at_with_one_call(world, agent_step):
    """While several turns run, one list a round is asked for instead of each job."""
    prx = await world.agent(in_flight=8)
    world.hold()
    paths = []
    prx.observe(lambda event: paths.append(getattr(event, "path", "")))
    dispatcher = world.start(speed=4.0)
    for number in range(6):
        message = world.message(sender=f"u{number}")
        await dispatcher.accept(world.decision(agent_step(), message=message))
    await world.watch.holds(lambda: paths.count("/api/jobs") >= 2)
    world.open.set()
    await dispatcher.idle()
    assert len(world.watch.of(Done)) == 6
    assert len(prx.turns) == 6
    single = [path for path in paths if path.startswith("/api/jobs/")]
    assert len(single) < 6


async def test_no_more_turns_run_than_there_is_room_for(world, agent_step):
    """At most `in_flight` turns are at one agent at a time; the others follow."""
    prx = await world.agent(in_flight=2)
    world.hold()
    dispatcher = world.start(speed=SPEED)
    for number in range(5):
        await dispatcher.accept(world.decision(agent_step(), message=world.message(sender=f"u{number}")))
    await world.watch.until(AgentStarted, 2)
    assert world.pools[0].get("desk").room.inside == 2
    assert len(world.watch.of(AgentStarted)) == 2
    world.open.set()
    await dispatcher.idle()
    assert len(prx.turns) == 5
