"""Rules that nothing in a message names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics.asked_every_time import AskedEveryTime
from prx_dingtalk_router.language.lints.asked_every_time import UNNOTICED

Check = Callable[..., CheckResult]


def warned(result: CheckResult) -> list[AskedEveryTime]:
    """The warnings of a set."""
    return [each for each in result.diagnostics if isinstance(each, AskedEveryTime)]


@pytest.mark.parametrize(
    "condition",
    [
        'not text contains "x{n}"',
        'private and 1.5% of senders and not sender is "v{n}"',
        'text contains "x{n}" or admin',
        "c{n}",
    ],
)
def test_many_rules_without_a_clue_are_named_once(check: Check, condition: str) -> None:
    """How many there are, and the first five by name; of a set with as many as nobody notices, nothing is said."""
    hours = "".join(
        f"condition c{n} = not during mon 09:00-{10 + n % 10}:{n % 60:02}\n" for n in range(UNNOTICED + 1)
    )
    lines = [
        f'rule r{n} when {condition.format(n=n)} then reply "a" then next\n' for n in range(UNNOTICED + 1)
    ]
    indexed = "".join(f'rule i{n} when text contains "i{n}" then drop\n' for n in range(20))
    (found,) = warned(check(hours + indexed + "".join(lines) + "otherwise drop"))
    assert (found.count, found.rules) == (UNNOTICED + 1, ("r0", "r1", "r2", "r3", "r4"))
    assert [related.span.text for related in found.related] == ["r1", "r2", "r3", "r4"]
    assert warned(check(hours + indexed + "".join(lines[1:]) + "otherwise drop")) == []


@pytest.mark.parametrize(
    "condition",
    [
        "text matches /\\d{{{n}}}/",
        'sender is "u{n}"',
        'admin and text contains "x{n}"',
        'not not quoted is "q{n}"',
    ],
)
def test_rules_with_a_clue_are_not(check: Check, condition: str) -> None:
    """Whatever the clue."""
    lines = [f"rule r{n} when {condition.format(n=n)} then drop\n" for n in range(2, UNNOTICED + 9)]
    assert warned(check("".join(lines) + "otherwise drop")) == []
