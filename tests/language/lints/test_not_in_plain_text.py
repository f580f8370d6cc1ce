"""Regexes for what the plain form of a text never holds (language.md section 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics import SUGGESTED, Fix

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]

END = " then drop\notherwise drop"


@pytest.mark.parametrize(
    ("expression", "spelling"),
    [
        ("/报销，谢谢/", "/报销,谢谢/"),
        ("/多少？/", r"/多少\?/"),
        ("/ＶＰＮ/i", "/VPN/i"),
        ("/a\u200bb/", "/ab/"),
        ("/a  b/", "/a b/"),
        ("/[０-９]+/", "/[0-9]+/"),
        (r"/a\tb/", "/a b/"),
        (r"/a\x{3000}b/", "/a b/"),
        (r"/一\/二；三/", r"/一\/二;三/"),
        (r"/\QＡ\E/", r"/\QA\E/"),
        (r"/\Qa  b\E/", r"/\Qa b\E/"),
        ("/a {2}b/", "/a b/"),
        (r"/a\x20\x20b/", r"/a\x20b/"),
        (r"/\s{2}|中文/", r"/\s|中文/"),
    ],
)
def test_what_a_plain_text_never_holds_is_warned_about_with_the_spelling_that_works(
    check: Check, expression: str, spelling: str
) -> None:
    """Full-width and invisible characters, and two blanks in a row, are gone before an expression is searched."""
    (only,) = check(f"rule r when text matches {expression}{END}").diagnostics
    assert (only.name, only.severity) == ("not-in-plain-text", "warning")
    assert only.fix() == Fix.replacing(only.whole, spelling, SUGGESTED)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "expression", ["/。、/", "/a b/", "/a *b/", "/a  ?b/", r"/[ \t]+x/", r"/\s|中文/", "/é/"]
)
def test_what_a_plain_text_may_hold_is_not_warned_about(found: Found, expression: str) -> None:
    """No false alarm."""
    assert found(f"rule r when text matches {expression}{END}") == []


def test_expressions_on_ids_are_searched_as_written(found: Found) -> None:
    """Ids are not folded."""
    assert found("rule r when sender matches /ＡＢ  Ｃ|a/" + END) == []


def test_what_has_no_spelling_that_works_is_warned_of_without_a_fix(check: Check) -> None:
    """An invisible character alone in brackets stands for nothing."""
    (only,) = check(f"rule r when text matches /a[\u200b]/{END}").diagnostics
    assert (only.name, only.fix()) == ("not-in-plain-text", None)
    assert "U+200B" in only.message.render("en")
