"""How diagnostics are shown: for people, one a line, as JSON, as SARIF, and as annotations of GitHub."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import results as result_console
from prx_dingtalk_router.cli.console import write_json
from prx_dingtalk_router.cli.diagnostic_text import write_diagnostic
from prx_dingtalk_router.language import Diagnostic, Fix, Report, Severity, Span, located

_GITHUB: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def write_text(results: Sequence[Report], *, no_color: bool) -> None:
    """Each diagnostic with its line and a mark below it, then a summary, and where to read more."""
    console = result_console(no_color=no_color)
    shown = list(_all(results))
    for diagnostic in shown:
        write_diagnostic(console, diagnostic)
    errors, warnings, notes = _count(results)
    files = sum(len(result.files) for result in results)
    rules = sum(result.rule_count for result in results)
    key = "cli.validate.clean" if not errors and not warnings else "cli.validate.summary"
    style = "red" if errors else "yellow" if warnings else "green"
    noted = text("cli.validate.notes", count=notes) if notes else ""
    summary = text(key, errors=errors, warnings=warnings, notes=noted, files=files, rules=rules)
    console.print((summary, style))
    if errors or warnings:
        console.print((text("cli.validate.read-more", code=shown[0].code), "dim"))


def write_concise(results: Sequence[Report]) -> None:
    """``file:line:column: severity code message``, one a line."""
    for diagnostic in _all(results):
        place = located(diagnostic.span)
        sys.stdout.write(f"{place}: {diagnostic.severity} {diagnostic.code} {diagnostic.message}\n")


def write_json_document(results: Sequence[Report]) -> None:
    """The document of interfaces.md section 2."""
    errors, warnings, notes = _count(results)
    write_json(
        {
            "diagnostics": [_json(diagnostic) for diagnostic in _all(results)],
            "summary": {
                "errors": errors,
                "warnings": warnings,
                "files": sum(len(result.files) for result in results),
                "rules": sum(result.rule_count for result in results),
                "notes": notes,
            },
        }
    )


def write_sarif(results: Sequence[Report]) -> None:
    """One log of SARIF 2.1.0."""
    from prx_dingtalk_router.cli.sarif import sarif_log

    write_json(sarif_log(_all(results)))


def write_github(results: Sequence[Report]) -> None:
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
        sys.stdout.write(f"::{_GITHUB[diagnostic.severity]} {properties}::{_escaped(message, data=True)}\n")


def _all(results: Iterable[Report]) -> Iterator[Diagnostic]:
    for result in results:
        yield from result.diagnostics


def _count(results: Sequence[Report]) -> tuple[int, int, int]:
    return (
        sum(result.errors for result in results),
        sum(result.warnings for result in results),
        sum(result.notes for result in results),
    )


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
