"""Names that nothing uses (language.md section 3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]

END = "\notherwise drop"


@pytest.mark.parametrize(
    "declaration",
    ['list x = ["a"]', "pattern x = /a/", "hours x = daily", "condition x = group", 'template x = "t"'],
)
def test_a_name_that_nothing_uses_is_a_warning(found: Found, declaration: str) -> None:
    """It is no error; the same name declared as something else does not count as use."""
    assert found(f"{declaration}{END}") == [("unused-name", "x")]
    assert found(f"{declaration}{END}", severity="error") == []


def test_use_in_a_test_or_another_declaration_counts(found: Found) -> None:
    """A list in a list, a condition in a condition are uses."""
    assert (
        found(
            'list a = ["x"] list b = [a] condition c = sender in b condition d = not c rule r when d then drop otherwise drop'
        )
        == []
    )


def test_what_could_not_be_parsed_may_use_a_name(found: Found) -> None:
    """One syntax error does not make its names unused, nor its own name undeclared."""
    text = (
        'list a = ["x"]\ncondition broken = text in a and and\nrule r when broken then drop\notherwise drop'
    )
    assert found(text) == [("unexpected", "and")]


def test_a_file_that_could_not_be_read_may_use_any_name(found: Found) -> None:
    """Nothing is called unused while a part of the set is missing."""
    assert found(f'use "gone.rules"\nlist a = ["x"]{END}') == [("unreadable-file", '"gone.rules"')]
