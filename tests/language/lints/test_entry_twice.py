"""Entries that stand in a list twice (language.md section 11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]

Found = Callable[..., list[tuple[str, str]]]


END = " then drop\notherwise drop"


def test_nothing_is_not_told_to_stand_in_a_list_twice(found: Found) -> None:
    """That it can match nothing is all that is wrong with it."""
    text = 'rule r when text in ["", "\u3000", ""]' + END
    assert {name for name, _ in found(text)} == {"literal-of-nothing"}


def test_an_entry_twice_is_a_warning_with_the_first_place(check: Check) -> None:
    """Both places are shown."""
    (only,) = check('list a = ["x", "y", "x"]\nrule r when sender in a' + END).diagnostics
    assert (only.name, only.span.begin.column) == ("entry-twice", 21)
    assert only.related[0].span.begin.column == 11


@pytest.mark.parametrize(("field", "codes"), [("text", [("entry-twice", '"ＶＰＮ"')]), ("sender", [])])
def test_entries_that_are_one_when_compared_are_warned_about(
    check: Check, field: str, codes: list[tuple[str, str]]
) -> None:
    """Full and half width are one for a text, in a list of its own too; for an id they are two."""
    for text in (
        f'list a = ["vpn", "ＶＰＮ"] rule r when {field} in a',
        f'rule r when {field} in ["vpn", "ＶＰＮ"]',
    ):
        result = check(text + END)
        twice = [each for each in result.diagnostics if each.name == "entry-twice"]
        assert [(each.name, each.span.text) for each in twice] == codes
        assert all("`vpn`" in each.message.render("zh") for each in twice)


def test_an_entry_with_a_mistake_is_reported_for_that_alone(found: Found) -> None:
    """What stands for a string that was not understood is nothing to compare."""
    assert found(r'rule r when text contains ["a\q", "a\q", "a"]' + END) == [("unknown-escape", "\\q")] * 2
