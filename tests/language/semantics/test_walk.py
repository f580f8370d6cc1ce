"""Ways through conditions: order, negations, and names that stand for much."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prx_dingtalk_router.language import RuleSet
from prx_dingtalk_router.language.ruleset import Matches
from prx_dingtalk_router.language.semantics.walk import children, positive_matches, walk
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.message import Message

Rules = Callable[..., RuleSet]

WHOLE = (
    "condition c = group or admin\n"
    "rule r when private and not (text matches /a/ or c) and (text matches /b/ or c) then drop\notherwise drop"
)


DEEP = "\n".join(
    ["condition c0 = private or text matches /(?P<n>x)/"]
    + [f"condition c{n} = c{n - 1} and c{n - 1}" for n in range(1, 60)]
    + ['rule r when c59 then reply "{{ match.n }}"', "otherwise drop"]
)
"""Each condition uses the one before it twice: 2⁵⁹ tests, if each use were looked at."""


def condition(rules: RuleSet) -> Any:
    """The condition of the only rule."""
    return rules.rules[0].condition


def asked(test: Any) -> str:
    """What a single test asks for: a flag, or what is found."""
    return test.regexes[0].source if isinstance(test, Matches) else test.field.name


def test_parts_come_in_written_order(rules: Rules) -> None:
    """Parents before their parts; what a name stands for at its first use only."""
    whole = condition(rules(WHOLE))
    tests = [asked(each) for each in walk(whole) if not children(each)]
    assert tests == ["private", "a", "group", "admin", "b"]
    kinds = "And FlagIsSet Not Or Matches Named Or FlagIsSet FlagIsSet Or Matches Named"
    assert [type(each).__name__ for each in walk(whole)] == kinds.split()


def test_negations_can_be_left_out(rules: Rules) -> None:
    """Captures come from outside of them."""
    assert [asked(each) for each in positive_matches(condition(rules(WHOLE)))] == ["b"]


def test_names_within_names_are_looked_at_once(
    rules: Rules, router: Callable[..., Router], message: Callable[..., Message]
) -> None:
    """Checking, deciding and capturing take no longer for a name that is used a thousand times."""
    checked = condition(rules(DEEP))
    assert sum(1 for _ in walk(checked)) == 60 * 2 + 59 + 2
    decided = router(DEEP).decide(message("x"))
    assert (decided.by, dict(decided.match)) == ("r", {"n": "x"})
