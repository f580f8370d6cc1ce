"""Captures that the condition may not set (language.md section 5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("condition", "warned"),
    [
        ("text matches /(?P<n>a)/", False),
        ("text matches /(?P<n>a)/ and group", False),
        ("text matches /(?P<n>a)/ or group", True),
        ("text matches [/(?P<n>a)/, /b/]", True),
        ("text matches [/(?P<n>a)/, /(?P<n>b)/]", False),
        ("c", False),
        ("c or text matches /(?P<n>b)/", False),
        ("group and (c or admin)", True),
        ("text matches /(?P<n>a)?b/", True),
        ("text matches /(?P<n>a)|b/", True),
        ("text matches /(?P<n>a?)+b|c/", True),
        ("text matches /(?P<n>a?)+(b|c)?/", False),
    ],
)
def test_a_group_that_the_condition_may_not_set_is_warned_about(
    found: Found, condition: str, warned: bool
) -> None:
    """Some way of fulfilling it leaves the capture empty."""
    text = (
        "condition c = text matches /(?P<n>c)/\n"
        f'rule r when {condition} then reply "x{{{{ match.n }}}}"\nrule u when c then drop\notherwise drop'
    )
    found_names = [name for name, _ in found(text) if name == "group-may-be-unset"]
    assert found_names == ["group-may-be-unset"] * warned


@pytest.mark.parametrize(
    "template", ["{{ match.n | default('none') }}", "x{% if match.n %}{{ match.n }}{% endif %}"]
)
def test_the_advice_for_a_group_that_may_be_unset_ends_the_warning(found: Found, template: str) -> None:
    """A template that says what is shown instead is not warned about."""
    text = f'rule r when text matches /(?P<n>a)?b/ then reply "{template}"\notherwise drop'
    assert found(text) == []


def test_a_group_inside_a_negation_is_none(found: Found) -> None:
    """Captures come from outside negations."""
    text = 'rule r when not text matches /(?P<n>a)/ then reply "{{ match.n }}"\notherwise drop'
    assert [name for name, _ in found(text)] == ["no-such-group"]


def test_otherwise_and_denied_have_no_groups(found: Found) -> None:
    """No condition, no captures."""
    for kind in ("otherwise", "denied"):
        assert [name for name, _ in found(f'{kind} reply "{{{{ match.n }}}}"')] == ["no-such-group"]
