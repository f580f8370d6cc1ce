"""Runs one simulator: starts it, sets its faults, tells how to reach it, and prints what happens."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from typing import Any, Protocol, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from prx_dingtalk_router.catalogue import Text, current_language, text
from prx_dingtalk_router.cli.console import note, write_json, write_table
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Faults
from prx_dingtalk_router.sandbox.page import ChatPage
from prx_dingtalk_router.sandbox.prx import Prx, PrxFaults, PrxSettings

INTERRUPTED = 130
_CHOICES = {bool: ("true", "false")}


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


async def simulate_prx(listen: str, faults: Sequence[str], agent: str, settings: Sequence[str] = ()) -> int:
    """One PRX daemon; returns the exit code."""
    host, port = _address(listen)
    if not agent:
        raise UsageError("cli.simulate.no-agent")
    prx = Prx(agent, settings=_settings(settings))
    _set(prx.faults, faults)
    stopped = _stopped()
    prx.observe(lambda event: _print(event.to_json(), stopped))
    await prx.start(host, port)
    try:
        note(text("cli.simulate.prx-at", url=prx.base_url, agent=agent, token=_way_in(prx)))
        return await stopped
    finally:
        await prx.stop()


def list_faults(part: str, *, no_color: bool) -> None:
    """Print the table of knobs."""
    from rich.table import Column, Table

    knobs: Knobs = PrxFaults() if part == "prx" else Faults()
    table = Table(
        *(Column(each, overflow="fold") for each in ("NAME", "VALUE", str(text("cli.simulate.meaning"))))
    )
    for knob in knobs.describe():
        meaning = str(knob[current_language()])
        if choices := [str(choice) for choice in knob.get("choices", ())]:
            meaning += "\n" + " | ".join(choices)
        table.add_row(str(knob["name"]), f"{knob['kind']} = {knob['default']}", meaning)
    write_table(table, no_color=no_color)


def _way_in(prx: Prx) -> Text:
    """What a client needs to be let in."""
    if prx.token:
        return text("cli.simulate.token", token=prx.token)
    if prx.pairing_code:
        return text("cli.simulate.pairing-code", code=prx.pairing_code)
    return text("cli.simulate.no-token")


def _settings(written: Sequence[str]) -> PrxSettings:
    """The daemon's settings, those that are written put over PRX's defaults."""
    kinds = get_type_hints(PrxSettings)
    values: dict[str, Any] = {}
    for each in written:
        name, value = _pair(each)
        name = name.replace("-", "_")
        if name not in kinds:
            raise UsageError("cli.simulate.setting-unknown", name=name, known=sorted(kinds))
        try:
            values[name] = TypeAdapter(kinds[name]).validate_python(
                [part for part in value.split(",") if part] if "tuple" in str(kinds[name]) else value
            )
        except ValidationError:
            values[name] = -1
        if isinstance(values[name], (int, float)) and not values[name] >= 0:
            expected = _CHOICES.get(kinds[name]) or get_args(kinds[name]) or ("0", "1", "2", "…")
            raise UsageError("cli.simulate.setting-value", name=name, value=value, expected=expected)
    return PrxSettings(**values)


def _pair(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals:
        raise UsageError("cli.simulate.fault-form", found=written)
    return name.strip(), value.strip()


def _set(knobs: Knobs, faults: Sequence[str]) -> None:
    for fault in faults:
        knobs.set(*_pair(fault))


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal():
        raise UsageError("cli.simulate.listen-form", found=listen)
    if int(port) > 65535:
        raise UsageError("cli.simulate.listen-port", found=port)
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
