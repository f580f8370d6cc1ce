"""Observers and events as JSON."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from prx_dingtalk_router.sandbox.dingtalk import Connected, DingTalk, Event, Said, Wrote


async def test_failing_observer_disturbs_nobody(
    dingtalk: DingTalk, log: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """An observer that raises is logged; the others and the sandbox go on."""

    def broken(event: Event) -> None:
        raise RuntimeError(str(event.at))

    remove = dingtalk.observe(broken)
    with caplog.at_level(logging.ERROR):
        dingtalk.say(Said("u1001", text="x"))
    assert log.of(Wrote)
    assert "Wrote" in caplog.text
    remove()
    remove()
    caplog.clear()
    dingtalk.say(Said("u1001", text="y"))
    assert not caplog.records


async def test_all_events_are_plain_json(bot: Any, dingtalk: DingTalk, log: Any) -> None:
    """Every event of a whole exchange becomes JSON with its name, and neither ticket, token nor session is in it."""
    _, granted = await bot.register()
    socket = await bot.open(granted)
    dingtalk.say(Said("u1001", text="hi"))
    body = await bot.message(socket)
    await bot.post(body["sessionWebhook"], {"msgtype": "text", "text": {"content": "x"}})
    await bot.post(body["sessionWebhook"], {})
    token = await bot.token()
    written = "".join(json.dumps(event.to_json()) for event in log.events)
    names = {event.to_json()["event"] for event in log.events}
    assert {"Registered", "Connected", "Wrote", "Pushed", "Acked", "Replied", "Refused"} <= names
    for secret in (granted["ticket"], token, body["sessionWebhook"].partition("=")[2], "s3cr3t-value"):
        assert secret not in written
    assert log.of(Connected)[0].connection == 1
