"""``prx-router validate``: checks rules, and against the configuration when there is one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import note, perhaps_unread
from prx_dingtalk_router.cli.diagnostic_formats import (
    write_concise,
    write_github,
    write_json_document,
    write_sarif,
    write_text,
)
from prx_dingtalk_router.cli.fixing import Mending, difference, is_as_read, mend, write
from prx_dingtalk_router.cli.workspace import check_sets, find_workspace
from prx_dingtalk_router.errors import UsageError
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
    select: Sequence[str],
    ignore: Sequence[str],
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Check sets of rules; 1 when there is an error, or a warning that is shown under ``--strict``.

    With ``--diff`` nothing is written and the answer is 1 when something would change.

    Raises:
        UsageError: fixes are asked for that are not made, a file has changed meanwhile, a path leads to no set, or a code to no warning.
    """
    workspace = find_workspace(config, rules)
    selection = _selection(select, ignore)
    if unsafe_fixes and not (fix or diff):
        raise UsageError("cli.validate.fixes-not-asked-for")
    context = workspace.context()
    if selection.selected is not None:
        context = replace(context, ignored=frozenset())
    checked = check_sets(paths or [workspace.where()], context)
    if fix or diff:
        mending = None
        left = []
        for result in checked:
            mending = mend(result, context, selection, suggested=unsafe_fixes, earlier=mending)
            left.append(mending.result)
        if mending is not None and diff:
            return _show_difference(mending)
        if mending is not None:
            _write_fixed(mending)
        checked = left
    results = [replace(result, diagnostics=selection.of(result.diagnostics)) for result in checked]
    with perhaps_unread():
        match "json" if json_wanted else format:
            case "text":
                write_text(results, no_color=no_color)
            case "concise":
                write_concise(results)
            case "json":
                write_json_document(results)
            case "sarif":
                write_sarif(results)
            case "github":
                write_github(results)
    errors = sum(result.errors for result in results)
    warnings = sum(result.warnings for result in results)
    return int(errors > 0 or (strict and warnings > 0))


def _show_difference(mending: Mending) -> int:
    with perhaps_unread():
        sys.stdout.write(difference(mending))
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
