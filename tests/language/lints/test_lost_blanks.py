"""Blanks at the ends of literals (language.md section 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]

Found = Callable[..., list[tuple[str, str]]]


END = " then drop\notherwise drop"


def test_blanks_lost_at_the_ends_are_warned_about_with_a_fix(check: Check) -> None:
    """`" hr "` finds `hr` in the middle of a word."""
    (only,) = check('rule r when text contains " hr "' + END).diagnostics
    assert (only.name, only.severity) == ("lost-blanks", "warning")
    fix = only.fix()
    assert fix is not None
    assert fix.edits[0].text == '"hr"'


@pytest.mark.parametrize("field", ["sender", "type"])
def test_blanks_of_ids_are_kept(found: Found, field: str) -> None:
    """Ids are compared exactly."""
    assert "lost-blanks" not in {name for name, _ in found(f'rule r when {field} is " x "{END}')}
