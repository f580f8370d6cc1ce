"""Tests whose outcome depends on the time though they name none (language.md section 9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

RULES = """hours office = mon-fri 09:00-18:00
condition closed = not during office
rule vpn when text contains "vpn" then agent helpdesk
rule night when private and closed then reply "closed"
otherwise agent general else drop
"""


@pytest.mark.parametrize(
    ("case", "warned"),
    [
        ('given "hello" expect agent general', True),
        ('given "hello" at "2026-01-07 11:00" expect agent general', False),
        ('given "vpn" expect agent helpdesk', False),
        ('given "hello" in group expect agent general', False),
    ],
)
def test_a_case_is_warned_of_where_the_time_decides(
    check: Callable[[str], CheckResult], case: str, warned: bool
) -> None:
    """Not where an earlier rule takes the message, or the rest of the condition decides."""
    found = check(f'{RULES}test "t" {case}\n').diagnostics
    assert [(each.name, each.severity, each.span.text) for each in found] == (
        [("test-without-time", "warning", case)] if warned else []
    )


def test_a_set_with_errors_is_left_as_it_is(check: Callable[[str], CheckResult]) -> None:
    """Nothing can be decided by it."""
    found = check(
        f'{RULES}rule x when nothing then drop\ntest "t" given "hello" expect agent general'
    ).diagnostics
    assert [each.name for each in found] == ["undeclared-name"]


def test_a_set_without_hours_has_nothing_to_warn_of(check: Callable[[str], CheckResult]) -> None:
    """No rule asks for the time."""
    assert (
        check('otherwise agent general else drop\ntest "t" given "hello" expect agent general').diagnostics
        == ()
    )


def test_cases_that_one_rule_decides_are_one_warning(check: Callable[[str], CheckResult]) -> None:
    """It names the rule, and the other cases are places beside it."""
    cases = "".join(f'test "{n}" given "hello {n}" expect agent general\n' for n in range(3))
    (only,) = check(RULES + cases).diagnostics
    assert "`night`" in only.message.render("en")
    assert [place.span.begin.line for place in only.related] == [7, 8]
