"""Runs one simulator: starts it, sets its faults, tells how to reach it, and prints what happens."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from typing import Any, Protocol

from rich.table import Column, Table

from prx_dingtalk_router.catalogue import current_language, text
from prx_dingtalk_router.cli.console import note, results, write_json
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Faults
from prx_dingtalk_router.sandbox.page import ChatPage
from prx_dingtalk_router.sandbox.prx import Prx, PrxFaults, PrxSettings

INTERRUPTED = 130


class Knobs(Protocol):
    """What the faults of both simulators have in common."""

    def set(self, name: str, value: str) -> None:
        """Set a knob by name."""

    def describe(self) -> list[dict[str, Any]]:
        """All knobs with kind, default and words."""


async def simulate_dingtalk(
    listen: str,
    faults: Sequence[str],
    client_id: str,
    client_secret: str,
    *,
    page_port: int = 0,
    speed: float = 1.0,
) -> int:
    """DingTalk with a page to write on; returns the exit code."""
    host, port = _address(listen)
    if not client_id or not client_secret:
        raise UsageError("cli.simulate.no-credentials")
    dingtalk = DingTalk(Directory.demo(client_id, client_secret), speed=speed)
    _set(dingtalk.faults, faults)
    stopped = _stopped()
    dingtalk.observe(lambda event: _print(event.to_json(), stopped))
    page = ChatPage(dingtalk, {})
    await dingtalk.start(host, port)
    try:
        await page.start(host, page_port)
        try:
            note(text("cli.simulate.dingtalk-at", url=dingtalk.base_url, client_id=client_id, page=page.url))
            return await stopped
        finally:
            await page.stop()
    finally:
        await dingtalk.stop()


async def simulate_prx(listen: str, faults: Sequence[str], agent: str) -> int:
    """One PRX daemon; returns the exit code."""
    host, port = _address(listen)
    prx = Prx(agent, settings=PrxSettings(allow_public_bind=True))
    _set(prx.faults, faults)
    stopped = _stopped()
    prx.observe(lambda event: _print(event.to_json(), stopped))
    await prx.start(host, port)
    try:
        note(text("cli.simulate.prx-at", url=prx.base_url, agent=agent, token=prx.token))
        return await stopped
    finally:
        await prx.stop()


def list_faults(part: str, *, no_color: bool) -> None:
    """Print the table of knobs."""
    knobs: Knobs = PrxFaults() if part == "prx" else Faults()
    table = Table(
        *(Column(each, overflow="fold") for each in ("NAME", "VALUE", str(text("cli.simulate.meaning"))))
    )
    for knob in knobs.describe():
        meaning = str(knob[current_language()])
        if choices := [str(choice) for choice in knob.get("choices", ())]:
            meaning += "\n" + " | ".join(choices)
        table.add_row(str(knob["name"]), f"{knob['kind']} = {knob['default']}", meaning)
    results(no_color=no_color).print(table)


def _set(knobs: Knobs, faults: Sequence[str]) -> None:
    for fault in faults:
        name, equals, value = fault.partition("=")
        if not equals:
            raise UsageError("cli.simulate.fault-form", found=fault)
        knobs.set(name.strip(), value.strip())


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise UsageError("cli.simulate.listen-form", found=listen)
    return host.strip("[]"), int(port)


def _print(event: dict[str, Any], stopped: asyncio.Future[int]) -> None:
    """Print an event as a line; when nobody reads them any more, that is the end."""
    try:
        write_json(event)
        sys.stdout.flush()
    except BrokenPipeError as gone:
        if not stopped.done():
            stopped.set_exception(gone)


def _stopped() -> asyncio.Future[int]:
    """What a signal ends, with the exit code."""
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[int] = loop.create_future()

    def stop(code: int) -> None:
        if not stopped.done():
            stopped.set_result(code)

    loop.add_signal_handler(signal.SIGINT, stop, INTERRUPTED)
    loop.add_signal_handler(signal.SIGTERM, stop, 0)
    return stopped
