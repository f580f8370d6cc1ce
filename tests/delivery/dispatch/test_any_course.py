"""Whatever happens in whichever order: messages of one session reach their agent one at a time, in order, once.

A router on virtual time: what takes chaos (``e2e/test_chaos.py``) minutes takes a tenth of a second here.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import random
from collections import Counter

import pytest

from prx_dingtalk_router.delivery.journal.states import ENDED
from prx_dingtalk_router.delivery.prx import agent
from tests.delivery.dispatch.simulation.daemon import of_session
from tests.delivery.dispatch.simulation.virtual_time import VirtualLoop
from tests.delivery.dispatch.simulation.world import World

COURSES = int(os.environ.get("CHAOS_COURSES", "12"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))
"""Of the first course; each of the others has the next one."""
STEPS = 150


def run(seed: int, monkeypatch: pytest.MonkeyPatch) -> World:
    """One course of things, to its end."""
    random.seed(seed)
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:

        async def course() -> World:
            world = World(seed)
            monkeypatch.setattr(agent, "PrxClient", world.wire)
            try:
                await world.run(STEPS)
                check(world)
            except BaseException as broken:
                broken.add_note(f"CHAOS_SEED={seed} CHAOS_COURSES=1\n" + "\n".join(world.told))
                raise
            return world

        return runner.run(course())


def check(world: World) -> None:
    """Hold what happened against what is promised."""
    entries = world.disk._entries
    assert len(entries) == len(world.written)
    left = [entry for entry in entries.values() if entry.state not in ENDED]
    assert left == []
    arrival = {int(key.msg_id[3:]): entry.arrival for key, entry in entries.items()}
    at = {each.number: each.at_ms for each in world.written}
    # What nobody can know holds no session: such a turn may be at work still.
    unknown = {
        int(key.msg_id[3:])
        for key, entry in entries.items()
        if any(turn.state in ("unknown", "superseded", "sent", "accepted") for turn in entry.turns)
    }
    for name, daemon in world.daemons.items():
        # Whoever is retried brings along what is told together with it.
        asked = Counter((turn.numbers[0], number) for turn in daemon.asked for number in turn.numbers)
        again = [number for (of, number), count in asked.items() if count > 1 + world.retried[of]]
        assert again == [], [turn for turn in daemon.asked if set(turn.numbers) & {*again}]
        for session, turns in of_session(daemon.asked).items():
            for turn, following in itertools.pairwise(turns):
                assert turn.ended is not None, (session, turn)
                assert turn.ended <= following.began or turn.numbers[0] in unknown, (session, turn, following)
            for turn, later in itertools.combinations(turns, 2):
                one, other = turn.numbers[0], later.numbers[0]
                overtaken = at[other] < at[one] and arrival[other] < arrival[one]
                # Whoever comes from an agent that failed gets in line when it comes, and so does who is retried.
                assert not overtaken or name == "other" or other in world.retried, (session, turn, later)
    assert [each for each in world.conversation.answers if each[0] not in each[1]] == []


@pytest.mark.timeout(60 + COURSES)
def test_order_and_once_only_hold_in_any_course_of_things(monkeypatch, caplog):
    """Arrivals, kills, restarts, cancel, forget, replace, merge, and trouble of everybody, in any order."""
    caplog.set_level(logging.CRITICAL)
    for seed in range(SEED, SEED + COURSES):
        run(seed, monkeypatch)
