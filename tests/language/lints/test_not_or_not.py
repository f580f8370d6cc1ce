"""Two denials of one field with ``or`` between them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]

END = ' then reply "x"\notherwise drop'


@pytest.mark.parametrize(
    "condition",
    [
        'text not contains "a" or text not contains "b"',
        'not text contains "a" or not text contains "b"',
        'group and (text not starts with "a" or text not starts with "b")',
    ],
)
def test_two_denials_that_either_will_do_are_warned_of(check: Check, condition: str) -> None:
    """``and`` is suggested."""
    (only,) = check(f"rule r when {condition}{END}").diagnostics
    fix = only.fix()
    assert (only.name, [edit.text for edit in fix.edits] if fix else []) == ("not-or-not", ["and"])


@pytest.mark.parametrize(
    "condition",
    [
        'text not contains "a" and text not contains "b"',
        'text not contains "a" or sender.name not contains "b"',
        'text not contains "a" or text contains "b"',
        'not (text contains "a" or text contains "b")',
    ],
)
def test_other_denials_are_let_pass(check: Check, condition: str) -> None:
    """No false alarm."""
    found = {each.name for each in check(f"rule r when {condition}{END}").diagnostics}
    assert "not-or-not" not in found
