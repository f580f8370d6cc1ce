"""What ``prx-router explain`` takes in a process of its own: CPU seconds (user and system) and the peak of its memory.

``first`` knows no declaration of the set, ``again`` those that a run before has parsed; both ask about a message that no rule
takes, so that every rule is asked. Run it with ``make bench``; ``explaining.py 10000 50`` takes other sizes.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from checking import rules

RUNS = 5
SIZES = (100, 1_000)
BOUND = {1_000: 0.8}
"""CPU seconds that the slowest way may take on a machine of 2024."""
SAID = "ＶＰＮ 连不上，帐号也登不上"
WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("first", ()),
    ("again", ()),
    ("json", ("--json",)),
    ("all", ("--all",)),
    ("why not", ("--why-not", "r7")),
)


def explained(folder: Path, cache: Path, *options: str) -> tuple[float, float]:
    """Explain once; returns CPU seconds and MB."""
    command = [sys.executable, "-m", "prx_dingtalk_router", "explain", SAID, "--rules", str(folder), *options]
    process = subprocess.Popen(  # noqa: S603
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
    )
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def once(size: int) -> list[tuple[float, float]]:
    """One figure of each way, in their order."""
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "rules", Path(name) / "cache"
        folder.mkdir()
        (folder / "main.rules").write_text("".join(rules(size)), encoding="utf-8")
        return [explained(folder, cache, *options) for _, options in WAYS]


def main() -> None:
    """Print the table."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.pop("PRX_ROUTER_CONFIG", None)
    load = Path("/proc/loadavg")
    print(f"{platform.python_implementation()} {platform.python_version()}, medians of {RUNS}", end="")
    print(f", load {load.read_text(encoding='utf-8').split()[0]}" if load.exists() else "")
    once(10)  # writes bytecode, and fills the cache of files
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        runs = [once(size) for _ in range(RUNS)]
        figures = [
            f"{way} {statistics.median(run[at][0] for run in runs):.2f} s {max(run[at][1] for run in runs):.0f} MB"
            for at, (way, _) in enumerate(WAYS)
        ]
        bound = f"  at most {BOUND[size]} s" if size in BOUND else ""
        print(f"{size:>6} rules  " + "  ".join(figures) + bound)


if __name__ == "__main__":
    main()
