"""Regexes that are found in every text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]

END = " then drop\notherwise drop"


@pytest.mark.parametrize("expression", ["/a*/", "/.*/", "/(x|)/", "/^/"])
def test_an_expression_that_matches_everything_is_warned_about(found: Found, expression: str) -> None:
    """Whoever wants that writes ``always``."""
    assert ("matches-everything", expression) in found(f"rule r when text matches {expression}{END}")
