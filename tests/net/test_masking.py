"""Known secrets are masked by value."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.net import mask_values


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("secret SEKRIT wrong", "secret *** wrong"),
        ("SEKRITSEKRIT", "******"),
        ("host sekrit.example", "host ***.example"),
        ("ticket a+b/c= and a%2Bb%2Fc%3D and a%2bb%2fc%3d", "ticket *** and *** and ***"),
        ("SEKRIT-longer", "***"),
        ('request {"secret":"q\\"ü"} and q\\"\\u00fc', 'request {"secret":"***"} and ***'),
        ("nothing of the kind", "nothing of the kind"),
        ("", ""),
    ],
)
def test_every_spelling_of_a_secret_is_masked(said: str, masked: str) -> None:
    """In any case, percent-encoded, escaped or neither, the longest secret first; the rest stays."""
    assert mask_values(said, ["SEKRIT", "SEKRIT-longer", " a+b/c=\n", "\ud800", 'q"ü']) == masked


@pytest.mark.parametrize("secrets", [[], [""], [" \n"]])
def test_no_secret_masks_nothing(secrets: list[str]) -> None:
    """An empty secret is not everywhere."""
    assert mask_values("a b", secrets) == "a b"


def test_a_secret_is_no_expression() -> None:
    """Characters that mean something to expressions stand for themselves."""
    assert mask_values("abc a.c (x", ["a.c", "(x"]) == "abc *** ***"
