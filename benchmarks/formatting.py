"""What ``prx-router fmt`` takes for big sets, in seconds of processor time of a fresh process.

``python benchmarks/formatting.py``: sets of 1,000 and 10,000 rules, first as they were written, then again. Run it with ``make
bench``. Machines are noisy: compare the lines with ``python -c pass``, which is printed with them.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from checking import rules

RUNS = 3


def spent(folder: Path, *arguments: str) -> float:
    """Seconds of processor time of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, capture_output=True, env=environment)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        nothing = statistics.median(spent(folder, "-c", "pass") for _ in range(RUNS))
        print(f"python -c pass {nothing:.3f} s; medians of {RUNS} runs")
        for count in (1_000, 10_000):
            file = folder / "main.rules"
            first, again = [], []
            for run in range(RUNS):
                file.write_text(f"# {run}\n{''.join(rules(count))}", "utf-8")
                first.append(spent(folder, "-m", "prx_dingtalk_router", "fmt", "main.rules"))
                again.append(spent(folder, "-m", "prx_dingtalk_router", "fmt", "main.rules"))
            print(
                f"{count:>6,} rules: {statistics.median(first):.2f} s first, {statistics.median(again):.2f} s again"
            )


if __name__ == "__main__":
    main()
