"""Names that can hardly be told apart (language.md section 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]

END = "\notherwise drop"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("staff", "Staff"),
        ("staff", "ｓｔａｆｆ"),
        ("staff", "stаff"),
        ("ticket", "tісket"),
        ("客服A", "客服a"),
    ],
)
def test_names_that_look_alike_are_warned_about(found: Found, one: str, other: str) -> None:
    """Names that differ only by case, width or script."""
    text = f'list {one} = ["a"]\nlist {other} = ["b"]\nrule r when text in [{one}, {other}] then drop{END}'
    assert found(text) == [("look-alike-names", other)]
