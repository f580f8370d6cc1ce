r"""Four digits after ``\x`` of a regex."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics import SUGGESTED, Fix

Check = Callable[..., CheckResult]


def test_a_code_point_of_which_two_digits_are_read_is_warned_of(check: Check) -> None:
    """At the escape, with the whole regex as it is meant, in patterns too."""
    (only,) = check(
        "pattern p = /\\/[\\x4e00-\\x9fa5]/i\nrule r when text matches p then drop\notherwise drop"
    ).diagnostics
    assert (only.name, only.severity, only.span.text) == ("split-code-point", "warning", r"\x4e00")
    assert only.fix() == Fix.replacing(only.whole, r"/\/[\p{Han}]/i", SUGGESTED)  # type: ignore[attr-defined]
