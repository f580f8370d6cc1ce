"""Whose job is whose in a session where the job of an earlier turn was never named: no answer is given to another's message."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.delivery import Dead, Done, EntryKey, NewEntry
from prx_dingtalk_router.delivery.journal import TurnChanged
from prx_dingtalk_router.delivery.prx.jobs import Job, surely_own
from prx_dingtalk_router.delivery.prx.request import request_body

PAGE = (502, "<html>", "text/html")


@pytest.fixture
async def losing(world):
    """An agent behind a proxy that loses the answers to so many dispatches: ``losing.append(1)`` loses one more.

    What is held goes on once somebody has looked through the jobs.
    """
    left = []
    await world.agent()

    def change(path, *_):
        if path == "/api/jobs":
            world.open.set()
        return PAGE if path == "/webhook" and left and left.pop() else None

    await world.front(change)
    return left


async def _replayed(world, losing, agent_step, text):
    """Let a message be answered by a replay, so that its job is never named."""
    losing.append(1)
    msg_id = await world.accept(agent_step(), text=text)
    assert isinstance(await world.watch.ended(msg_id), Done)
    (row,) = (await world.journal.get(EntryKey("dingbot", msg_id))).turns
    assert (row.state, row.job_id) == ("answered", None)
    return row


async def test_a_turn_whose_acceptance_is_lost_too_is_given_its_own_answer(world, agent_step, losing):
    """While it runs its job is the one that runs; that of the replayed turn before it has ended."""
    world.start(speed=20.0)
    await _replayed(world, losing, agent_step, "一")
    world.clock.set_wall(
        -600.0
    )  # which passes faster here than the agent's: the first job is still one that may be the second's
    world.hold()
    losing.append(1)
    second = await world.accept(agent_step(), text="二")
    assert isinstance(await world.watch.ended(second), Done)
    assert world.chat.texts == ["答：一", "答：二"]


@pytest.mark.parametrize("is_same", [True, False], ids=["remembered", "not remembered"])
async def test_a_turn_that_never_left_is_not_given_the_answer_of_the_one_before(
    world, agent_step, losing, is_same
):
    """A router that dies between keeping a turn as sent and sending it sends it after its start, or says that it does not know."""
    world.start(speed=1.0)
    before = await _replayed(world, losing, agent_step, "一")
    decision = world.decision(agent_step(), message=world.message("二"))
    (lost,) = await world.journal.store([NewEntry(decision)], world.clock.now_ms())
    sent = replace(
        before,
        key="k",
        body=request_body("二", before.lane.session),
        state="sent",
        answer=None,
        daemon=before.daemon if is_same else None,
    )
    await world.journal.apply(lost.entry, [TurnChanged(sent)])
    dispatcher = await world.restart()
    await dispatcher.resume()
    end = await world.watch.ended(decision.message.msg_id)
    if is_same:
        assert world.chat.texts == ["答：一", "答：二"]
    else:
        assert isinstance(end, Dead)
        assert (end.reason.key, world.chat.texts) == ("delivery.unknown-outcome", ["答：一"])


_TIMES = st.integers(0, 10)  # the agent's clock may be set, too
_ENDED = st.sampled_from(["succeeded", "failed", "cancelled"])
_JOBLESS = st.one_of(
    st.tuples(st.just("answered"), st.none() | st.builds(Job, st.just("other"), _ENDED, submitted_ms=_TIMES)),
    st.tuples(
        st.sampled_from(["sent", "unknown", "failed", "superseded"]),
        st.none() | st.builds(Job, st.just("other"), _ENDED | st.just("running"), submitted_ms=_TIMES),
    ),
)
_OWN = st.none() | st.builds(Job, st.just("own"), _ENDED | st.just("running"), submitted_ms=_TIMES)


@given(earlier=st.lists(_JOBLESS, max_size=4), own=_OWN)
def test_the_job_that_is_taken_is_never_another_s(earlier, own):
    """Whatever became of those before it, and whatever the agent's clock did; where it can be told it is found."""
    free = [job for job in (*(job for _, job in earlier), own) if job is not None]
    states = [state for state, _ in earlier]
    found = surely_own(sorted(free, key=lambda job: job.submitted_ms), states)
    assert found in (None, own)
    if own is not None and (not earlier or (own.running and set(states) == {"answered"})):
        assert found == own
