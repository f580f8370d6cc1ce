"""What a fix does, in words."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.language.diagnostics import SAFE, SUGGESTED, Edit, Fix
from prx_dingtalk_router.language.source import Span


@pytest.mark.parametrize(
    ("span", "new", "said"),
    [
        (Span(2, 5), "abc", "replace by `abc`"),
        (Span(2, 2), "in ", "put in `in`"),
        (Span(2, 5), "", "delete it"),
        (Span(2, 5), " ", "replace by ` `"),
    ],
)
def test_a_fix_is_told_by_its_first_edit(span: Span, new: str, said: str) -> None:
    """Replacing, putting in, deleting."""
    assert Fix.replacing(span, new, SAFE).text.render("en") == said


def test_several_edits_are_one_fix() -> None:
    """All of them or none; how sure they are is said once."""
    fix = Fix((Edit(Span(1, 1), ","), Edit(Span(4, 4), ",")), SUGGESTED)
    assert fix.text.render("en") == "put in `,`"
    assert fix.applicability == "suggested"
