"""Regexes of rules: refused with what to write instead, and warned of where they find nothing."""

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


@pytest.mark.parametrize("expression", ["/a*/", "/.*/", "/(x|)/", "/^/"])
def test_an_expression_that_matches_everything_is_warned_about(found: Found, expression: str) -> None:
    """Whoever wants that writes ``always``."""
    assert ("matches-everything", expression) in found(f"rule r when text matches {expression}{END}")


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
    assert found("rule r when sender matches /ＡＢ  Ｃ/" + END) == []


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


@pytest.mark.parametrize(
    ("expression", "place", "spelling"),
    [(r"/\\u4e00/", r"\\u4e00", "/一/"), (r"/^[\\u4e00-\\u9fa5]+$/", r"\\u4e00", r"/^[\p{Han}]+$/")],
)
def test_a_doubled_backslash_is_warned_of(check: Check, expression: str, place: str, spelling: str) -> None:
    """Pasted out of Java or JSON, it would look for a backslash."""
    (only,) = check(f"rule r when text matches {expression}{END}").diagnostics
    assert (only.name, only.severity, only.span.text) == ("doubled-backslash", "warning", place)
    assert only.fix() == Fix.replacing(only.whole, spelling, SUGGESTED)  # type: ignore[attr-defined]


def test_braces_that_are_no_count_are_warned_of(check: Check) -> None:
    """Whoever writes ``{,5}`` means at most five, and would look for the braces."""
    (only,) = check(f"rule r when text matches /^.{{,5}}\\/$/i{END}").diagnostics
    assert (only.name, only.span.text) == ("literal-braces", "{,5}")
    assert only.fix() == Fix.replacing(only.whole, r"/^.{0,5}\/$/i", SUGGESTED)  # type: ignore[attr-defined]


def test_what_has_no_spelling_that_works_is_warned_of_without_a_fix(check: Check) -> None:
    """An invisible character alone in brackets stands for nothing."""
    (only,) = check(f"rule r when text matches /a[\u200b]/{END}").diagnostics
    assert (only.name, only.fix()) == ("not-in-plain-text", None)
    assert "U+200B" in only.message.render("en")


def test_thousands_of_large_counts_are_checked_without_compiling_any(check: Check) -> None:
    """Checking keeps no compiled regex: its memory does not grow with their counts."""
    import re2

    re2.purge()
    result = check("".join(f"pattern p{at} = /.{{0,{at + 700}}}x/\n" for at in range(300)) + "otherwise drop")
    assert not [each for each in result.diagnostics if each.is_error]
    assert re2._Regexp._make.cache_info().currsize == 0
