"""Templates where they are used: names, groups, files (language.md sections 3, 5, 10)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.catalogue import LANGUAGES, Language
from prx_dingtalk_router.language import CheckResult, RuleSet
from prx_dingtalk_router.language.diagnostics.undefined_in_template import UndefinedInTemplate
from prx_dingtalk_router.templates import TemplateNames

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]
Rules = Callable[..., RuleSet]


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{{ text", "template-syntax"),
        ("{% if text %}x", "template-syntax"),
        ("{% for x in text %}{% endfor %}", "forbidden-in-template"),
        ("{{ text.upper() }}", "forbidden-in-template"),
        ("{{ text | safe }}", "forbidden-in-template"),
        ("{% set a = text %}x", "forbidden-in-template"),
        ("{% if pictures == '1' %}x{% endif %}", "forbidden-in-template"),
        ("{{ nick }}", "undefined-in-template"),
        ("{{ sender.phone }}", "undefined-in-template"),
        ("{{ failure }}", "undefined-in-template"),
        ("{{ match.x }}", "no-such-group"),
    ],
)
def test_a_template_that_cannot_be_used_is_an_error(found: Found, template: str, name: str) -> None:
    """Syntax, constructs, names and groups, at check time."""
    names = {each for each, _ in found(f'rule r when group then reply "{template}"\notherwise drop')}
    assert names == {name}


def test_failure_is_known_after_else(found: Found) -> None:
    """And only there."""
    assert found('rule r when group then agent a else reply "{{ failure }}"\notherwise drop') == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_advice_lists_every_name(language: Language) -> None:
    """Whoever misspells one reads all that there are."""
    advice = getattr(UndefinedInTemplate.advice, language)
    paths = TemplateNames(in_else=True, groups=frozenset({"NAME"})).paths()
    assert [path for path in paths if f"`{path}`" not in advice.replace("名称`", "NAME`")] == []


def test_a_mistake_in_a_block_is_shown_on_its_line(check: Check) -> None:
    """The range is the line of the block, not the whole of it."""
    text = 'otherwise reply """\n  fine\n  {{ text + 1 }} here\n  fine\n  """'
    (only,) = check(text).diagnostics
    assert only.span.text.strip() == "{{ text + 1 }} here"


@pytest.mark.parametrize(
    ("written", "wrong", "fixed"),
    [
        ('"hi {{ sender_name }}"', "sender_name", '"hi {{ sender.name }}"'),
        (r'"\"hi\" {{ sender_name | upper }}"', "sender_name", r'"\"hi\" {{ sender.name | upper }}"'),
        ('"{{ nick }}, {{ nick }}!"', "nick", '"{{ sender.name }}, {{ sender.name }}!"'),
        ('"""\n  hi\n   {{ sender . nam }}\n  """', "sender . nam", '"""\n  hi\n   {{ sender.name }}\n  """'),
        ('"{{ text | uper }}"', "uper", '"{{ text | upper }}"'),
        ('"{{ qqq }}"', "qqq", None),
    ],
)
def test_a_wrong_name_is_shown_alone_with_its_fix(
    check: Check, written: str, wrong: str, fixed: str | None
) -> None:
    """The exact range inside the string, whatever stands before it; the fix puts it right wherever the line has it."""
    text = f"otherwise reply {written}"
    (only,) = check(text).diagnostics
    assert only.span.text == wrong
    fix = only.fix()
    assert (fix is None) == (fixed is None)
    for edit in reversed(fix.edits if fix else ()):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == f"otherwise reply {fixed or written}"
    assert fixed is None or check(text).diagnostics == ()


def test_only_a_name_in_other_letters_is_surely_meant(check: Check) -> None:
    """``sender_name`` is ``sender.name``; what ``nick`` is, is a guess."""
    for name, applicability in {"sender_name": "safe", "SenderName": "safe", "nick": "suggested"}.items():
        (only,) = check(f'otherwise reply "{{{{ {name} }}}}"').diagnostics
        fix = only.fix()
        assert fix is not None
        assert fix.applicability == applicability


def test_where_a_group_is_missing_at_the_use_of_a_template_nothing_is_rewritten(check: Check) -> None:
    """The template may be right for other rules."""
    text = 'template t = "{{ match.tiket }}"\nrule r when text matches /(?P<ticket>a)/ then reply t\notherwise drop'
    (only,) = check(text).diagnostics
    assert (only.span.text, only.related[0].span.text, only.fix()) == ("t", '"{{ match.tiket }}"', None)


def test_a_named_template_is_reported_once_however_often_it_is_used(found: Found) -> None:
    """The mistake is where the template stands."""
    text = 'template t = "{{ nick }}"\nrule r when group then reply t\nrule s when admin then reply t\notherwise reply t'
    assert found(text) == [("undefined-in-template", "nick")]


def test_a_group_is_judged_for_each_rule_that_uses_the_template(found: Found) -> None:
    """One rule has the group, another has not."""
    text = (
        'template t = "{{ match.n }}"\nrule r when text matches /(?P<n>a)/ then reply t\n'
        "rule s when admin then reply t\notherwise drop"
    )
    assert found(text) == [("no-such-group", "t")]


def test_a_template_file_is_read_and_checked(check: Check, rules: Rules) -> None:
    """Its mistakes are shown in the file itself."""
    text = 'template t = file "sub/t.j2"\notherwise reply t'
    (only,) = check(text, {"sub/t.j2": "hello\r\n{{ nick }}\r\n"}).diagnostics
    assert (only.name, only.span.source.name, only.span.begin.line) == (
        "undefined-in-template",
        "sub/t.j2",
        2,
    )
    checked = rules(text, {"sub/t.j2": "hello\r\n{{ text }}\r\n"})
    assert checked.otherwise is not None
    assert checked.otherwise.chains[0][0].step.template.source == "hello\n{{ text }}\n"  # type: ignore[union-attr]


def test_a_missing_template_file_is_an_error(found: Found) -> None:
    """At its path."""
    assert found('template t = file "t.j2"\notherwise reply t') == [("unreadable-template", '"t.j2"')]


def test_an_unused_template_is_checked_as_well(found: Found) -> None:
    """Mistakes do not hide behind disuse."""
    assert {name for name, _ in found('template t = "{{ nick }}"\notherwise drop')} == {
        "undefined-in-template",
        "unused-name",
    }


def test_templates_of_a_set_that_are_too_many_together_are_refused_once(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it takes to take them apart is bounded; texts with names alone take next to nothing and do not count."""
    monkeypatch.setattr("prx_dingtalk_router.language.resolve.templates.MAX_CHARACTERS", 40)
    texts = [
        "{{ sender.name }}, hello" * 9,
        "{{ text | upper }}",
        "{{ text | upper }}",
        "{{ text | lower }}",
        "{{ x }}",
    ]
    text = "".join(
        f'rule r{at} when text contains "w{at}" then reply "{each}"\n' for at, each in enumerate(texts)
    )
    result = check(f"{text}otherwise drop")
    assert [(each.name, each.span.text) for each in result.diagnostics if each.is_error] == [
        ("too-many-templates", '"{{ text | lower }}"')
    ]


def test_a_template_that_is_used_often_counts_once(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is what is written."""
    monkeypatch.setattr("prx_dingtalk_router.language.resolve.templates.MAX_CHARACTERS", 20)
    rules = "".join(f'rule r{at} when sender is "{at}" then reply t\n' for at in range(9))
    assert check(f'template t = "{{{{ text | upper }}}}"\n{rules}otherwise drop').errors == 0
