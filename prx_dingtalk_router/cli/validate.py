"""``prx-router validate``: checks rules, and against the configuration when there is one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.checking import Checked, Checking, check_now, check_unless_known
from prx_dingtalk_router.cli.console import note, perhaps_unread
from prx_dingtalk_router.cli.diagnostic_formats import (
    write_concise,
    write_github,
    write_json_document,
    write_sarif,
    write_text,
)
from prx_dingtalk_router.cli.fixing import Mending, differences, is_as_read, mend, write
from prx_dingtalk_router.cli.importing import importing
from prx_dingtalk_router.cli.unsaved import STDIN, read_unsaved
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language import Report
from prx_dingtalk_router.language.diagnostics.selection import Selection, codes_of, warnings_of


def validate(
    *,
    paths: Sequence[Path],
    format: str,  # noqa: A002
    json_wanted: bool,
    strict: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    watch: bool,
    select: Sequence[str],
    ignore: Sequence[str],
    stdin_filename: Path | None,
    cache: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Check sets of rules; 1 when there is an error, or a warning that is shown under ``--strict``.

    With ``--diff`` nothing is written and the answer is 1 when something would change.

    Raises:
        UsageError: options do not go together, a file has changed meanwhile, a path leads to no set, or a code to no warning.
    """
    if unsafe_fixes and not (fix or diff):
        raise UsageError("cli.validate.fixes-not-asked-for")
    if watch and (fix or diff):
        raise UsageError("cli.validate.watch-writes-nothing")
    if STDIN in paths and (fix or diff or watch):
        raise UsageError("cli.validate.stdin-only-checks")
    selection = _selection(select, ignore)
    unsaved = read_unsaved(paths, stdin_filename)
    checking = Checking(
        [path for path in paths if path != STDIN],
        config,
        rules,
        bool(select),
        unsaved,
        check_unless_known if cache else check_now,
    )
    shown = "json" if json_wanted else format

    def show(checked: Sequence[Checked]) -> int:
        results = [
            replace(each.report, diagnostics=selection.of(each.report.diagnostics)) for each in checked
        ]
        return _show(results, shown, strict=strict, no_color=no_color)

    if watch:
        _watch(checking, show, marks=shown in ("text", "concise"))
    if not (fix or diff):
        return show(checking.run())
    mending = None
    left: list[Checked] = []
    for checked in checking.run():
        mending = mend(checked.report, checked.context, selection, suggested=unsafe_fixes, earlier=mending)
        left.append(Checked(mending.result, checked.context))
    if mending is not None and diff:
        return _show_difference(mending)
    if mending is not None:
        _write_fixed(mending)
    return show(left)


def _watch(checking: Checking, show: Callable[[Sequence[Checked]], int], *, marks: bool) -> NoReturn:
    with importing():
        from prx_dingtalk_router.cli.watching import watch

    def check() -> list[Report]:
        checked = checking.run()
        show(checked)
        return [each.report for each in checked]

    watch(check, lambda: checking.beside, marks=marks)


def _show(results: Sequence[Report], shown: str, *, strict: bool, no_color: bool) -> int:
    """Write what was found, and return the exit code."""
    with perhaps_unread():
        match shown:
            case "concise":
                write_concise(results)
            case "json":
                write_json_document(results)
            case "sarif":
                write_sarif(results)
            case "github":
                write_github(results)
            case _:
                write_text(results, no_color=no_color)
    errors = sum(result.errors for result in results)
    warnings = sum(result.warnings for result in results)
    return int(errors > 0 or (strict and warnings > 0))


def _show_difference(mending: Mending) -> int:
    with perhaps_unread():
        sys.stdout.write(differences(mending))
    return int(bool(mending.after))


def _write_fixed(mending: Mending) -> None:
    if not is_as_read(mending):
        raise UsageError("cli.validate.changed-meanwhile")
    write(mending)
    note(text("cli.validate.fixed", count=mending.count, files=len(mending.after)))


def _selection(select: Sequence[str], ignore: Sequence[str]) -> Selection:
    """What the command line asks for; ``ignore`` of the configuration is left out where a set is checked."""
    ignored = warnings_of(ignore, "--ignore") if ignore else frozenset()
    return Selection(codes_of(select, "--select") if select else None, ignored)
