"""Which captures a condition gives, and which of them for certain (language.md section 5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import RuleSet
from prx_dingtalk_router.language.semantics.groups import ConditionGroups, Groups


@pytest.mark.parametrize(
    ("condition", "possible", "certain"),
    [
        ("group", "", ""),
        ("text matches /(?P<n>a)/", "n", "n"),
        ("text matches /(?P<n>a)|b/", "n", ""),
        ("text matches [/(?P<n>a)/, /(?P<n>b)(?P<m>c)/]", "mn", "n"),
        ("not text matches /(?P<n>a)/", "", ""),
        ("text matches /(?P<n>a)/ and text matches /(?P<m>b)/", "mn", "mn"),
        ("text matches /(?P<n>a)/ or text matches /(?P<n>b)(?P<m>c)/", "mn", "n"),
        ("text matches /(?P<n>a)/ or group", "n", ""),
        ("(said or group) and said", "n", "n"),
    ],
)
def test_groups_are_told_from_the_condition(
    rules: Callable[..., RuleSet], condition: str, possible: str, certain: str
) -> None:
    """``and`` sets what each part sets, ``or`` what all parts set, ``not`` nothing."""
    checked = rules(
        f"condition said = text matches /(?P<n>x)/\nrule r when {condition} then drop\notherwise drop"
    )
    found = ConditionGroups().of(checked.rules[0].condition)
    assert found == Groups(frozenset(possible), frozenset(certain))
