"""Makes the fixes of diagnostics: in memory, round after round, and then in the files, each replaced as a whole."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from prx_dingtalk_router.cli.differences import difference
from prx_dingtalk_router.cli.replacing import replace_text
from prx_dingtalk_router.language import (
    Applicability,
    CheckContext,
    Diagnostic,
    Fix,
    Report,
    Source,
    check_rules,
    located,
)
from prx_dingtalk_router.language.diagnostics.selection import Selection

ROUNDS = 20
"""So often a set is checked again for what the fixes before brought to light."""


@dataclass(slots=True)
class Mending:
    """What fixes make of a set.

    Args:
        result: of checking it afterwards.
        before: the files that change, as they were read.
        after: their new texts.
        count: how many fixes were made.
    """

    result: Report
    before: dict[Path, Source] = field(default_factory=dict)
    after: dict[Path, str] = field(default_factory=dict)
    count: int = 0


def mend(
    result: Report,
    context: CheckContext,
    selection: Selection,
    *,
    suggested: bool,
    earlier: Mending | None = None,
) -> Mending:
    """Return what the fixes of a set make of it; no file is written.

    Args:
        result: of checking the set as it is.
        context: what it is checked against.
        selection: only what is shown is mended.
        suggested: whether fixes that may change what the rules mean are made, too.
        earlier: what is made of other sets, which may share files with this one: it is gone on from there.
    """
    entry = result.files[0].path
    mending = Mending(result)
    if earlier is not None and earlier.after:
        checked = check_rules(entry, context, overlay=earlier.after)
        mending = Mending(checked, earlier.before, earlier.after, earlier.count)
    for _ in range(ROUNDS):
        fixes = _fitting(selection.of(mending.result.diagnostics), suggested=suggested)
        if not fixes:
            break
        before = dict(mending.before)
        after = {**mending.after, **applied(fixes, before)}
        checked = check_rules(entry, context, overlay=after)
        if checked.errors > mending.result.errors and not suggested:
            break
        mending = Mending(checked, before, after, mending.count + len(fixes))
    return mending


def write(mending: Mending) -> None:
    """Write what changed: a file is either as before or whole, and keeps its mode and byte order mark.

    Raises:
        OSError: a file cannot be written.
    """
    for path, text in mending.after.items():
        replace_text(path, text)


def differences(mending: Mending) -> str:
    """Return what would change, file by file."""
    return "".join(
        difference(source.text, mending.after[path], source.name) for path, source in mending.before.items()
    )


def _fitting(diagnostics: Iterable[Diagnostic], *, suggested: bool) -> list[Fix]:
    """The fixes that can be made together: of two that touch, the first."""
    chosen: list[Fix] = []
    taken: list[tuple[Path, int, int]] = []
    for diagnostic in diagnostics:
        fix = diagnostic.fix()
        if fix is None or not (suggested or fix.applicability is Applicability.SAFE):
            continue
        places = [located(edit.span) for edit in fix.edits]
        wanted = [(place.source.path, place.start, place.end) for place in places]
        touches = any(
            path == other and start <= end_of_other and start_of_other <= end
            for path, start, end in wanted
            for other, start_of_other, end_of_other in taken
        )
        if not touches:
            chosen.append(fix)
            taken += wanted
    return chosen


def applied(fixes: Iterable[Fix], before: dict[Path, Source]) -> Mapping[Path, str]:
    """The new texts of the files that fixes change; what they were at first is entered in ``before``."""
    edits = [(located(edit.span), edit.text) for fix in fixes for edit in fix.edits]
    texts: dict[Path, str] = {}
    for place, new in sorted(edits, key=lambda each: each[0].start, reverse=True):
        path = place.source.path.resolve()
        before.setdefault(path, place.source)
        text = texts.setdefault(path, place.source.text)
        if "\r\n" in text:
            new = new.replace("\r\n", "\n").replace("\n", "\r\n")
        texts[path] = text[: place.start] + new + text[place.end :]
    return texts


def is_as_read(mending: Mending) -> bool:
    """Tell whether every file that changes still holds, as UTF-8, what was checked."""
    return all(
        path.read_bytes().removeprefix(codecs.BOM_UTF8) == source.text.encode("utf-8", "replace")
        for path, source in mending.before.items()
    )
