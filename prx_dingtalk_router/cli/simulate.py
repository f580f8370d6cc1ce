"""``prx-router simulate``: the sandbox's DingTalk or PRX alone, for other programs' tests."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from prx_dingtalk_router.cli.importing import importing
from prx_dingtalk_router.cli.signals import termination_ends_at_once


def simulate(
    *,
    part: str,
    listen: str,
    fault: Sequence[str],
    faults: bool,
    client_id: str,
    client_secret: str,
    speed: float,
    setting: Sequence[str],
    agent: str,
    page_port: int,
    no_color: bool,
) -> int:
    """Simulate until interrupted; every event is a line of JSON on standard output."""
    with termination_ends_at_once():
        # The sandbox brings its servers with it, which no other command needs.
        with importing():
            from prx_dingtalk_router.cli import simulating

        if faults:
            simulating.list_faults(part, no_color=no_color)
            return 0
        if part == "prx":
            work = simulating.simulate_prx(listen, fault, agent, setting)
        else:
            work = simulating.simulate_dingtalk(
                listen, fault, client_id, client_secret, page_port=page_port, speed=speed
            )
        return asyncio.run(work)
