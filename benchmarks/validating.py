"""What ``prx-router validate`` takes in a process of its own: CPU seconds and the peak of its memory, for sets of growing size.

``first`` knows nothing, ``again`` finds its last report in the cache, ``after an edit`` one rule is another and the other
declarations are known, ``without`` has no cache. Run it with ``make bench``; ``validating.py 1000 50`` takes other sizes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from checking import rules
from commands import Taken, row, surroundings, taken

RUNS = 3
SIZES = (1_000, 10_000, 30_000)
WAYS = ("first", "again", "after an edit", "without")
EDITED = ('词0"', '字0"')
"""One literal of the first rule, before and after."""


def once(size: int) -> list[Taken]:
    """One figure of each way, in their order."""
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "rules", Path(name) / "cache"
        folder.mkdir()
        entry = folder / "main.rules"
        text = "".join(rules(size))
        assert EDITED[0] in text
        entry.write_text(text, encoding="utf-8")
        command = ("validate", str(folder), "--format", "concise")
        before = [taken(*command, cache=cache), taken(*command, cache=cache)]
        entry.write_text(text.replace(*EDITED, 1), encoding="utf-8")
        return [*before, taken(*command, cache=cache), taken(*command, "--no-cache", cache=cache)]


def main() -> None:
    """Print the table."""
    print(f"{surroundings()}, medians of {RUNS}")
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        runs = [once(size) for _ in range(RUNS)]
        print(row(size, WAYS, runs))


if __name__ == "__main__":
    main()
