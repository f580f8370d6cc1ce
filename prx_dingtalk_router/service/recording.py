"""``run --record``: the callbacks of new messages as lines of a file, for ``replay``. Nobody waits for the file."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

from prx_dingtalk_router.service.log_writer import LogWriter
from prx_dingtalk_router.service.logs import log
from prx_dingtalk_router.service.robot import Robot

CLOSE_SECONDS = 5.0


def open_record(path: Path) -> IO[str]:
    """Open a file to record to: what is in it stays, and only its owner can read what people write.

    Raises:
        OSError: it cannot be written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    return os.fdopen(descriptor, "a", encoding="utf-8")


@asynccontextmanager
async def recording(file: IO[str], robot: Robot) -> AsyncIterator[None]:
    """Record the callbacks of a robot while this lasts, each once and without its session webhook, which is a secret.

    What a full or slow disk cannot take is left out, counted and logged; routing goes on.

    Args:
        file: from ``open_record``; closed at the end.
        robot: whose callbacks.
    """
    writer: LogWriter[str] = LogWriter(file, _line, _left_out)
    robot.intake.recorders.append(writer.put)
    try:
        yield
    finally:
        robot.intake.recorders.remove(writer.put)
        writer.close(CLOSE_SECONDS)
        file.close()


def _line(callback: str) -> str:
    if "\n" not in callback:
        return callback
    return json.dumps(json.loads(callback), ensure_ascii=False)


def _left_out(count: int) -> str:
    log("warning", "record-incomplete", count=count)
    return ""  # a blank line is no callback
