"""Patterns of other languages in plain strings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]

END = " then drop\notherwise drop"


@pytest.mark.parametrize(
    ("condition", "instead"),
    [
        ('text contains "vpn.*重置"', "matches /vpn.*重置/i"),
        ('text contains "https://.*"', r"matches /https:\/\/.*/i"),
        ('text is "*报销*"', 'contains "报销"'),
        ('file.name in ["*.exe", "a.txt"]', 'ends with ".exe"'),
        ('text starts with "报销*"', 'starts with "报销"'),
        ('text contains "报销|发票"', 'contains ["报销", "发票"]'),
        ('text is "报销|发票"', 'in ["报销", "发票"]'),
    ],
)
def test_a_pattern_in_quotes_is_warned_of_with_the_test_that_was_meant(
    check: Check, condition: str, instead: str
) -> None:
    """What is advised can be written as it is."""
    (only,) = check(f"rule r when {condition}{END}").diagnostics
    assert (only.name, only.severity, only.message.params["found"] in condition) == (
        "foreign-pattern",
        "warning",
        True,
    )
    assert only.help.params["instead"] == instead
    assert check(f"rule r when text {instead}{END}").diagnostics == ()


def test_a_list_is_reported_once(found: Found) -> None:
    """However many rules use it."""
    text = (
        'list l = ["*报销*", "b"]\nrule a when text in l and group then drop\nrule b when text contains l'
        + END
    )
    assert found(text) == [("foreign-pattern", '"*报销*"')]


def test_ids_are_let_pass(found: Found) -> None:
    """What is wrong with those is reported in other words."""
    assert "foreign-pattern" not in {name for name, _ in found(f'rule r when sender is "*u1*"{END}')}
