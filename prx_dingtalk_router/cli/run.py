"""``prx-router run``: the router, against DingTalk or in a sandbox."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from prx_dingtalk_router.cli.importing import importing
from prx_dingtalk_router.cli.signals import hangup_means_nothing, termination_ends_at_once


def run(
    *,
    sandbox: bool,
    once: bool,
    port: int | None,
    record: Path | None,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Run until interrupted; 0 after a clean end, 3 when the router cannot go on."""
    if no_color:
        os.environ["NO_COLOR"] = "1"  # also for logs that a reload sets up anew
    with termination_ends_at_once(), hangup_means_nothing():
        # The service brings the network with it, which no other command needs.
        with importing():
            from prx_dingtalk_router.cli.running import end_logs, run_router, run_sandbox
            from prx_dingtalk_router.service.interpreter import new_event_loop

        try:
            with asyncio.Runner(loop_factory=new_event_loop) as runner:
                return runner.run(
                    run_sandbox(config, rules, port, once=once, record=record)
                    if sandbox
                    else run_router(config, rules, once=once, record=record)
                )
        finally:
            end_logs()
