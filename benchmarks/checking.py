"""What checking a whole set takes, stage by stage: CPU seconds, and the peak memory of a process that does nothing else.

Each figure comes from a process of its own, the median of several. Run it with ``make bench``. Machines are noisy:
compare the lines with each other, not with other machines.
"""

from __future__ import annotations

import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

RUNS = 3
SIZES = (1_000, 10_000)
STAGES = ("read", "lex", "parse", "build", "resolve", "lint")

HEAD = r"""language 1
list it-staff = ["ops-007", "ops-008"]
pattern ticket = /(?P<ticket>[A-Z]{2,5}-\d+)/
hours office = mon-fri 09:00-12:00 13:30-18:00 in "Asia/Shanghai"
condition staff = sender in it-staff
template busy = "{{ sender.name }}，已收到，正在处理…"
"""
KINDS = (
    """rule r{n} "第{n}条"
  when text contains ["词{n}", "关键字{n}"] and not sender is "boss{n}"
  then reply "{{{{ sender.name }}}}，回复{n}"
""",
    r"""rule r{n}
  when group and text matches /单号{n}-(?P<no>\d+)/i
  then agent tracker with "查 {n} {{{{ match.no }}}}: {{{{ text }}}}" timeout 120s
  else reply "工单系统 {n} 暂时不可用"
""",
    """rule r{n}
  when private and text starts with word "/cmd{n}" and during office
  then reply busy at most 1 per 10m per sender
  then agent helpdesk session per sender
""",
    """rule r{n} shadow
  when conversation is "cid{n}" and (text contains word "hr{n}" or staff)
  then agent people
""",
    """rule r{n}
  when text is in ["问题{n}", "q{n}"] and 10% of senders
  then drop "reason {n}"
""",
)
"""Rules as people write them: lists, regexes, hours, named conditions, percentages, guards, chains."""


def rules(count: int) -> Iterator[str]:
    """A set of that many rules, in lines."""
    yield HEAD
    for n in range(count):
        yield KINDS[n % len(KINDS)].format(n=n)
    yield "otherwise agent general\n"


def by_stage(entry: Path) -> dict[str, float]:
    """CPU seconds of each stage, one after the other; nothing else is in the process."""
    from prx_dingtalk_router.language.context import CheckContext
    from prx_dingtalk_router.language.diagnostics import Diagnostics
    from prx_dingtalk_router.language.files import FileSet
    from prx_dingtalk_router.language.lints import lint
    from prx_dingtalk_router.language.lints.linted_set import LintedSet
    from prx_dingtalk_router.language.resolve.ruleset import resolve
    from prx_dingtalk_router.language.syntax.build import build
    from prx_dingtalk_router.language.syntax.grammar import grammar
    from prx_dingtalk_router.language.syntax.lexer import lex
    from prx_dingtalk_router.language.syntax.parser import parse

    grammar()
    context, diagnostics = CheckContext(), Diagnostics()
    taken: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        started = time.process_time()
        result = work()
        taken[stage] = time.process_time() - started
        return result

    files = timed("read", lambda: FileSet(entry, diagnostics))
    for source in files:
        pieces = timed("lex", lambda text=source.text: list(lex(text)))
        trees = timed("parse", lambda pieces=pieces: list(parse(pieces)))
        declarations = timed("build", lambda source=source, trees=trees: list(build(trees, source.name)))
        files.add(source, declarations)
    checked, inventory = timed("resolve", lambda: resolve(files, context, diagnostics))
    timed("lint", lambda: lint(LintedSet(checked, inventory, context), diagnostics))
    assert not diagnostics.has_errors
    return taken


def whole(entry: Path) -> dict[str, float]:
    """CPU seconds of a whole check, and peak memory in MB before and after it."""
    from prx_dingtalk_router.language import check_rules

    before = _peak()
    started = time.process_time()
    result = check_rules(entry)
    taken = time.process_time() - started
    assert result.rules is not None
    return {"cpu": taken, "before": before, "peak": _peak()}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(kind: str, entry: Path) -> dict[str, float]:
    """The medians of several processes."""
    command = [sys.executable, __file__, kind, str(entry)]
    runs = [json.loads(subprocess.check_output(command)) for _ in range(RUNS)]  # noqa: S603
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def main() -> None:
    """Print the table."""
    print(f"{platform.python_implementation()} {platform.python_version()}, medians of {RUNS} processes")
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            entry = Path(folder) / "main.rules"
            entry.write_text("".join(rules(count)), encoding="utf-8")
            check, stages = measured("whole", entry), measured("stages", entry)
        print(
            f"{count:>6} rules  {check['cpu']:6.2f} s CPU, {check['peak']:.0f} MB at most "
            f"({check['before']:.0f} MB before)"
        )
        print("      by stage  " + "  ".join(f"{stage} {stages[stage]:.2f}" for stage in STAGES))


if __name__ == "__main__":
    if sys.argv[1:]:
        kind, path = sys.argv[1:]
        print(json.dumps((by_stage if kind == "stages" else whole)(Path(path))))
    else:
        main()
