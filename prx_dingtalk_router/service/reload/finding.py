"""What is wrong with a set, worded: for log, status, history and whoever asked for a reload."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.errors import RouterError, SettingsError
from prx_dingtalk_router.language import Diagnostic, located
from prx_dingtalk_router.language.diagnostics.diagnostic import Severity
from prx_dingtalk_router.matching import CaseResult

LISTED = 100
"""So many are kept of a refused reload; the others are counted."""


class Finding(Struct, frozen=True):
    """One thing that is wrong, in the language of the router.

    Args:
        message: what is wrong.
        name: its kind: of a diagnostic, ``failed-test``, ``configuration``, ``unusable``.
        code: of a diagnostic.
        severity: whether the set cannot be loaded because of it.
        help: what to do.
        file: where it is, as people are shown it; empty where that is told in the message.
        line: counted from 1; 0 without a place.
        column: as ``line``.
        end_line: where it ends.
        end_column: before which column.
    """

    message: str
    name: str
    code: str = ""
    severity: Severity = "error"
    help: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    @property
    def place(self) -> str:
        """``file:line:column``, or less where less is known."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return " ".join(
            part for part in (f"{self.place}:" if self.place else "", self.code, self.message) if part
        )

    def as_json(self) -> dict[str, Any]:
        """As ``validate --format json`` writes it (interfaces.md section 2)."""
        return {
            "code": self.code or None,
            "name": self.name,
            "severity": self.severity,
            "message": self.message,
            "help": self.help,
            "file": self.file or None,
            "range": {
                "start": {"line": self.line, "column": self.column},
                "end": {"line": self.end_line, "column": self.end_column},
            }
            if self.line
            else None,
            "related": [],
            "fix": None,
        }


def of_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """Word diagnostics, errors first."""
    in_order = sorted(diagnostics, key=lambda each: not each.is_error)
    return tuple(_of_diagnostic(each) for each in in_order)


def of_error(error: RouterError) -> tuple[Finding, ...]:
    """Word an error: of a configuration each of its problems."""
    if isinstance(error, SettingsError):
        return tuple(Finding(str(problem), "configuration") for problem in error.problems or (error.text,))
    return (unusable(error.text),)


def unusable(why: Text) -> Finding:
    """Word something that keeps a set from being read at all."""
    return Finding(str(why), "unusable")


def of_failed_tests(results: Sequence[CaseResult]) -> tuple[Finding, ...]:
    """Word the cases that failed."""
    return tuple(_of_case(result) for result in results if not result.passed)


def _of_diagnostic(diagnostic: Diagnostic) -> Finding:
    place = located(diagnostic.span)
    begin, finish = place.begin, place.finish
    return Finding(
        str(diagnostic.message),
        diagnostic.name,
        diagnostic.code,
        diagnostic.severity,
        str(diagnostic.help),
        place.file,
        begin.line,
        begin.column,
        finish.line,
        finish.column,
    )


def _of_case(result: CaseResult) -> Finding:
    begin, finish = result.place.begin, result.place.finish
    problems = "; ".join(map(str, result.problems))
    return Finding(
        str(text("service.reload.failed-test", title=result.title, problems=problems)),
        "failed-test",
        file=result.place.file,
        line=begin.line,
        column=begin.column,
        end_line=finish.line,
        end_column=finish.column,
    )
