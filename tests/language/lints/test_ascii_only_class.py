"""Classes that know ASCII only beside other letters (language.md section 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]

END = " then drop\notherwise drop"


@pytest.mark.parametrize(
    ("expression", "place"),
    [(r"/\b报销\b/", r"\b"), (r"/\b(报销|发票)/", r"\b"), (r"/部门\w+/", r"\w"), (r"/工号\B/", r"\B")],
)
def test_ascii_only_classes_beside_other_letters_are_warned_about(
    found: Found, expression: str, place: str
) -> None:
    r"""RE2's ``\b`` and ``\w`` know ASCII only."""
    assert found(f"rule r when text matches {expression}{END}") == [("ascii-only-class", place)]


@pytest.mark.parametrize(
    "expression", [r"/\b\d{17}[\dX]\b/i", r"/\bvpn\b.*重置/", r"/\w+@\w+/", r"/\p{Han}\d+/"]
)
def test_ascii_only_classes_among_ascii_are_right(found: Found, expression: str) -> None:
    """No false alarm."""
    assert found(f"rule r when text matches {expression}{END}") == []
