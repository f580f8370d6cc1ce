"""Conditions in which ``and`` and ``or`` bind unlike they read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]

A, B = 'text contains "a"', 'text contains "b"'
END = " then drop\notherwise drop"


@pytest.mark.parametrize(
    ("condition", "together", "inserted"),
    [
        (f"group and {A} or {B}", f"group and {A}", (10, 48)),
        (f"{A} or {B} and group", f"{B} and group", (0, 38)),
        (f"({A}) and {B} or text matches /c/", f"({A}) and {B}", None),
        (f"admin and (group and {A} or {B})", f"group and {A}", None),
    ],
)
def test_two_tests_of_one_field_that_an_and_parts_are_warned_of(
    check: Check, condition: str, together: str, inserted: tuple[int, int] | None
) -> None:
    """Parentheses around the two are suggested."""
    found = [
        each for each in check(f"rule r when {condition}{END}").diagnostics if each.name == "mixed-and-or"
    ]
    (only,) = found
    assert (only.severity, only.span.text) == ("warning", together)
    fix = only.fix()
    assert fix is not None
    assert [edit.text for edit in fix.edits] == ["(", ")"]
    if inserted is not None:
        assert tuple(edit.span.start - len("rule r when ") for edit in fix.edits) == inserted


@pytest.mark.parametrize(
    "condition",
    [
        f"group and ({A} or {B})",
        f"(group and {A}) or {B}",
        f"(group and {A} ) or {B}",
        f"{B} or ( {A} and group)",
        f"(group and {A}) or admin",
        f"group and {A} or private and {B}",
        f"c and admin or {B} and group",
        f"{A} or {B}",
        f"not (({A} and group) or {B})",
    ],
)
def test_parentheses_and_tests_of_other_things_are_let_pass(found: Found, condition: str) -> None:
    """No false alarm."""
    text = f"condition c = group and {A}\nrule c when c then drop\nrule r when {condition}{END}"
    assert "mixed-and-or" not in {name for name, _ in found(text)}


@pytest.mark.parametrize(
    ("condition", "together"),
    [
        (f"group and {A} or admin", f"group and {A}"),
        ("admin or group and mentioned", "group and mentioned"),
        (f"group and {A} or admin or private and {B}", f"group and {A}"),
    ],
)
def test_an_and_beside_a_single_test_is_a_hint(check: Check, condition: str, together: str) -> None:
    """Once for each ``or``, and without a guess at what was meant."""
    found = check(f"rule r when {condition}{END}").diagnostics
    assert [(each.name, each.span.text, each.fix()) for each in found] == [("mixed-and-or", together, None)]


def test_a_named_condition_is_reported_once_where_it_is_written(found: Found) -> None:
    """However many rules use it."""
    text = f"condition c = group and {A} or {B}\nrule a when c and admin then drop\nrule b when c{END}"
    assert [each for each in found(text) if each[0] == "mixed-and-or"] == [("mixed-and-or", f"group and {A}")]
