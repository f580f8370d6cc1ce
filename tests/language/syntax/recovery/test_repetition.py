"""How often a test sends its message again, as people write it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("再来3次", "again 3 times"),
        ("再发 3 次", "again 3 times"),
        ("重复３遍", "again 3 times"),
        ("again 3次", "again 3 times"),
        ("再来 3次", "again 3 times"),
        ("again 3times", "again 3 times"),
        ("3次", "again 3 times"),
        ("3 times", "again 3 times"),
        ("again 3", "again 3 times"),
        ("repeated 3 times", "again 3 times"),
        ("再来", "again"),
    ],
)
def test_what_people_write_is_mended(check: Check, written: str, instead: str) -> None:
    """Its fixes, made together, give what is meant; and nothing else is said of the test."""
    text = f'otherwise agent hr\ntest "t" given "x" {written} expect agent hr\n'
    for _ in range(3):
        errors = [each for each in check(text).diagnostics if each.is_error]
        if not errors:
            break
        fix = errors[0].fix()
        assert fix is not None, errors[0].message.render("en")
        for edit in sorted(fix.edits, key=lambda each: each.span.start, reverse=True):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert f'given "x" {instead} expect' in text


def test_a_rule_may_be_called_so(check: Check) -> None:
    """Behind ``by``, ``shadow`` and ``agent`` such a word is a name."""
    rules = "rule 再来3次 when group then agent 重复3次\notherwise drop\n"
    case = 'test "t" given "x" in group expect agent 重复3次 by 再来3次\n'
    assert check(rules + case).errors == 0
