"""What ``prx-router validate`` takes in a process of its own: CPU seconds and the peak of its memory, for sets of growing size.

``first`` knows nothing, ``again`` finds its last report in the cache, ``after an edit`` one rule is another and the other
declarations are known, ``without`` has no cache. Run it with ``make bench``; ``validating.py 1000 50`` takes other sizes.
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

RUNS = 3
SIZES = (1_000, 10_000, 30_000)
WAYS = ("first", "again", "after an edit", "without")
EDITED = ('词0"', '字0"')
"""One literal of the first rule, before and after."""


def validated(folder: Path, cache: Path, *options: str) -> tuple[float, float]:
    """Check once; returns CPU seconds (user and system) and MB."""
    command = [
        sys.executable,
        "-m",
        "prx_dingtalk_router",
        "validate",
        str(folder),
        "--format",
        "concise",
        *options,
    ]
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, env={**os.environ, "XDG_CACHE_HOME": str(cache)}
    )
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def once(size: int) -> list[tuple[float, float]]:
    """One figure of each way, in their order."""
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "rules", Path(name) / "cache"
        folder.mkdir()
        entry = folder / "main.rules"
        text = "".join(rules(size))
        assert EDITED[0] in text
        entry.write_text(text, encoding="utf-8")
        taken = [validated(folder, cache), validated(folder, cache)]
        entry.write_text(text.replace(*EDITED, 1), encoding="utf-8")
        return [*taken, validated(folder, cache), validated(folder, cache, "--no-cache")]


def main() -> None:
    """Print the table."""
    load = Path("/proc/loadavg")
    print(f"{platform.python_implementation()} {platform.python_version()}, medians of {RUNS}", end="")
    print(f", load {load.read_text(encoding='utf-8').split()[0]}" if load.exists() else "")
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        runs = [once(size) for _ in range(RUNS)]
        figures = [
            f"{way} {statistics.median(run[at][0] for run in runs):.2f} s {max(run[at][1] for run in runs):.0f} MB"
            for at, way in enumerate(WAYS)
        ]
        print(f"{size:>6} rules  " + "  ".join(figures))


if __name__ == "__main__":
    main()
