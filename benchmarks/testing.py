"""What ``prx-router test`` takes in a process of its own, beside ``validate``: CPU seconds, for a set with a test case for each rule.

``--coverage`` notes every part of every condition; ``--suggest`` has no tests for four rules in five, and writes them.
Run it with ``make bench``; ``testing.py 200`` takes another size.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from commands import surroundings, taken

RUNS = 3
SIZE = 1_000
TESTED_OF = 5
"""Of so many rules one has a test where tests are suggested for the others."""
KINDS = (
    ('text contains "报销{n}号"', 'agent a{agent} with "查 {{{{ text }}}}"', "报销{n}号", "", "agent a{agent}"),
    ('text contains ["单{n}号", "w{n}."] and not sender in it', 'reply "好，{{{{ sender.name }}}}" mention', "单{n}号", "", "reply"),
    ("group and text matches /票{n}号[a-z]*/", "agent a{agent}", "票{n}号", " in group", "agent a{agent}"),
    ('text is "问{n}" or (text contains "q{n}." and private)', 'reply "请稍等" at most 1 per 1m', "q{n}.", "", "reply"),
    ('text contains word "k{n}" and not late', 'drop "x"', "a k{n} b", "", 'drop "x"'),
)  # fmt: skip
DECLARED = """language 1
list it = ["u1", "u2"]
hours office = mon-fri 09:00-18:00
condition late = group and not during office
"""


def rules(size: int, every: int) -> str:
    """A set of so many rules, of which one in ``every`` has a test."""
    written, tests = [DECLARED], []
    for number in range(size):
        named = {"n": number, "agent": number % 50}
        condition, step, said, place, expected = (
            each.format(**named) for each in KINDS[number // TESTED_OF % len(KINDS)]
        )
        written.append(f"rule r{number} when {condition} then {step}\n")
        if number % every == 0:
            tests.append(
                f'test "t{number}" given "{said}"{place} at "2026-01-07 10:00" expect {expected} by r{number}\n'
            )
    return "".join([*written, 'otherwise reply "?"\n', *tests])


def main() -> None:
    """Print a line for each command."""
    size = int(sys.argv[1]) if sys.argv[1:] else SIZE
    print(f"{size} rules, medians of {RUNS}, {surroundings()}")
    ways = {
        ("validate", "--no-cache"): 1,
        ("test",): 1,
        ("test", "--coverage"): 1,
        ("test", "--suggest"): TESTED_OF,
    }
    for arguments, every in ways.items():
        with tempfile.TemporaryDirectory() as name:
            folder, cache = Path(name), Path(name) / "cache"
            (folder / "main.rules").write_text(rules(size, every), encoding="utf-8")
            runs = [taken(*arguments, name, cache=cache) for _ in range(RUNS)]
            seconds = statistics.median(run.cpu for run in runs)
        print(f"{' '.join(arguments):<22}{seconds:6.2f} s")


if __name__ == "__main__":
    main()
