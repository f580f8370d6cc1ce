"""``run --record``: what is recorded of a conversation, and what never is."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from prx_dingtalk_router.message import read_message, recorded_callback
from prx_dingtalk_router.service.recording import open_record, recording


async def test_each_new_message_is_a_line(make_desk: Callable[..., Any], tmp_path: Path) -> None:
    """Once, in order, behind what was there, readable by its owner alone, and by ``replay``."""
    path = tmp_path / "calls.jsonl"
    path.touch(0o600)
    path.write_text('{"msgId": "earlier"}\n', "utf-8")
    desk = await make_desk()
    async with recording(open_record(path), SimpleNamespace(intake=desk.intake)):  # type: ignore[arg-type]
        first = desk.say()
        await desk.events.until("Acked", msg_id=first, code=200)
        second = desk.say()
        await desk.events.until("Acked", msg_id=second, code=200)
    unrecorded = desk.say()
    await desk.events.until("Acked", msg_id=unrecorded, code=200)
    callbacks = [recorded_callback(line) for line in path.read_text("utf-8").splitlines()]
    assert [each["msgId"] for each in callbacks] == ["earlier", first, second]
    assert [read_message(each, received_ms=0).msg_id for each in callbacks] == ["earlier", first, second]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each["sessionWebhook"] for each in callbacks[1:]] == ["", ""], "it is a secret"


async def test_a_callback_is_one_line_however_it_was_written(tmp_path: Path) -> None:
    """Line breaks between the fields go; nothing is recorded any more once recording has ended."""
    path = tmp_path / "calls.jsonl"
    intake = SimpleNamespace(recorders=[])
    async with recording(open_record(path), SimpleNamespace(intake=intake)):  # type: ignore[arg-type]
        (record,) = intake.recorders
        record('{\n "msgId": "m1"\n}')
    assert intake.recorders == []
    assert json.loads(path.read_text("utf-8")) == {"msgId": "m1"}
    assert path.read_text("utf-8").count("\n") == 1
