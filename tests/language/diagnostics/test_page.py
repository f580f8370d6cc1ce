"""The page of each diagnostic: the five headings in both languages, and examples that are what they say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from prx_dingtalk_router.catalogue import LANGUAGES, Language
from prx_dingtalk_router.language import CheckContext, CheckResult, Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE
from prx_dingtalk_router.language.diagnostics.page import Example, page_of
from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic

Check = Callable[..., CheckResult]

TODAY = date(2026, 3, 2)
CHINESE = re.compile("[\u4e00-\u9fff]")
QUOTED = re.compile('`[^`]*`|"[^"]*"')
CONFIGURED = CheckContext(agents=frozenset({"helpdesk"}), allowed_users=("u1001",), today=TODAY)
UNDER_A_CONFIGURATION = {"unconfigured-agent", "unused-agent", "sender-not-admitted"}
WITHOUT_RULES_THAT_CAN_BE_WRITTEN: set[str] = {
    "asked-every-time",
    "wrong-encoding",
    "declaration-too-long",
    "too-many-mistakes",
    "file-too-large",
    "too-many-declarations",
    "too-many-expressions",
    "too-many-templates",
    "line-too-long",
    "repeated-error",
    "repeated-note",
    "repeated-warning",
    "same-agent",
}
"""Their examples are prose, or would be too long."""

KINDS = [kind for kind in every_diagnostic().values() if kind.name not in WITHOUT_RULES_THAT_CAN_BE_WRITTEN]
PROMISE = "--fix"
"""What a page names whose diagnostic can be repaired without a look."""


def named(value: object) -> str:
    """What a kind, or a language, is called in the output of tests."""
    return value.name if isinstance(value, type) and issubclass(value, Diagnostic) else str(value)


each_kind = pytest.mark.parametrize("kind", every_diagnostic().values(), ids=named)
each_kind_with_rules = pytest.mark.parametrize("kind", KINDS, ids=named)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
@each_kind
def test_every_diagnostic_has_a_page(kind: type[Diagnostic], language: Language) -> None:
    """A summary, what is flagged, why, wrong and right, and how to mend it, in both languages."""
    page = page_of(kind, language)
    for prose in (page.summary, page.what, page.why, page.fix):
        assert prose.endswith("。" if language == "zh" else ".")
        assert bool(CHINESE.search(QUOTED.sub("", prose))) == (language == "zh")
        assert len(prose.split("`")) % 2 == 1
    assert page.wrong != page.right


@each_language
@each_kind_with_rules
def test_the_wrong_example_is_wrong(kind: type[Diagnostic], language: Language, check: Check) -> None:
    """It has that mistake, and no error beside it; and a safe fix where the page promises one."""
    page = page_of(kind, language)
    found = checked(kind, page.wrong, check)
    assert kind.name in {each.name for each in found}
    assert {each.name for each in found if each.is_error} <= {kind.name}
    if PROMISE in page.fix:
        (fix,) = (each.fix() for each in found if each.name == kind.name)
        assert fix is not None
        assert fix.applicability is SAFE


@each_language
@each_kind_with_rules
def test_the_right_example_is_right(kind: type[Diagnostic], language: Language, check: Check) -> None:
    """It has no error at all, and not that warning."""
    found = checked(kind, page_of(kind, language).right, check)
    assert kind.name not in {each.name for each in found}
    assert [each.name for each in found if each.is_error] == []


def checked(kind: type[Diagnostic], example: Example, check: Check) -> tuple[Diagnostic, ...]:
    """What is reported of an example, under a configuration where the diagnostic needs one."""
    context = CONFIGURED if kind.name in UNDER_A_CONFIGURATION else CheckContext(today=TODAY)
    files = {name: content for name, content in example.items() if name != "main.rules"}
    return check(example["main.rules"], files, context).diagnostics


class Broken(Diagnostic, frozen=True):
    """A diagnostic that nobody registers.

    What: something.
    Wrong: nothing
    Right: nothing
    """


class EnglishOnly(Diagnostic, frozen=True):
    """A diagnostic that nobody registers.

    What: Something in ``code``.
    Why: Because.
    Wrong:
        rule r
          when group
          then drop
    Right:
        rule r
          when private
          then drop
    Fix: Do
        so.
    """


class Shared(EnglishOnly, frozen=True):
    __doc__ = EnglishOnly.__doc__

    page_zh = """
    某处写错了，
    不能用。

    是什么：把 `a`
        写成了
        `b`。
    为什么：没有为什么。
    怎么改：改。
    """


@pytest.mark.parametrize(("kind", "language"), [(Broken, "en"), (EnglishOnly, "zh")])
def test_a_page_without_a_heading_is_refused(kind: type[Diagnostic], language: Language) -> None:
    """A docstring of another form is a mistake of ours, and named."""
    with pytest.raises(ValueError, match=kind.__name__):
        page_of(kind, language)


def test_the_form_of_a_page() -> None:
    """Lines of prose become one, examples keep their indentation and are shared by a Chinese page without its own."""
    english, chinese = page_of(EnglishOnly, "en"), page_of(Shared, "zh")
    assert (english.what, english.fix) == ("Something in `code`.", "Do so.")
    assert english.wrong == {"main.rules": "rule r\n  when group\n  then drop\n"}
    assert chinese.what == "把 `a` 写成了 `b`。"
    assert chinese.whole_what == "某处写错了，不能用。把 `a` 写成了 `b`。"
    assert (chinese.wrong, chinese.right) == (english.wrong, english.right)
