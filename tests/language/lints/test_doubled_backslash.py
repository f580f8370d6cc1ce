"""Backslashes that are written twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics import SUGGESTED, Fix

Check = Callable[..., CheckResult]

END = " then drop\notherwise drop"


@pytest.mark.parametrize(
    ("expression", "place", "spelling"),
    [(r"/\\u4e00/", r"\\u4e00", "/一/"), (r"/^[\\u4e00-\\u9fa5]+$/", r"\\u4e00", r"/^[\p{Han}]+$/")],
)
def test_a_doubled_backslash_is_warned_of(check: Check, expression: str, place: str, spelling: str) -> None:
    """Pasted out of Java or JSON, it would look for a backslash."""
    (only,) = check(f"rule r when text matches {expression}{END}").diagnostics
    assert (only.name, only.severity, only.span.text) == ("doubled-backslash", "warning", place)
    assert only.fix() == Fix.replacing(only.whole, spelling, SUGGESTED)  # type: ignore[attr-defined]
