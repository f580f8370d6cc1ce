"""``prx-router run``: the router, against DingTalk or in a sandbox."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.options import ConfigOption, LanguageOption, NoColorOption, RulesOption
from prx_dingtalk_router.cli.signals import interrupt_ends_at_once, termination_ends_at_once


def run(
    sandbox: Annotated[bool, typer.Option("--sandbox", help=str(text("cli.run.sandbox")))] = False,
    once: Annotated[bool, typer.Option("--once", help=str(text("cli.run.once")))] = False,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help=str(text("cli.run.port")), show_default=False),
    ] = None,
    config: ConfigOption = None,
    rules: RulesOption = None,
    lang: LanguageOption = None,
    no_color: NoColorOption = False,
) -> int:
    """Run until interrupted; 0 after a clean end, 3 when the router cannot go on."""
    with termination_ends_at_once():
        # The service brings the network with it, which no other command needs.
        with interrupt_ends_at_once():
            from prx_dingtalk_router.cli.running import end_logs, run_router, run_sandbox

        try:
            return asyncio.run(
                run_sandbox(config, rules, port, once=once)
                if sandbox
                else run_router(config, rules, once=once)
            )
        finally:
            end_logs()
