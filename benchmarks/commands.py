"""``prx-router`` commands, each in a process of its own, and what they take."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

COMMAND = (sys.executable, "-m", "prx_dingtalk_router")


class Taken(NamedTuple):
    """What a process took: seconds by the clock, seconds of CPU (user and system), MB at most."""

    seconds: float
    cpu: float
    memory: float


def taken(*arguments: str, cache: Path | None = None, folder: Path | None = None) -> Taken:
    """Run a command to its end, which is to be a good one.

    Args:
        arguments: of ``prx-router``.
        cache: where it keeps what it knows from one run to the next; the user's own by default.
        folder: where it runs.
    """
    environment = {**os.environ, **({} if cache is None else {"XDG_CACHE_HOME": str(cache)})}
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        (*COMMAND, *arguments),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    assert os.waitstatus_to_exitcode(status) == 0, arguments
    return Taken(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def surroundings() -> str:
    """The machine, its load, Python and the commit."""
    model = next(
        (line.split(":")[1].strip() for line in lines_of("/proc/cpuinfo") if line.startswith("model name")),
        "",
    )
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return f"{model or platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}, commit {commit.stdout.strip()}"


def lines_of(path: str) -> list[str]:
    """The lines of a file of the system; none where there is no such file."""
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else []


def row(size: int, ways: Sequence[str], runs: Sequence[Sequence[Taken]]) -> str:
    """A line about a set of so many rules: CPU (the median) and memory (the most) of each way to run a command."""
    figures = [
        f"{way} {statistics.median(run[at].cpu for run in runs):.2f} s {max(run[at].memory for run in runs):.0f} MB"
        for at, way in enumerate(ways)
    ]
    return f"{size:>6} rules  " + "  ".join(figures)
