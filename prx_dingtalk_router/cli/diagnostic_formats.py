"""How diagnostics are shown: for people, one a line, as JSON, as SARIF, and as annotations of GitHub."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import Results, write_json
from prx_dingtalk_router.cli.console import results as result_console
from prx_dingtalk_router.language import CheckResult, Diagnostic, Fix, Location, Span, located

TAB_WIDTH = 4


def write_text(results: Sequence[CheckResult], *, no_color: bool) -> None:
    """Each diagnostic with its line and a mark below it, then a summary."""
    console = result_console(no_color=no_color)
    for diagnostic in _all(results):
        _write_one(console, diagnostic)
    errors, warnings = _count(results)
    files = sum(len(result.files) for result in results)
    rules = sum(result.rule_count for result in results)
    key = "cli.validate.clean" if not errors and not warnings else "cli.validate.summary"
    style = "red" if errors else "yellow" if warnings else "green"
    console.print((text(key, errors=errors, warnings=warnings, files=files, rules=rules), style))


def write_concise(results: Sequence[CheckResult]) -> None:
    """``file:line:column: severity code message``, one a line."""
    for diagnostic in _all(results):
        place = located(diagnostic.span)
        sys.stdout.write(f"{place}: {diagnostic.severity} {diagnostic.code} {diagnostic.message}\n")


def write_json_document(results: Sequence[CheckResult]) -> None:
    """The document of interfaces.md section 2."""
    errors, warnings = _count(results)
    write_json(
        {
            "diagnostics": [_json(diagnostic) for diagnostic in _all(results)],
            "summary": {
                "errors": errors,
                "warnings": warnings,
                "files": sum(len(result.files) for result in results),
                "rules": sum(result.rule_count for result in results),
            },
        }
    )


def write_sarif(results: Sequence[CheckResult]) -> None:
    """One log of SARIF 2.1.0."""
    from prx_dingtalk_router.cli.sarif import sarif_log

    write_json(sarif_log(_all(results)))


def write_github(results: Sequence[CheckResult]) -> None:
    """Workflow commands that GitHub shows beside the lines of a change."""
    for diagnostic in _all(results):
        place = located(diagnostic.span)
        begin, finish = place.begin, place.finish
        properties = ",".join(
            f"{key}={_escaped(str(value))}"
            for key, value in (
                ("file", place.file),
                ("line", begin.line),
                ("endLine", finish.line),
                ("col", begin.column),
                ("endColumn", finish.column),
                ("title", f"{diagnostic.code} {diagnostic.name}"),
            )
        )
        message = f"{diagnostic.message}\n{diagnostic.help}"
        sys.stdout.write(f"::{diagnostic.severity} {properties}::{_escaped(message, data=True)}\n")


def _all(results: Iterable[CheckResult]) -> Iterator[Diagnostic]:
    for result in results:
        yield from result.diagnostics


def _count(results: Iterable[CheckResult]) -> tuple[int, int]:
    counted = list(results)
    return sum(result.errors for result in counted), sum(result.warnings for result in counted)


# ---- for people


def _write_one(console: Results, diagnostic: Diagnostic) -> None:
    place = located(diagnostic.span)
    color = "red" if diagnostic.is_error else "yellow"
    severity = str(text(f"cli.severity.{diagnostic.severity}"))
    console.print((f"{severity}[{diagnostic.code}]", f"bold {color}"), (f" {diagnostic.message}", "bold"))
    console.print((f"  --> {place}", "cyan"))
    _write_excerpt(console, place, color)
    for related in diagnostic.related:
        console.print(f"      {related.text}: {located(related.span)}")
    console.print(("  = ", color), f"{text('cli.advice')}{diagnostic.help}")
    fix = diagnostic.fix()
    if fix is not None:
        console.print(("  = ", color), f"{text('cli.repair')}{fix.text}")
    console.print()


def _write_excerpt(console: Results, place: Location, color: str) -> None:
    """The line where it begins, with a mark as wide as what is meant."""
    from rich.cells import cell_len

    begin, finish = place.begin, place.finish
    line = place.source.line(begin.line)
    if not line.strip() and place.start == place.end:
        return
    number = str(begin.line)
    last = finish.column - 1 if finish.line == begin.line else len(line)
    before = cell_len(_expanded(line[: begin.column - 1]))
    marked = max(1, cell_len(_expanded(line[begin.column - 1 : last])))
    console.print((f"{number:>4} | ", "dim"), _expanded(line))
    console.print((" " * 4 + " | ", "dim"), " " * before, ("^" * marked, color))


def _expanded(line: str) -> str:
    """A line as it is shown: with tabs as blanks, and what cannot be seen as dots."""
    return "".join(c if c.isprintable() else " " * TAB_WIDTH if c == "\t" else "·" for c in line)


# ---- for programs


def _json(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "message": str(diagnostic.message),
        "help": str(diagnostic.help),
        "file": located(diagnostic.span).file,
        "range": _range(diagnostic.span),
        "related": [
            {"message": str(each.text), "file": located(each.span).file, "range": _range(each.span)}
            for each in diagnostic.related
        ],
        "fix": _fix(diagnostic.fix()),
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "message": str(fix.text),
        "applicability": fix.applicability,
        "edits": [
            {"file": located(edit.span).file, "range": _range(edit.span), "text": edit.text}
            for edit in fix.edits
        ],
    }


def _range(span: Span) -> dict[str, Any]:
    place = located(span)
    begin, finish = place.begin, place.finish
    return {
        "start": {"line": begin.line, "column": begin.column},
        "end": {"line": finish.line, "column": finish.column},
    }


def _escaped(value: str, *, data: bool = False) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value if data else value.replace(":", "%3A").replace(",", "%2C")
