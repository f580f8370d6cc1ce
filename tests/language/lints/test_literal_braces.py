"""Braces that look like a repetition."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics import SUGGESTED, Fix

Check = Callable[..., CheckResult]

END = " then drop\notherwise drop"


def test_braces_that_are_no_count_are_warned_of(check: Check) -> None:
    """Whoever writes ``{,5}`` means at most five, and would look for the braces."""
    (only,) = check(f"rule r when text matches /^.{{,5}}\\/$/i{END}").diagnostics
    assert (only.name, only.span.text) == ("literal-braces", "{,5}")
    assert only.fix() == Fix.replacing(only.whole, r"/^.{0,5}\/$/i", SUGGESTED)  # type: ignore[attr-defined]
