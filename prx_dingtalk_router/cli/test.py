"""``prx-router test``: runs the ``test`` blocks of rules. Contacts nothing."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from xml.etree import ElementTree as ET

import typer
from rich.text import Text as Styled

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.console import harmless, note, perhaps_unread, results, write_json
from prx_dingtalk_router.cli.options import ConfigOption, LanguageOption, NoColorOption, RulesOption
from prx_dingtalk_router.cli.rules import load_sets
from prx_dingtalk_router.cli.workspace import find_workspace
from prx_dingtalk_router.matching import Baseline, CaseResult, Router, named_conditions, run_tests


class Format(StrEnum):
    """The forms in which results are shown."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


def test(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help=str(text("cli.validate.paths")), readable=False),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help=str(text("cli.test.format")))] = Format.TEXT,  # noqa: A002
    json_wanted: Annotated[bool, typer.Option("--json", help=str(text("cli.validate.json")))] = False,
    coverage: Annotated[bool, typer.Option("--coverage", help=str(text("cli.test.coverage")))] = False,
    fail_under: Annotated[
        float,
        typer.Option("--fail-under", min=0, max=100, metavar="P", help=str(text("cli.test.fail-under"))),
    ] = 0.0,
    config: ConfigOption = None,
    rules: RulesOption = None,
    lang: LanguageOption = None,
    no_color: NoColorOption = False,
) -> int:
    """Run tests; 1 when one fails, or too few rules are reached."""
    workspace = find_workspace(config, rules)
    baseline = Baseline.of(workspace.settings) if workspace.settings and workspace.has_baseline else None
    everything: list[CaseResult] = []
    unreached: list[str] = []
    conditions: list[str] | None = None
    count = 0
    for loaded in load_sets(workspace, paths or [workspace.where()]):
        router = Router(loaded, baseline or Baseline())
        ran = run_tests(router, baseline=baseline, robot_name=workspace.robot_name)
        everything.extend(ran)
        reached = {name for result in ran for name in result.reached}
        unreached.extend(rule.name for rule in router.rules.rules if rule.name not in reached)
        count += len(router.rules.rules)
        named = named_conditions(router.rules.rules)
        if named:
            held = {name for result in ran for name in result.conditions}
            conditions = [*(conditions or []), *(name for name in named if name not in held)]
    share = 100.0 * (count - len(unreached)) / count if count else 100.0
    chosen = Format.JSON if json_wanted else format
    too_few = share < fail_under
    with perhaps_unread():
        match chosen:
            case Format.TEXT:
                _write_text(everything, no_color=no_color)
                if coverage:
                    print(_reached(share, unreached))
                    if conditions is not None:
                        print(_conditions(conditions))
            case Format.JSON:
                write_json(_document(everything, unreached, conditions or [], share))
            case Format.JUNIT:
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
        console.print(Styled.assemble((mark, color), f" {_name(result, ran)}"))
        if not result.passed or result.hints:
            console.print(Styled(f"  --> {result.place}", style="cyan"))
        for problem in result.problems:
            console.print(f"  {problem}")
        for hint in result.hints:
            console.print(Styled(f"  {hint}", style="yellow"))
    failed = sum(not result.passed for result in ran)
    key = "cli.test.none" if not ran else "cli.test.failed" if failed else "cli.test.passed"
    console.print(
        Styled(str(text(key, passed=len(ran) - failed, failed=failed)), style="red" if failed else "green")
    )


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
