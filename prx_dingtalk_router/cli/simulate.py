"""``prx-router simulate``: the sandbox's DingTalk or PRX alone, for other programs' tests."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Annotated

import typer

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.options import LanguageOption, NoColorOption
from prx_dingtalk_router.cli.signals import interrupt_ends_at_once, termination_ends_at_once


class Part(StrEnum):
    """What is simulated."""

    DINGTALK = "dingtalk"
    PRX = "prx"


def simulate(
    part: Annotated[Part, typer.Argument(help=str(text("cli.simulate.part")))] = Part.DINGTALK,
    listen: Annotated[
        str, typer.Option("--listen", metavar="HOST:PORT", help=str(text("cli.simulate.listen")))
    ] = "127.0.0.1:0",
    fault: Annotated[
        list[str] | None, typer.Option("--fault", metavar="NAME=VALUE", help=str(text("cli.simulate.fault")))
    ] = None,
    faults: Annotated[bool, typer.Option("--faults", help=str(text("cli.simulate.faults")))] = False,
    client_id: Annotated[
        str, typer.Option("--client-id", metavar="ID", help=str(text("cli.simulate.client-id")))
    ] = "dingsandbox",
    client_secret: Annotated[
        str, typer.Option("--client-secret", metavar="SECRET", help=str(text("cli.simulate.client-secret")))
    ] = "sandbox-secret",
    speed: Annotated[
        float, typer.Option("--speed", metavar="FACTOR", help=str(text("cli.simulate.speed")))
    ] = 1.0,
    setting: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help=str(text("cli.simulate.set")))
    ] = None,
    agent: Annotated[
        str, typer.Option("--agent", metavar="NAME", help=str(text("cli.simulate.agent")))
    ] = "agent",
    page_port: Annotated[
        int, typer.Option("--page-port", min=0, max=65535, help=str(text("cli.simulate.page-port")))
    ] = 0,
    lang: LanguageOption = None,
    no_color: NoColorOption = False,
) -> int:
    """Simulate until interrupted; every event is a line of JSON on standard output."""
    with termination_ends_at_once():
        # The sandbox brings its servers with it, which no other command needs.
        with interrupt_ends_at_once():
            from prx_dingtalk_router.cli import simulating

        if faults:
            simulating.list_faults(part.value, no_color=no_color)
            return 0
        if part is Part.PRX:
            work = simulating.simulate_prx(listen, fault or [], agent, setting or [])
        else:
            work = simulating.simulate_dingtalk(
                listen, fault or [], client_id, client_secret, page_port=page_port, speed=speed
            )
        return asyncio.run(work)
