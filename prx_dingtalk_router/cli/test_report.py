"""What ``prx-router test`` shows: how the cases went and what they reach, as text, JSON and JUnit."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.columns import columns
from prx_dingtalk_router.cli.console import Results, harmless, results
from prx_dingtalk_router.language.source import Location
from prx_dingtalk_router.matching import CaseResult, Coverage
from prx_dingtalk_router.matching.coverage import Part

SHOWN = 30
"""So many rules, and so many rules with parts, are listed as text; JSON has all."""


@dataclass(frozen=True, slots=True)
class SetReport:
    """How the tests of one set went, and what they reach if that was measured."""

    ran: Sequence[CaseResult]
    coverage: Coverage | None
    suggestions: Sequence[str] = ()
    """Ready-made ``test`` blocks for what is not reached."""


@dataclass(frozen=True, slots=True)
class Report:
    """All of a run."""

    sets: Sequence[SetReport]

    @property
    def ran(self) -> list[CaseResult]:
        """All cases."""
        return [result for each in self.sets for result in each.ran]

    @property
    def failed(self) -> int:
        """How many of them failed."""
        return sum(not result.passed for result in self.ran)

    @property
    def coverages(self) -> list[Coverage]:
        """What was measured."""
        return [each.coverage for each in self.sets if each.coverage is not None]

    @property
    def share(self) -> float:
        """The percentage of rules, and of the two ways of each part of a condition, that some test reaches."""
        total = sum(len(each.rules) + 2 * len(each.parts) for each in self.coverages)
        missed = sum(
            len(each.unreached) + sum(2 - part.reached for part in each.parts) for each in self.coverages
        )
        return 100.0 * (total - missed) / total if total else 100.0

    @property
    def unreached(self) -> list[tuple[str, Location]]:
        """The rules that no test reaches, with their places."""
        return [(rule.name, each.place(rule)) for each in self.coverages for rule in each.unreached]

    @property
    def one_sided(self) -> list[Part]:
        """The parts of conditions that never held, or always did, in rules that are reached."""
        return [part for each in self.coverages for part in each.one_sided]

    @property
    def suggestions(self) -> list[str]:
        """Ready-made tests of all sets."""
        return [block for each in self.sets for block in each.suggestions]

    @property
    def summary(self) -> Text:
        """What is reached, in one line."""
        rules = sum(len(each.rules) for each in self.coverages)
        parts = [part for each in self.coverages for part in each.parts]
        return text(
            "cli.test.reached",
            share=percent(self.share),
            rules=rules - len(self.unreached),
            all_rules=rules,
            parts=sum(part.reached == 2 for part in parts),
            all_parts=len(parts),
        )


def percent(share: float) -> str:
    """Return a percentage rounded down: what is not all is never called 100."""
    return f"{math.floor(share * 10) / 10:g}"


# ---- text


def write_text(report: Report, *, coverage: bool, suggest: bool, no_color: bool) -> None:
    """Print each case, those that fail with both sides, then how many passed, what is reached, and tests for what is not."""
    console = results(no_color=no_color)
    named = _names(report.ran)
    for result, name in zip(report.ran, named, strict=True):
        mark, color = ("✓", "green") if result.passed else ("✗", "red")
        console.print((mark, color), f" {name}")
        if not result.passed or result.hints:
            console.print((f"  --> {result.place}", "cyan"))
        _write_problems(console, result)
        for hint in result.hints:
            console.print((f"  {hint}", "yellow"))
    passed = len(named) - report.failed
    key = "cli.test.none" if not named else "cli.test.failed" if report.failed else "cli.test.passed"
    console.print((text(key, passed=passed, failed=report.failed), "red" if report.failed else "green"))
    if coverage:
        _write_coverage(console, report)
    if suggest:
        count = len(report.suggestions)
        key = "cli.test.suggested" if count else "cli.test.nothing-suggested"
        console.print((text(key, count=count), "bold"))
        for block in report.suggestions:
            console.print(f"\n{block.rstrip()}")


def _write_problems(console: Results, result: CaseResult) -> None:
    for problem in result.problems:
        if problem.expected is None:
            console.print(f"  {problem}")
            continue
        happened = problem.happened or (str(text("matching.nothing")),)
        _write_side(console, text("cli.test.expected"), [problem.expected])
        _write_side(console, text("cli.test.happened"), happened)
    _write_side(console, text("cli.test.because"), [str(each) for each in result.because])
    if result.problems and result.match:
        captured = [f"{name} = {value}" for name, value in result.match.items()]
        console.print(f"  {text('cli.test.captured', captured=captured)}")


def _write_side(console: Results, label: Text, lines: Sequence[str]) -> None:
    """Print a label and what it is of, line under line; a Chinese character takes two columns."""
    blank = " " * columns(str(label))
    for number, line in enumerate(lines):
        console.print("  ", (blank if number else label, "bold"), f" {line}")


def _write_coverage(console: Results, report: Report) -> None:
    console.print(report.summary)
    unreached, one_sided = report.unreached, report.one_sided
    if unreached:
        console.print((text("cli.test.unreached", count=len(unreached)), "bold"))
        for name, place in unreached[:SHOWN]:
            console.print(f"  {name}  ", (str(place), "cyan"))
        _write_rest(console, len(unreached))
    if one_sided:
        console.print((text("cli.test.one-sided", count=len(one_sided)), "bold"))
        owners = [list(parts) for _, parts in groupby(one_sided, lambda part: (part.named, part.owner))]
        for parts in owners[:SHOWN]:
            console.print(f"  {_owner(parts[0])}  ", (str(parts[0].place), "cyan"))
            for part in parts:
                console.print(f"    {_how(part)}")
        _write_rest(console, len(owners))


def _write_rest(console: Results, count: int) -> None:
    if count > SHOWN:
        console.print((f"  {text('cli.test.more', count=count - SHOWN)}", "dim"))


def _owner(part: Part) -> Text | str:
    return text("cli.test.condition", name=part.owner) if part.named else part.owner


def _how(part: Part) -> Text:
    never = "either" if not part.reached else "held" if not part.held else "failed"
    return text(f"cli.test.never-{never}", part=part.text)


def _names(ran: Sequence[CaseResult]) -> list[str]:
    """Return the title of each case, numbered where a test has several."""
    several = {result.title for result in ran if result.number > 1}
    return [
        f"{result.title} ({result.number})" if result.title in several else result.title for result in ran
    ]


# ---- documents


def document(report: Report) -> dict[str, Any]:
    """Return the document of ``--format json``."""
    return {
        "tests": [_case(result) for result in report.ran],
        "summary": {"passed": len(report.ran) - report.failed, "failed": report.failed},
        "coverage": {
            "percent": round(math.floor(report.share * 100) / 100, 2),
            "unreached": [name for name, _ in report.unreached],
            "parts": [part for each in report.coverages for part in _parts(each)],
            "suggestions": report.suggestions,
        },
    }


def _case(result: CaseResult) -> dict[str, Any]:
    return {
        "title": result.title,
        "case": result.number,
        "passed": result.passed,
        "file": result.place.file,
        "line": result.place.begin.line,
        "problems": [str(problem) for problem in result.problems],
        "differences": [
            {"expected": problem.expected, "happened": list(problem.happened)}
            for problem in result.problems
            if problem.expected is not None
        ],
        "because": [str(each) for each in result.because],
        "match": dict(result.match),
        "hints": [str(hint) for hint in result.hints],
    }


def _parts(coverage: Coverage) -> Iterator[dict[str, Any]]:
    for part in coverage.parts:
        if part.reached < 2:
            yield {
                "condition" if part.named else "rule": part.owner,
                "text": part.text,
                "held": part.held,
                "failed": part.failed,
                "file": part.place.file,
                "line": part.place.begin.line,
            }


def write_junit(report: Report) -> None:
    """Write the cases as JUnit has it; control characters, which XML cannot hold, become dots."""
    ran = report.ran
    suites = ET.Element("testsuites")
    suite = ET.SubElement(
        suites,
        "testsuite",
        name="prx-router",
        tests=str(len(ran)),
        failures=str(report.failed),
        errors="0",
        skipped="0",
    )
    for result, name in zip(ran, _names(ran), strict=True):
        case = ET.SubElement(
            suite,
            "testcase",
            classname=harmless(result.place.file),
            name=harmless(name),
            file=harmless(result.place.file),
            line=str(result.place.begin.line),
            time="0",
        )
        if not result.passed:
            problems = [harmless(str(problem)) for problem in result.problems]
            failure = ET.SubElement(case, "failure", type="expectation", message=problems[0])
            failure.text = "\n".join([*problems, *(harmless(str(each)) for each in result.because)])
        if result.hints:
            ET.SubElement(case, "system-out").text = "\n".join(harmless(str(hint)) for hint in result.hints)
    sys.stdout.write(ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n")
