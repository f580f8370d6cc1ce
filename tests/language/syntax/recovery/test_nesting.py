"""How deep conditions may be: parentheses and ``not`` count alike, and only while they are open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]


def errors(found: Found, condition: str) -> list[str]:
    """The names of the errors of a rule with this condition."""
    return [name for name, _ in found(f"rule r when {condition} then drop\notherwise drop", severity="error")]


@pytest.mark.parametrize(
    ("opened", "closed", "levels"), [("(", ")", 1), ("not ", "", 1), ("not (", ")", 2), ("(not not ", ")", 3)]
)
def test_forty_levels_may_be_written(found: Found, opened: str, closed: str, levels: int) -> None:
    """Not one more, whatever they are made of."""
    most, rest = divmod(40, levels)
    within = "not " * rest + "group"
    deepest = opened * most + within + closed * most
    assert errors(found, deepest) == []
    assert errors(found, f"{deepest} and (admin) and not group") == []
    assert errors(found, opened * most + "not " + within + closed * most) == ["too-deep"]


@pytest.mark.parametrize(
    "part", ["(group)", "not (not admin)", "not group", "(not (group) or not not admin)"]
)
def test_what_is_closed_counts_no_more(found: Found, part: str) -> None:
    """A hundred conditions beside each other are not deep."""
    assert errors(found, " and ".join([part] * 100)) == []
