"""Diagnostics as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from prx_dingtalk_router import __version__
from prx_dingtalk_router.language import Diagnostic, Edit, Fix, Span, located
from prx_dingtalk_router.language.diagnostics.outline import flagged, outline
from prx_dingtalk_router.language.diagnostics.registry import find_diagnostic

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def sarif_log(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Return the log of one run: its results, and of the kinds of diagnostics those that occur."""
    found = list(diagnostics)
    # By code: of an earlier run only that is known.
    kinds = [
        kind for code in sorted({each.code for each in found}) if (kind := find_diagnostic(code)) is not None
    ]
    numbers = {kind.code: number for number, kind in enumerate(kinds)}
    driver = {"name": "prx-router", "version": __version__, "rules": [_rule(kind) for kind in kinds]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, numbers[each.code]) for each in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(kind: type[Diagnostic]) -> dict[str, Any]:
    return {
        "id": kind.code,
        "name": kind.__name__,
        "shortDescription": {"text": flagged(kind)},
        "help": {"text": outline(kind.advice)},
        "defaultConfiguration": {"level": kind.severity},
    }


def _result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.severity,
        "message": {"text": f"{diagnostic.message}\n{diagnostic.help}"},
        "locations": [{"physicalLocation": _place(diagnostic.span)}],
    }
    related = [
        {"message": {"text": str(each.text)}, "physicalLocation": _place(each.span)}
        for each in diagnostic.related
    ]
    if related:
        result["relatedLocations"] = related
    fix = diagnostic.fix()
    if fix is not None:
        result["fixes"] = [_fix(fix)]
    return result


def _fix(fix: Fix) -> dict[str, Any]:
    files: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        files.setdefault(located(edit.span).file, []).append(edit)
    return {
        "description": {"text": str(fix.text)},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(file),
                "replacements": [
                    {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
                    for edit in edits
                ],
            }
            for file, edits in files.items()
        ],
    }


def _place(span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(located(span).file), "region": _region(span)}


def _artifact(file: str) -> dict[str, Any]:
    path = Path(file)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}


def _region(span: Span) -> dict[str, Any]:
    place = located(span)
    begin, finish = place.begin, place.finish
    return {
        "startLine": begin.line,
        "startColumn": begin.column,
        "endLine": finish.line,
        "endColumn": finish.column,
    }
