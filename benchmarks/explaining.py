"""What ``prx-router explain`` takes in a process of its own: CPU seconds (user and system) and the peak of its memory.

``first`` knows no declaration of the set, ``again`` those that a run before has parsed; both ask about a message that no rule
takes, so that every rule is asked. Run it with ``make bench``; ``explaining.py 10000 50`` takes other sizes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from checking import rules
from commands import Taken, row, surroundings, taken

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


def once(size: int) -> list[Taken]:
    """One figure of each way, in their order."""
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "rules", Path(name) / "cache"
        folder.mkdir()
        (folder / "main.rules").write_text("".join(rules(size)), encoding="utf-8")
        asked = ("explain", SAID, "--rules", str(folder))
        return [taken(*asked, *options, cache=cache) for _, options in WAYS]


def main() -> None:
    """Print the table."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.pop("PRX_ROUTER_CONFIG", None)
    print(f"{surroundings()}, medians of {RUNS}")
    once(10)  # writes bytecode, and fills the cache of files
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        runs = [once(size) for _ in range(RUNS)]
        bound = f"  at most {BOUND[size]} s" if size in BOUND else ""
        print(row(size, [way for way, _ in WAYS], runs) + bound)


if __name__ == "__main__":
    main()
