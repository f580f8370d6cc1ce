"""Whatever is lost between router and agent, and whenever the router dies: no message is given the answer of another one."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter

import pytest

from prx_dingtalk_router.delivery import EntryKey, SqliteJournal
from tests.delivery.conftest import FastClock

MESSAGES = int(os.environ.get("CHAOS_TURNS", "20"))
SEED = int(os.environ.get("CHAOS_SEED", "2"))
PEOPLE = ("u1", "u2")
MOST_WAITING = 10
SOON = 600.0

FAULTS = (
    {"drop_answers": 1},
    {"drop_answers": 2},
    {"bad_gateway_after": 1},
    {"bad_gateway_after": 2, "proxy_status": 504},
    {"bad_gateway": 1},
    {"bad_gateway": 3},
    {"answer_latency": 0.05},
    {"slow_body": 0.05},
    {"turn_delay": 0.1},
    {"turn_delay": 0.0},
)
HEALTHY = {
    "drop_answers": 0,
    "bad_gateway_after": 0,
    "bad_gateway": 0,
    "answer_latency": 0.0,
    "slow_body": 0.0,
    "crash_in_turn": 0,
}


class QuickClock(FastClock):
    """Who sleeps sleeps fast; the wall clock goes as the agent's does, but for what it is off."""

    off = 0.0

    def now_ms(self) -> int:
        """Unix time in milliseconds."""
        return time.time_ns() // 1_000_000 + round(self.off * 1000)


class Lives:
    """The lives of a router over one journal on disk, each on a machine whose clock is off by something else."""

    def __init__(self, world, path):
        self._world = world
        self._path = path

    async def begin(self, off=0.0):
        """Begin one, and end the one before in the middle of whatever it did."""
        world = self._world
        for dispatcher, pool in zip(world.dispatchers[-1:], world.pools[-1:], strict=True):
            await dispatcher.stop(drain=0)
            await pool.aclose()
            await world.journal.close()
        world.journal = SqliteJournal(self._path)
        await world.journal.claim()
        dispatcher = world.start(clock=QuickClock(20.0))
        world.clock.off = off
        await dispatcher.resume()


@pytest.fixture
async def lives(world, tmp_path):
    """A router and an agent that remembers."""
    await world.agent(
        reach_for=SOON, notice_after=None, idempotency_ttl=100_000.0, api_rate_limit_per_minute=0
    )
    yield Lives(world, tmp_path / "j.db")
    await world.aclose()
    await world.journal.close()


@pytest.mark.timeout(60 + MESSAGES)
@pytest.mark.parametrize("dies", [False, True], ids=["the agent lives", "the agent dies, too"])
async def test_no_message_is_given_the_answer_of_another(world, lives, agent_step, dies):
    """Each answer goes to its message, once, of an agent that was asked once; and to each if the agent remembers what it did."""
    chance = random.Random(SEED)  # noqa: S311
    await lives.begin()
    prx, written = world.prx["desk"], []
    for number in range(MESSAGES):
        if number % MOST_WAITING == 0:
            _turn(prx.faults, HEALTHY)
            await world.dispatchers[-1].idle()
        written.append(
            await world.accept(
                agent_step(),
                text=f"#{number}",
                sender=chance.choice(PEOPLE),
                session_webhook=world.chat.webhook(str(number)),
            )
        )
        _turn(prx.faults, HEALTHY | chance.choice(FAULTS))
        if dies and chance.random() < 0.1:
            prx.faults.crash_in_turn = 1
        await asyncio.sleep(chance.choice((0.0, 0.0, 0.01, 0.05, 0.15)))
        if chance.random() < 0.3:
            await lives.begin(off=chance.choice((0.0, 0.0, 2.0, -2.0, 30.0, -30.0)))
    _turn(prx.faults, HEALTHY)
    await world.dispatchers[-1].idle()
    # Of the events some died with the router that was to tell them.
    ends = [await world.journal.get(EntryKey("dingbot", msg_id)) for msg_id in written]
    assert {end.state for end in ends} <= {"done", "dead"}
    asked = Counter(turn.message for turn in prx.turns)
    assert max(asked.values()) == 1, asked
    shown = [(post["session"], text) for post, text in zip(world.chat.posts, world.chat.texts, strict=True)]
    assert [(to, text) for to, text in shown if text != f"答：#{to}"] == []
    answered = {str(number) for number, end in enumerate(ends) if end.state == "done"}
    assert {to for to, _ in shown} == answered
    if not dies:
        assert [end for end in ends if end.state == "dead"] == []


def _turn(faults, knobs):
    for name, value in knobs.items():
        setattr(faults, name, value)
