"""What is known about a turn decides what may follow it: whether it may have begun, whether its key is still known, who is there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest

from prx_dingtalk_router.delivery import AgentEnded, AgentPool, Done
from prx_dingtalk_router.delivery.journal import Lane, StepRef, TurnRecord
from prx_dingtalk_router.delivery.prx import Answered, NotStarted, Turn, Unknown
from prx_dingtalk_router.delivery.prx.request import MOST_BYTES, request_body

JSON = "application/json"
SPEED = 20.0


class Row:
    """The row of a turn, kept nowhere; ``kept`` has each of its forms."""

    def __init__(self, record, kept):
        self.record = record
        self._kept = kept

    async def keep(self, **fields):
        """Change it."""
        self.record = replace(self.record, **fields)
        if self._kept is not None:
            self._kept.append(self.record)


class NoOthers:
    """No turn is kept but the one in question."""

    async def taken(self, _):
        """No job is another's."""
        return ()

    async def jobless(self, _):
        """There are none."""
        return ()


@pytest.fixture
async def make_turn(world, hand_clock):
    """Makes a turn of `desk` on a clock that passes only in waiting; the row as it is kept is `kept[-1]`."""
    pools = []

    def made(kept=None, **fields):
        pool = AgentPool(world.tables, clock=hand_clock)
        pools.append(pool)
        row = TurnRecord(
            StepRef("r", "1"),
            Lane("desk", "s1"),
            "key1",
            request_body("你好", "s1"),
            dispatched_at_ms=hand_clock.now_ms(),
        )

        return Turn(pool.get("desk"), Row(replace(row, **fields), kept), NoOthers(), hand_clock)

    yield made
    for pool in pools:
        await pool.aclose()


async def _end(world, *steps):
    decision = world.decision(*steps)
    await world.dispatchers[-1].accept(decision)
    return await world.watch.ended(decision.message.msg_id)


async def test_a_key_is_not_sent_again_after_its_lifetime(world, agent_step):
    """When the daemon may have forgotten the key, the turn is looked for in its jobs instead of being sent again."""
    prx = await world.agent(idempotency_ttl=0.2)
    page = [(502, "<html>", "text/html")]
    front = await world.front(lambda path, *_: page.pop() if path == "/webhook" and page else None)
    world.start(speed=SPEED)
    assert isinstance(await _end(world, agent_step()), Done)
    assert (front.posts, len(prx.turns), world.chat.texts) == (1, 1, ["答：你好"])


async def test_a_key_is_sent_again_within_its_lifetime_whatever_the_wall_clock_says(
    make_turn, world, hand_clock
):
    """Setting the wall clock by hours between two sends neither forgets a key nor keeps it."""
    prx = await world.agent()
    page = [(502, "<html>", "text/html")]

    def change(path, *_):
        if path == "/webhook" and page:
            hand_clock.wall_ms = 7_200_000
            return page.pop()
        return (404, '{"error": "none"}', JSON) if path == "/api/jobs" else None

    front = await world.front(change)
    assert await make_turn().run() == Answered("答：你好")
    assert (front.posts, len(set(front.sent)), len(prx.turns)) == (2, 1, 1)


async def test_what_is_to_be_stopped_is_not_sent_again(make_turn, world, hand_clock):
    """Where it is not known whether a request arrived it is looked for: sent again, it could begin what is to be stopped."""
    prx = await world.agent()
    front = await world.front(lambda *_: None)
    agent = AgentPool(world.tables, clock=hand_clock).get("desk")
    identity = (await agent.health()).identity
    await agent.aclose()
    sent = {"state": "sent", "sent_at_ms": hand_clock.now_ms(), "daemon": identity}
    assert isinstance(await make_turn(**sent, cancel_asked=True).run(), Unknown)
    assert (front.posts, prx.turns) == (0, [])
    assert await make_turn(**sent).run() == Answered("答：你好")


async def test_a_lost_job_is_not_judged_while_the_daemon_cannot_be_reached(make_turn, world, hand_clock):
    """A proxy that knows no job while nobody tells its health may be the wrong one: the turn is watched on."""
    prx = await world.agent()
    gone, down = (404, '{"error": "unknown job"}', JSON), (502, "<html>", "text/html")
    jobs, health = [gone] * 3, []

    def change(path, *_):
        if path.startswith("/api/jobs/") and jobs:
            health.append(down)
            return jobs.pop()
        return health.pop() if path == "/health" and health else None

    await world.front(change)
    assert await make_turn().run() == Answered("答：你好")
    assert (jobs, len(prx.turns)) == ([], 1)


async def test_a_turn_given_up_in_the_middle_of_its_sending_may_be_at_work(world, agent_step, reply_step):
    """While the answer to the dispatch is awaited the agent may have begun: no other agent is asked at the timeout."""
    prx = await world.agent()
    other = await world.agent("other")
    prx.observe(
        lambda event: setattr(prx.faults, "answer_latency", 2.0) if _path(event) == "/health" else None
    )
    world.start(speed=SPEED)
    step = agent_step(
        timeout=6.0, alternatives=(agent_step("other", "1.1"), reply_step("{{ failure }}", "1.2"))
    )
    decision = world.decision(step)
    await world.dispatchers[-1].accept(decision)
    await world.chat.until(1)
    assert world.chat.texts == ["the agent took too long"]
    assert other.turns == []
    prx.faults.answer_latency = 0.0


async def test_the_row_says_sent_before_the_request_leaves(make_turn, world):
    """What an earlier process left as prepared certainly did not arrive: the row is kept as sent before each send."""
    prx = await world.agent()
    kept, at_arrival = [], []
    prx.observe(lambda event: at_arrival.append(kept[-1].state) if type(event).__name__ == "Ran" else None)
    await world.front(lambda path, *_: at_arrival.append(kept[-1].state) if path == "/webhook" else None)
    turn = make_turn(kept)
    assert not turn.maybe_at_work
    assert isinstance(await turn.run(), Answered)
    assert at_arrival[0] == "sent"
    assert [row.state for row in kept] == ["sent", "accepted", "answered"]


async def test_what_is_over_64_kib_is_not_sent(make_turn, world):
    """The last look at the size is the sender's: a body over the daemon's limit is too long, and nothing leaves."""
    await world.agent()
    front = await world.front(lambda *_: None)
    outcome = await make_turn(body=b"x" * (MOST_BYTES + 1)).run()
    assert isinstance(outcome, NotStarted)
    assert (outcome.reason.key, front.posts) == ("delivery.too-long", 0)
    await make_turn(body=request_body("字" * 21_800, "s1").ljust(MOST_BYTES)).run()
    assert front.posts == 1


async def test_misses_begin_anew_after_the_job_was_seen(make_turn, world, hand_clock):
    """Whoever was cut off an hour ago comes back in a second, not in half a minute, when it is cut off again."""
    prx = await world.agent()
    down = (502, "<html>", "text/html")
    looks = []

    def change(path, *_):
        if not path.startswith("/api/jobs/"):
            return None
        looks.append(hand_clock.monotonic())
        if len(looks) == 31:
            world.open.set()
        return down if len(looks) in (1, 2, 3, 30) else None

    world.hold()
    await world.front(change)
    assert await make_turn().run() == Answered("答：你好")
    pauses = [later - earlier for earlier, later in pairwise(looks)]
    assert pauses[:3] == pytest.approx([1.3, 2.3, 4.3], abs=0.1)
    assert pauses[29] == pytest.approx(1.3, abs=0.1)
    assert len(prx.turns) == 1


async def test_health_is_asked_once_a_second_for_all(world, agent_step):
    """Twenty messages at once ask once or twice who is there; one that finds nobody there is not remembered."""
    prx = await world.agent(in_flight=20)
    asked = []
    prx.observe(lambda event: asked.append(1) if _path(event) == "/health" else None)
    dispatcher = world.start(speed=1.0)
    for number in range(20):
        message = world.message(sender=f"u{number}")
        await dispatcher.accept(world.decision(agent_step(), message=message))
    await dispatcher.idle()
    assert len(world.watch.of(AgentEnded)) == 20
    assert len(asked) <= 3
    agent = world.pools[-1].get("desk")
    prx.faults.gateway_state = "failed"
    world.clock.skip(2.0)
    assert not (await agent.health()).ready
    prx.faults.gateway_state = ""
    assert (await agent.health()).ready


async def test_those_who_ask_for_the_health_at_once_share_one_answer(make_turn, world):
    """One request serves all who ask while it is under way; whoever needs it anew has one of its own."""
    prx = await world.agent()
    asked = []
    prx.observe(lambda event: asked.append(1) if _path(event) == "/health" else None)
    world.start()
    agent = world.pools[-1].get("desk")
    await asyncio.gather(*(agent.health() for _ in range(5)))
    assert len(asked) == 1
    await agent.health(anew=True)
    assert len(asked) == 2


def _path(event):
    return getattr(event, "path", "")
