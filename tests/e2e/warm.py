"""Commands as processes of their own, without the second in which each would load the program: forked from one that has loaded it.

Arguments, environment, folder, standard streams, signals and exit code are the process's own. What it would do while it loads is not
seen in this way; who tests that starts a process of the usual kind.

``python warm.py FD`` is the process that forks. It is asked over a socket: a line of JSON with the descriptors of the standard streams
and of a pipe, to which it writes the id of the new process, and in the end its status.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NoReturn

PRELOADED = (
    "prx_dingtalk_router.cli.running",
    "prx_dingtalk_router.cli.status",
    "prx_dingtalk_router.cli.why",
    "prx_dingtalk_router.cli.doctor",
    "prx_dingtalk_router.cli.dead_list",
    "prx_dingtalk_router.cli.dead_changes",
)
LONGEST_REQUEST = 1 << 20


class WarmProcess:
    """A running command, with those parts of ``asyncio.subprocess.Process`` that tests use."""

    def __init__(self, pid: int, output: asyncio.StreamReader, told: asyncio.StreamReader) -> None:
        self.pid = pid
        self.stderr = output
        self.returncode: int | None = None
        self._end = asyncio.ensure_future(self._ended(told))

    async def _ended(self, told: asyncio.StreamReader) -> int:
        status = os.waitstatus_to_exitcode(int(await told.read()))  # to its end, so that the pipe is closed
        self.returncode = status
        return status

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Wait for its end; the exit code."""
        return await asyncio.shield(self._end)


class Forks:
    """The process that forks, seen from the tests."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )

    async def start(
        self,
        *arguments: str | Path,
        env: Mapping[str, str],
        cwd: Path | None = None,
        with_output: bool = False,
    ) -> WarmProcess:
        """Start ``prx-router`` with these arguments.

        Args:
            arguments: of the command.
            env: its environment.
            cwd: its folder; None for this one.
            with_output: whether ``stderr`` has standard output, too; else that goes nowhere.
        """
        output, its_output = os.pipe()
        told, tells = os.pipe()
        nowhere = os.open(os.devnull, os.O_RDWR)
        request = {
            "arguments": [*map(str, arguments)],
            "environment": dict(env),
            "folder": str(cwd or Path.cwd()),
        }
        streams = [nowhere, its_output if with_output else nowhere, its_output, tells]
        try:
            socket.send_fds(self._socket, [json.dumps(request).encode() + b"\n"], streams)
        finally:
            for each in (nowhere, its_output, tells):
                os.close(each)
        end = await _reader(told)
        return WarmProcess(int(await end.readline()), await _reader(output), end)

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._process.wait()


@cache
def forks() -> Forks:
    """The one of this test process, started when it is first asked for."""
    started = Forks()
    atexit.register(started.close)
    return started


async def _reader(descriptor: int) -> asyncio.StreamReader:
    """Read a pipe to its end, and close it then."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=1 << 20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb", 0))
    return reader


def _serve(control: socket.socket) -> list[str]:
    """Fork until nobody asks any more; in a forked process the arguments of its command are returned."""
    ends, woken = os.pipe()
    for each in (ends, woken):
        os.set_blocking(each, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    children: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([control, ends], [], [])
        if ends in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(ends, 1 << 12)
            _reap(children)
        if control in ready:
            request, streams = _request(control)
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                control.close()
                for each in (ends, woken, *children.values()):
                    os.close(each)
                return _become(request, streams)
            for each in streams[:3]:
                os.close(each)
            children[pid] = streams[3]
            os.write(streams[3], b"%d\n" % pid)


def _request(control: socket.socket) -> tuple[dict[str, object], list[int]]:
    line, streams, _, _ = socket.recv_fds(control, LONGEST_REQUEST, 4)
    while line and not line.endswith(b"\n"):
        line += control.recv(LONGEST_REQUEST)
    if not line:
        sys.exit(0)
    return json.loads(line), streams


def _reap(children: dict[int, int]) -> None:
    """Tell of those that have ended."""
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        told = children.pop(pid)
        with contextlib.suppress(BrokenPipeError):
            os.write(told, b"%d\n" % status)
        os.close(told)


def _become(request: dict[str, object], streams: Sequence[int]) -> list[str]:
    """Take on what the process is asked to be."""
    for number, each in enumerate(streams[:3]):
        os.dup2(each, number)
    for each in streams:
        os.close(each)
    os.environ.clear()
    os.environ.update(request["environment"])  # type: ignore[call-overload]
    os.chdir(str(request["folder"]))
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(  # noqa: SIM115
        2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
    )
    return list(request["arguments"])  # type: ignore[call-overload]


def _main() -> NoReturn:
    for module in PRELOADED:
        import_module(module)
    sys.path[0] = ""
    sys.argv = ["prx-router", *_serve(socket.socket(fileno=int(sys.argv[1])))]
    runpy.run_module("prx_dingtalk_router", run_name="__main__", alter_sys=True)
    raise AssertionError("the command ends the process")


if __name__ == "__main__":
    _main()
