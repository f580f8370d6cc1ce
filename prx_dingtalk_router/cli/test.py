"""``prx-router test``: runs the ``test`` blocks of rules. Contacts nothing."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.console import harmless, note, perhaps_unread, results, write_json
from prx_dingtalk_router.cli.rules import load_sets
from prx_dingtalk_router.cli.workspace import workspaces_of
from prx_dingtalk_router.matching import Baseline, CaseResult, Router, named_conditions, run_tests


def test(
    *,
    paths: Sequence[Path],
    format: str,  # noqa: A002
    json_wanted: bool,
    coverage: bool,
    fail_under: float,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Run tests; 1 when one fails, or too few rules are reached."""
    everything: list[CaseResult] = []
    unreached: list[str] = []
    conditions: list[str] | None = None
    count = 0
    for workspace, named in workspaces_of(paths, config, rules):
        baseline = Baseline.of(workspace.settings) if workspace.settings and workspace.has_baseline else None
        for loaded in load_sets(workspace, named):
            router = Router(loaded, baseline or Baseline())
            ran = run_tests(router, baseline=baseline, robot_name=workspace.robot_name)
            everything.extend(ran)
            reached = {name for result in ran for name in result.reached}
            unreached.extend(rule.name for rule in router.rules.rules if rule.name not in reached)
            count += len(router.rules.rules)
            asked = named_conditions(router.rules.rules)
            if asked:
                held = {name for result in ran for name in result.conditions}
                conditions = [*(conditions or []), *(name for name in asked if name not in held)]
    share = 100.0 * (count - len(unreached)) / count if count else 100.0
    too_few = share < fail_under
    with perhaps_unread():
        match "json" if json_wanted else format:
            case "text":
                _write_text(everything, no_color=no_color)
                if coverage:
                    print(_reached(share, unreached))
                    if conditions is not None:
                        print(_conditions(conditions))
            case "json":
                write_json(_document(everything, unreached, conditions or [], share))
            case "junit":
                _write_junit(everything)
                if coverage:  # the form has no room for it
                    note(_reached(share, unreached))
                    if conditions is not None:
                        note(_conditions(conditions))
    if too_few:
        if not coverage:
            note(_reached(share, unreached))
        note(text("cli.test.too-few", share=_percent(share), least=_percent(fail_under)))
    return int(any(not result.passed for result in everything) or too_few)


def _reached(share: float, unreached: Sequence[str]) -> Text:
    return text("cli.test.reached", share=_percent(share), unreached=unreached or text("language.none"))


def _conditions(unreached: Sequence[str]) -> Text:
    return text("cli.test.conditions", unreached=unreached or text("language.none"))


def _percent(share: float) -> str:
    """Rounded down: what is not all is never called 100."""
    return f"{math.floor(share * 10) / 10:g}"


def _write_text(ran: Sequence[CaseResult], *, no_color: bool) -> None:
    console = results(no_color=no_color)
    for result in ran:
        mark, color = ("✓", "green") if result.passed else ("✗", "red")
        console.print((mark, color), f" {_name(result, ran)}")
        if not result.passed or result.hints:
            console.print((f"  --> {result.place}", "cyan"))
        for problem in result.problems:
            console.print(f"  {problem}")
        for hint in result.hints:
            console.print((f"  {hint}", "yellow"))
    failed = sum(not result.passed for result in ran)
    key = "cli.test.none" if not ran else "cli.test.failed" if failed else "cli.test.passed"
    console.print((text(key, passed=len(ran) - failed, failed=failed), "red" if failed else "green"))


def _name(result: CaseResult, ran: Sequence[CaseResult]) -> str:
    """The title, numbered where a test has several cases."""
    several = sum(other.title == result.title for other in ran) > 1
    return f"{result.title} ({result.number})" if several else result.title


def _document(
    ran: Sequence[CaseResult], unreached: Sequence[str], conditions: Sequence[str], share: float
) -> dict[str, Any]:
    failed = sum(not result.passed for result in ran)
    return {
        "tests": [
            {
                "title": result.title,
                "case": result.number,
                "passed": result.passed,
                "file": result.place.file,
                "line": result.place.begin.line,
                "problems": [str(problem) for problem in result.problems],
                "hints": [str(hint) for hint in result.hints],
            }
            for result in ran
        ],
        "summary": {"passed": len(ran) - failed, "failed": failed},
        "coverage": {
            "percent": round(share, 2),
            "unreached": list(unreached),
            "unreached_conditions": list(conditions),
        },
    }


def _write_junit(ran: Sequence[CaseResult]) -> None:
    """As JUnit has it; control characters, which XML cannot hold, become dots."""
    failed = sum(not result.passed for result in ran)
    suite = ET.Element("testsuite", name="prx-router", tests=str(len(ran)), failures=str(failed))
    for result in ran:
        case = ET.SubElement(
            suite,
            "testcase",
            classname=harmless(result.place.file),
            name=harmless(_name(result, ran)),
            file=harmless(result.place.file),
            line=str(result.place.begin.line),
        )
        if not result.passed:
            problems = [harmless(str(problem)) for problem in result.problems]
            failure = ET.SubElement(case, "failure", message=problems[0])
            failure.text = "\n".join(problems)
    sys.stdout.write(ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n")
