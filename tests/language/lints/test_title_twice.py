"""Tests with the same title (language.md section 9)."""

from __future__ import annotations

from collections.abc import Callable

Found = Callable[..., list[tuple[str, str]]]


SET = 'rule r when group then agent helpdesk\nrule s shadow when admin then drop\notherwise reply "x"\n'


def test_titles_that_stand_twice_are_warned_about(found: Found) -> None:
    """A report could not tell the tests apart."""
    tests = "".join(f'test "{title}" given "{n}" expect reply\n' for n, title in enumerate("aba"))
    assert found(f"{SET}{tests}") == [("title-twice", '"a"')]
