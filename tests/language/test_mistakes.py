"""Mistakes as people make them who never programmed: one diagnostic each, and what its fix gives is what was meant.

``mistakes/SUBJECT.txt`` holds them: a line ``=== what was done``, the rules, a line ``---`` with the codes that are expected,
and what all fixes, suggested ones too, make of the rules; nothing where there is no fix.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from prx_dingtalk_router.cli.fixing import mend
from prx_dingtalk_router.language import CheckContext, CheckResult, check_rules
from prx_dingtalk_router.language.diagnostics.selection import Selection

FOLDER = Path(__file__).parent / "mistakes"
END = "otherwise drop\n"
"""Behind every set: what is missing there is no part of the mistake."""
CONFIGURED = CheckContext(
    agents=frozenset({"helpdesk", "expenses", "tracker", "general", "vendor"}),
    allowed_users=("*",),
    today=date(2026, 3, 2),
)
BESIDE = {"unused-agent", "wordless-message"}
"""What small sets are warned of whatever they say."""


class Mistake(NamedTuple):
    """A set with a mistake, the codes of what is said of it, and what its fixes make of it."""

    title: str
    written: str
    codes: list[str]
    meant: str | None


def mistakes() -> list[Mistake]:
    """All of the folder."""
    found = []
    for file in sorted(FOLDER.glob("*.txt")):
        for part in file.read_text("utf-8").split("=== ")[1:]:
            title, _, text = part.partition("\n")
            written, _, after = text.partition("--- ")
            codes, _, meant = after.partition("\n")
            found.append(Mistake(f"{file.stem}: {title}", written, codes.split(), meant or None))
    return found


@pytest.mark.parametrize("mistake", mistakes(), ids=lambda mistake: mistake.title)
def test_a_mistake_is_one_diagnostic_and_its_fix_is_what_was_meant(mistake: Mistake, tmp_path: Path) -> None:
    """None is let pass, none is told twice, and a set that was mended is in order."""
    entry = (tmp_path / "main.rules").resolve()
    entry.touch()
    result = check_rules(entry, CONFIGURED, overlay={entry: mistake.written + END}, base=tmp_path)
    assert codes(result) == mistake.codes
    mending = mend(result, CONFIGURED, Selection(None, frozenset()), suggested=True)
    meant = mending.after[entry].removesuffix(END) if mending.after else None
    assert meant == mistake.meant
    if meant is not None:
        assert codes(mending.result) == []


def codes(result: CheckResult) -> list[str]:
    """The codes of what is said of a set, in order of place."""
    return [each.code for each in result.diagnostics if each.name not in BESIDE]
