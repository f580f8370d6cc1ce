"""What checking promises of any set of files, and who breaks it."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from prx_dingtalk_router.catalogue import LANGUAGES, use_language
from prx_dingtalk_router.cli.diagnostic_formats import (
    write_concise,
    write_github,
    write_json_document,
    write_sarif,
    write_text,
)
from prx_dingtalk_router.cli.fixing import applied, mend
from prx_dingtalk_router.errors import SettingsError
from prx_dingtalk_router.language import (
    Applicability,
    CheckContext,
    CheckResult,
    Diagnostic,
    Fix,
    check_rules,
)
from prx_dingtalk_router.language.diagnostics.selection import Selection
from prx_dingtalk_router.settings import load_settings

CONTEXT = CheckContext(
    agents=frozenset({"helpdesk", "客服", "finance"}), allowed_users=("u1001",), today=date(2026, 3, 2)
)
"""A configuration that makes all checks run."""
ALL = Selection()
FIXES = 3
"""So many of a set are made alone."""
SYNTAX = "PRX1"


def keeps_promises(folder: Path, files: dict[str, bytes]) -> None:
    """Check a set, show what is found, and mend it; an assertion fails, or something is raised, where a promise is broken."""
    entry = folder / "main.rules"
    result = check_rules(entry, CONTEXT)
    assert (result.rules is None) == (result.errors > 0)
    places_lie_within(result.diagnostics)
    is_shown(result)
    fixes_are_safe(result)
    if "prx-router.toml" in files:
        configuration_is_read_or_refused(folder / "prx-router.toml")


def places_lie_within(diagnostics: Iterable[Diagnostic]) -> None:
    """Every place is one of its file."""
    for each in diagnostics:
        fix = each.fix()
        edits = [edit.span for edit in fix.edits] if fix is not None else []
        for span in (each.span, *(related.span for related in each.related), *edits):
            assert 0 <= span.start <= span.end <= len(span.source.text), (each.name, span)
            assert (span.begin.line, span.begin.column) >= (1, 1)
            assert span.begin <= span.finish
            assert span.finish.line <= span.source.text.count("\n") + 1


def is_shown(result: CheckResult) -> None:
    """Every form is written in both languages."""
    for language in LANGUAGES:
        use_language(language)
        try:
            shown = io.StringIO()
            with contextlib.redirect_stdout(shown):
                write_text([result], no_color=True)
                write_concise([result])
                write_json_document([result])
                write_sarif([result])
                write_github([result])
            assert shown.getvalue().encode("utf-8", "surrogatepass")
        finally:
            use_language("en")


def fixes_are_safe(result: CheckResult) -> None:
    """A safe fix removes its diagnostic; making all of them ends and leaves no more errors than before.

    A fix of the syntax may bring to light what is wrong with the rest of its declaration, as may any beside other errors;
    alone, none brings an error.
    """
    entry = result.files[0].path
    for diagnostic, fix in islice(_safe_fixes(result), FIXES):
        after = check_rules(entry, CONTEXT, overlay=applied([fix], {}))
        if diagnostic.is_error or not result.errors:  # errors keep things from being looked at
            assert _is_gone(diagnostic, fix, result, after), (diagnostic.name, str(diagnostic.message), fix)
        if not diagnostic.code.startswith(SYNTAX) and result.errors <= 1:
            assert after.errors <= result.errors, (diagnostic.name, str(diagnostic.message), fix)
    mending = mend(result, CONTEXT, ALL, suggested=False)
    assert mending.result.errors <= result.errors
    places_lie_within(mending.result.diagnostics)


def _is_gone(diagnostic: Diagnostic, fix: Fix, before: CheckResult, after: CheckResult) -> bool:
    """Return whether there is one less that says the same, in all or up to the place of the fix."""
    until = diagnostic.span.start
    grown = until + sum(len(edit.text) for edit in fix.edits)
    return any(
        sum(_says(each, diagnostic) and each.span.start <= last for each in after.diagnostics)
        < sum(_says(each, diagnostic) and each.span.start <= first for each in before.diagnostics)
        for first, last in ((until, grown), (sys.maxsize, sys.maxsize))
    )


def _says(one: Diagnostic, other: Diagnostic) -> bool:
    return one.name == other.name and str(one.message) == str(other.message)


def _safe_fixes(result: CheckResult) -> Iterator[tuple[Diagnostic, Fix]]:
    for diagnostic in result.diagnostics:
        fix = diagnostic.fix()
        if fix is not None and fix.applicability is Applicability.SAFE:
            yield diagnostic, fix


def configuration_is_read_or_refused(path: Path) -> None:
    """Any file is settings, or sentences in both languages."""
    try:
        load_settings(path, {}, credentials=False)
    except SettingsError as error:
        for problem in error.problems:
            for language in LANGUAGES:
                assert problem.render(language)
