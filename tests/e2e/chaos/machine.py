"""A machine whose clock is set and whose name server fails, for one router process.

``python machine.py FILE ARGUMENTS…`` runs ``prx-router ARGUMENTS…``; by how many seconds the wall clock is off, and whether names can
be resolved, is read from ``FILE`` each time somebody asks. At SIGUSR2 it says what every task waits for.
"""

from __future__ import annotations

import asyncio
import os
import runpy
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

_STATE = struct.Struct("d?")


class Machine:
    """What a test sets for the routers that it runs; ``file`` is handed to them."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._off = 0.0
        self._resolves = True
        self.file.write_bytes(_STATE.pack(0.0, True))

    def set_clock(self, seconds: float) -> None:
        """Put the wall clock forward, or back."""
        self._off += seconds
        self._write()

    def resolve(self, *, works: bool) -> None:
        """Let names be resolved, or not."""
        self._resolves = works
        self._write()

    def _write(self) -> None:
        with self.file.open("r+b", buffering=0) as file:  # in place: the file is never seen empty
            file.write(_STATE.pack(self._off, self._resolves))


def _be(file: Path) -> None:
    """Let this process live on that machine."""
    handle = os.open(file, os.O_RDONLY)

    def state() -> tuple[float, bool]:
        off, resolves = _STATE.unpack(os.pread(handle, _STATE.size, 0))
        return off, resolves

    true_ns, true_lookup = time.time_ns, socket.getaddrinfo

    def time_ns() -> int:
        return true_ns() + round(state()[0] * 1e9)

    def look_up(host: Any, *more: Any, **fields: Any) -> Any:
        is_name = isinstance(host, str) and not host.replace(".", "").isdigit()
        if is_name and not state()[1]:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return true_lookup(host, *more, **fields)

    time.time_ns, time.time = time_ns, lambda: time_ns() / 1e9
    socket.getaddrinfo = look_up


def _tell_tasks(*_: object) -> None:
    """Say what every task of this process waits for."""
    for task in asyncio.all_tasks():
        waits = "  ".join(
            f"{Path(f.f_code.co_filename).name}:{f.f_lineno} {f.f_code.co_name}" for f in _frames(task)
        )
        print(f"{task.get_name()}: {waits}", file=sys.stderr, flush=True)


def _frames(task: asyncio.Task[Any]) -> Iterator[FrameType]:
    """Where a task is, from its outermost coroutine to what that awaits in the end."""
    inner: Any = task.get_coro()
    while inner is not None:
        frame = getattr(inner, "cr_frame", None) or getattr(inner, "gi_frame", None)
        if frame is not None:
            yield frame
        inner = getattr(inner, "cr_await", None) or getattr(inner, "gi_yieldfrom", None)


if __name__ == "__main__":
    _be(Path(sys.argv[1]))
    signal.signal(signal.SIGUSR2, _tell_tasks)
    sys.argv = ["prx-router", *sys.argv[2:]]
    sys.path.pop(0)
    runpy.run_module("prx_dingtalk_router", run_name="__main__", alter_sys=True)
