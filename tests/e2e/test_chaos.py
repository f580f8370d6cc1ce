"""Whatever moment the router is killed at: what was acknowledged is answered once, or dead with a reason."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.e2e.chaos import Chaos

KILLS = int(os.environ.get("CHAOS_KILLS", "4"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))


@pytest.mark.timeout(60 + 30 * KILLS)
async def test_a_killed_router_loses_nothing_and_asks_nobody_twice(world: Any) -> None:
    """Every acknowledged message ends, no turn runs twice, and only a reply whose post was cut off is sent again."""
    report = await Chaos(world, SEED).run(KILLS)
    print(f"seed {SEED}: {report}")
    assert report.states["done"] > 0
    assert report.repeated <= report.kills * 4
