"""Which sets of rules a command means: a file is always checked within the set that uses it (language.md section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prx_dingtalk_router.language import CheckContext, CheckResult, check_rules, entry_of
from prx_dingtalk_router.language.files import ENTRY_NAME

PARENTS_ASKED = 5


def check_sets(paths: Sequence[Path], context: CheckContext) -> list[CheckResult]:
    """Check the sets that paths belong to, each once.

    Args:
        paths: entry files, folders with an entry, or files that some set uses.
        context: what the configuration says.

    Raises:
        UsageError: a path does not exist.
    """
    checked: dict[Path, CheckResult] = {}
    for path in paths:
        entry = entry_of(path).resolve()
        if entry in checked or any(_uses(result, entry) for result in checked.values()):
            continue
        around, result = _set_around(entry, context)
        checked[around] = result
    return list(checked.values())


def _set_around(entry: Path, context: CheckContext) -> tuple[Path, CheckResult]:
    """The set whose entry this is, or that uses it: of a ``main.rules`` beside it or in a folder above."""
    if entry.name != ENTRY_NAME:
        for folder in list(entry.parents)[:PARENTS_ASKED]:
            candidate = folder / ENTRY_NAME
            if candidate.is_file():
                result = check_rules(candidate, context)
                if _uses(result, entry):
                    return candidate, result
    return entry, check_rules(entry, context)


def _uses(result: CheckResult, path: Path) -> bool:
    return any(source.path == path for source in result.files)
