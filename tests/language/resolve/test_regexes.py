"""Regexes of rules: read once, or refused with what to write instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics import SAFE, SUGGESTED, Fix

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]

END = " then drop\notherwise drop"


@pytest.mark.parametrize(
    ("expression", "place"),
    [
        (r"/a(?=b)/", "(?="),
        (r"/(a)\1/", r"\1"),
        (r"/a\C/", r"\C"),
        (r"/(?P<a>x)(?P<a>y)/", "a"),
        (r"/(?P<a-b>x)/", "a-b"),
        (r"/a)/", ")"),
        (r"/x\/(/", "("),
        (r"/*a/", "*"),
    ],
)
def test_a_refused_expression_is_shown_at_its_piece(found: Found, expression: str, place: str) -> None:
    """The range is that of the piece which RE2 refuses, slashes counted as written."""
    assert found(f"rule r when text matches {expression}{END}") == [("refused-expression", place)]


def test_a_pattern_that_nothing_uses_is_compiled_all_the_same(found: Found) -> None:
    """Declared expressions are checked, used or not."""
    assert found("pattern p = /(/\notherwise drop", severity="error") == [("refused-expression", "(")]


def test_both_spellings_of_named_groups_are_known(found: Found) -> None:
    """``(?P<name>…)`` and ``(?<name>…)``."""
    for group in ("(?P<n>a)", "(?<n>a)"):
        assert (
            found(f'rule r when text matches /{group}/ then reply "{{{{ match.n }}}}"\notherwise drop') == []
        )


@pytest.mark.parametrize(
    ("expression", "place", "spelling"),
    [
        (r"/[\u4e00-\u9fa5]{2,4}/", r"\u4e00-\u9fa5", r"/[\p{Han}]{2,4}/"),
        (r"/一\/\u4e8c/", r"\u4e8c", r"/一\/二/"),
        (r"/(?#注)报销/", "(?#注)", "/报销/"),
        (r"/报销\Z/", r"\Z", r"/报销\z/"),
    ],
)
def test_other_dialects_are_one_error_with_the_spelling_that_works(
    check: Check, expression: str, place: str, spelling: str
) -> None:
    """What every tutorial writes is told as what it is here, and the fix is a regex without any warning."""
    (only,) = check(f"rule r when text matches {expression}{END}").diagnostics
    assert (only.name, only.span.text) == ("refused-expression", place)
    assert only.fix() == Fix.replacing(only.whole, spelling, SAFE)  # type: ignore[attr-defined]
    assert check(f"rule r when text matches {spelling}{END}").diagnostics == ()


@pytest.mark.parametrize(
    "expression", ["/a++/", "/(?>a)b/", r"/\p{IsHan}/", "/a(?=b)/", r"/(a)\1/", "/*a/", "/[a/"]
)
def test_what_has_no_spelling_of_the_same_meaning_has_no_sure_fix(check: Check, expression: str) -> None:
    """There is advice, and its writer decides."""
    (only,) = check(f"rule r when text matches {expression}{END}").diagnostics
    fix = only.fix()
    assert fix is None or fix.applicability is SUGGESTED
    assert only.help.render("en")


def test_thousands_of_large_counts_are_checked_without_compiling_any(check: Check) -> None:
    """Checking keeps no compiled regex: its memory does not grow with their counts."""
    import re2

    re2.purge()
    result = check("".join(f"pattern p{at} = /.{{0,{at + 700}}}x/\n" for at in range(300)) + "otherwise drop")
    assert not [each for each in result.diagnostics if each.is_error]
    assert re2._Regexp._make.cache_info().currsize == 0


def test_expressions_of_a_set_that_are_too_many_together_are_refused_once(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each takes time to take apart, so what all of them may take is bounded; those before it are still looked at."""
    monkeypatch.setattr("prx_dingtalk_router.language.resolve.regexes.MAX_CHARACTERS", 10)
    rules = ("/abcd/", "/(/", "/abcde/", "/x/", "/(/")
    text = "".join(f"rule r{at} when text matches {each} then drop\n" for at, each in enumerate(rules))
    result = check(f"{text}otherwise drop")
    assert [(each.name, each.span.text) for each in result.diagnostics if each.is_error] == [
        ("refused-expression", "("),
        ("too-many-expressions", "/x/"),
    ]


def test_a_pattern_that_is_used_often_counts_once(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is what is written."""
    monkeypatch.setattr("prx_dingtalk_router.language.resolve.regexes.MAX_CHARACTERS", 5)
    rules = "".join(f'rule r{at} when text matches p and sender is "{at}" then drop\n' for at in range(9))
    assert check(f"pattern p = /abcde/\n{rules}otherwise drop").errors == 0
