"""What starting takes: CPU seconds (user and system) of whole processes, beside one that does nothing.

Each figure is the median of several processes, run in turn so that all meet the same noise. ``no bytecode`` runs a copy of
the package that has none and writes none, as in a container that was built without. Run it with ``make bench``.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

RUNS = 9
CHECKOUT = Path(__file__).parents[1]
HELPDESK = CHECKOUT / "examples" / "helpdesk"
ROUTER = (sys.executable, "-m", "prx_dingtalk_router")
COMPLETING = {"_PRX_ROUTER_COMPLETE": "bash_complete", "COMP_CWORD": "2"}


@dataclass(frozen=True)
class Start:
    """One way of starting.

    Args:
        bound: CPU seconds that it may take on a machine of 2024; None where nothing is promised.
    """

    name: str
    command: Sequence[str]
    bound: float | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    folder: Path = CHECKOUT


STARTS = (
    Start("python -c pass", (sys.executable, "-c", "pass")),
    Start("--version", (*ROUTER, "--version"), 0.25),
    Start("completion", ROUTER, 0.25, {**COMPLETING, "COMP_WORDS": "prx-router validate --f"}),
    Start("--help", (*ROUTER, "--help")),
    Start("validate, ten rules", (*ROUTER, "validate", str(HELPDESK / "rules")), 0.6),
    Start("validate, with configuration", (*ROUTER, "validate"), folder=HELPDESK),
    Start("test, ten rules", (*ROUTER, "test", str(HELPDESK / "rules"))),
)


def cpu(start: Start) -> float:
    """Run it once; returns CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603
        [*start.command],
        env={**os.environ, **start.environ},
        cwd=start.folder,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def without_bytecode(folder: Path) -> Start:
    """``validate`` by a copy of the package that has no bytecode."""
    shutil.copytree(
        CHECKOUT / "prx_dingtalk_router",
        folder / "prx_dingtalk_router",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copytree(CHECKOUT / "grammar", folder / "grammar")
    environ = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    command = (*ROUTER, "validate", str(HELPDESK / "rules"))
    return Start("validate, no bytecode", command, environ=environ, folder=folder)


def main() -> None:
    """Print the table."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.pop("PRX_ROUTER_CONFIG", None)
    with tempfile.TemporaryDirectory() as folder:
        starts = [*STARTS, without_bytecode(Path(folder))]
        for start in starts:
            cpu(start)  # writes bytecode, and fills the cache of files
        taken: dict[str, list[float]] = {start.name: [] for start in starts}
        for _ in range(RUNS):
            for start in starts:
                taken[start.name].append(cpu(start))
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores; CPU seconds, median of {RUNS} (least)"
    )
    for start in starts:
        figures = taken[start.name]
        bound = f"   at most {start.bound}" if start.bound is not None else ""
        print(f"{start.name:<30} {statistics.median(figures):.3f} ({min(figures):.3f}){bound}")


if __name__ == "__main__":
    main()
