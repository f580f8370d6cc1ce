"""What a template may be made of, and how everything else is told."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.templates import TemplateNames, check_template
from prx_dingtalk_router.templates.constructs import CONSTRUCTS
from prx_dingtalk_router.templates.filters import FILTERS, PARAMETERS

NAMES = TemplateNames(in_else=False, groups=frozenset({"ticket", "单号"}))


def found(source: str, names: TemplateNames = NAMES) -> list[tuple[str, str]]:
    """Kind and name of every problem of a template."""
    return [(problem.kind.value, problem.name) for problem in check_template(source, names=names)]


@pytest.mark.parametrize(
    "source",
    [
        "您好", "{{ text }}{{ quoted }}{{ type }}{{ robot }}{{ now }}", "{{ sender.id }}{{ sender.name }}{{ file.name }}{{ rule.name }}",
        "{{ conversation.id }}{{ conversation.title }}{{ conversation.kind }}", "{{ match.ticket }}{{ match.单号 }}", "{# note #}x",
        "{% if quoted %}a{% elif type == 'text' %}b{% else %}c{% endif %}", "{{ 'a' if quoted else 'b' }}", "{{ 'a' if quoted }}",
        "{{ text if text != '' and not quoted or 'x' in text }}", "{{ 1 if 1 < 2 <= 3 and 3 > 2 >= 1 }}", "{{ type not in ['text', 'audio'] }}",
        "{{ text | upper | lower | trim }}", "{{ text | trim('。') }}", "{{ text | truncate(20) }}", "{{ text | truncate(2, true, '…', 0) }}",
        "{{ text | truncate(length=9, end='') }}", "{{ text | replace('a', 'b') | replace('a', 'b', 1) }}", "{{ text | default('x') | default(sender.name, true) }}",
        "{{ '' | default('x') }}", "{{ true }}{{ 1.5 }}{{ 'x' }}", "{{ now < '2027' }}",
    ],
)  # fmt: skip
def test_listed_constructs_are_sound(source: str) -> None:
    """Names, conditions, comparisons, constants, comments and the six filters are what templates are made of."""
    assert found(source) == []


@pytest.mark.parametrize(
    ("source", "construct"),
    [
        ("{% for c in text %}{{ c }}{% endfor %}", "loop"), ("{{ 1 + 1 }}", "arithmetic"), ("{{ text * 9 }}", "arithmetic"), ("{{ 9 ** 9 }}", "arithmetic"),
        ("{{ text % 2 }}", "arithmetic"), ("{{ 8 // 2 }}", "arithmetic"), ("{{ -1 }}", "arithmetic"), ("{{ text ~ 'x' }}", "concatenation"),
        ("{{ text.upper() }}", "call"), ("{{ range(9) }}", "call"), ("{{ sender.name.__class__() }}", "call"), ("{% macro f() %}{% endmacro %}", "macro"),
        ("{% call text() %}{% endcall %}", "macro"), ("{% set x = 1 %}x", "set"), ("{% set x %}y{% endset %}x", "set"), ("{% with x = 1 %}{% endwith %}", "set"),
        ("{% include 'a' %}", "include"), ("{% import 'a' as b %}", "include"), ("{% from 'a' import b %}", "include"), ("{% extends 'a' %}", "include"),
        ("{% block a %}{% endblock %}", "include"), ("{{ text is defined }}", "test"), ("{{ text[0] }}", "item"), ("{{ text[1:] }}", "item"), ("{{ match['ticket'] }}", "item"),
        ("{% filter upper %}{% endfilter %}", "filter-block"), ("{% autoescape true %}{% endautoescape %}", "autoescape"), ("{{ ['a'] }}", "collection"),
        ("{{ {'a': 1} }}", "collection"), ("{{ text, text }}", "collection"), ("{{ text in [quoted] }}", "collection"), ("{% raw %}a{% endraw %}", "raw"),
        ("{{ none }}", "constant"), ("{{ 1e999 }}", "constant"),
    ],
)  # fmt: skip
def test_other_constructs_are_named(source: str, construct: str) -> None:
    """Everything else is one error that names the construct and says what to write instead."""
    assert found(source) == [("forbidden", construct)]


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("{{ a", "unclosed-braces", ""), ("{% if text %}", "unclosed-if", ""), ("{# a", "unclosed-comment", ""), ("{% endif %}", "tag-without-if", "endif"),
        ("{% do text %}", "unknown-tag", "do"), ("{{ a && b }}", "unexpected-character", "&"), ("{{ “a” }}", "unexpected-character", "“"),
        ("{% if text = 'a' %}{% endif %}", "single-equals", ""), ("{% if text %}{% else if quoted %}{% endif %}", "else-if", ""), ("{{ text | safe }}", "unknown-filter", "safe"),
        ("{{ text > 5 }}", "comparison", ""), ("{{ 5 in text }}", "comparison", ""), ("{{ text in 5 }}", "comparison", ""), ("{{ text in [5] }}", "comparison", ""),
        ("{{ pictures == \"1\" }}", "number-comparison", "pictures"), ("{{ pictures in [\"1\"] }}", "number-comparison", "pictures"),
        ("{{ text > pictures }}", "number-comparison", "pictures"), ("{{ 'a' in pictures }}", "number-comparison", "pictures"),
        ("{{ match.ticket == 42 }}", "comparison", ""), ("", "empty", ""), (" \n{# x #}\u200b", "empty", ""), ("a" * 20_001, "too-long", ""),
    ],
)  # fmt: skip
def test_mistakes_have_their_own_kind(source: str, kind: str, name: str) -> None:
    """The mistakes that people make are told apart."""
    assert found(source) == [(kind, name)]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("{{ text | upper(1) }}", "upper"), ("{{ text | truncate('9') }}", "truncate"), ("{{ text | truncate(2) }}", "truncate"), ("{{ text | truncate(true) }}", "truncate"),
        ("{{ text | replace('a') }}", "replace"), ("{{ text | replace('', 'a') }}", "replace"), ("{{ text | replace(quoted, 'a') }}", "replace"), ("{{ text | replace('a', 'b', 1, 2) }}", "replace"),
        ("{{ text | replace('a', old='b', new='c') }}", "replace"), ("{{ text | trim(1) }}", "trim"), ("{{ text | default(*text) }}", "default"), ("{{ text | lower(x=1) }}", "lower"),
    ],
)  # fmt: skip
def test_filters_take_sound_arguments_only(source: str, name: str) -> None:
    """Arguments that would fail or grow without bound are refused when the template is checked."""
    assert found(source) == [("filter-arguments", name)]


@pytest.mark.parametrize(
    ("source", "kind", "suggestion"),
    [
        ("{{ name }}", "undefined-name", "sender.name"), ("{{ txet }}", "undefined-name", "text"), ("{{ zzz }}", "undefined-name", None), ("{{ sneder.name }}", "undefined-name", "sender.name"),
        ("{{ sender_name }}", "undefined-name", "sender.name"), ("{{ sender.nick }}", "unknown-attribute", "sender.name"), ("{{ text.__class__ }}", "unknown-attribute", None),
        ("{{ text.a.b }}", "unknown-attribute", None), ("{{ sender }}", "needs-attribute", "sender.name"), ("{{ match }}", "needs-attribute", "match.ticket"),
        ("{{ match.tickets }}", "unknown-group", "match.ticket"), ("{{ match.items }}", "unknown-group", None), ("{{ failure }}", "failure-outside-else", None),
        ("{{ text | uper }}", "unknown-filter", "upper"), ("{{ self }}", "undefined-name", None), ("{{ text | default(nick) }}", "undefined-name", "sender.name"),
    ],
)  # fmt: skip
def test_unknown_names_are_told_with_what_was_meant(source: str, kind: str, suggestion: str | None) -> None:
    """A name that nothing stands for is an error, with the nearest one where something is near."""
    assert [(problem.kind.value, problem.suggestion) for problem in check_template(source, names=NAMES)] == [
        (kind, suggestion)
    ]


def test_names_depend_on_where_a_template_stands() -> None:
    """Failure is known in else steps, and any capture while the rule is not known."""
    assert found("{{ failure }}{{ match.x }}", TemplateNames(in_else=True, groups=None)) == []


def test_problems_come_with_their_lines_all_at_once() -> None:
    """Every mistake of a template is told, in the order of its lines."""
    source = "{{ a1 }}\n{% if b1 %}\n{{ text | c1 }}{% endif %}\n{{ a1 }}{{ [1] }}"
    assert [(problem.line, problem.name) for problem in check_template(source, names=NAMES)] == [
        (1, "a1"), (2, "b1"), (3, "c1"), (4, "a1"), (4, "collection"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    ["{{ " + "(" * 5_000 + "text" + ")" * 5_000 + " }}", "{{ " + "not " * 5_000 + "text }}", "{% if text %}" * 90 + "x" + "{% endif %}" * 90,
     "{{ text" + " | upper" * 300 + " }}", "{% if text" + " and text" * 3_000 + " %}x{% endif %}", "{{ text" + " or text" * 3_000 + " }}",
     "{{ 'x' if " + "text and " * 900 + "text else quoted }}"],
)  # fmt: skip
def test_deep_nesting_is_a_problem_and_no_crash(source: str) -> None:
    """However deeply a template is nested, it is told so."""
    assert {kind for kind, _ in found(source)} == {"too-deep"}


def test_nested_conditionals_are_compared_in_time() -> None:
    """The kind of a nested conditional is found out once a level, not twice: that would take hours here."""
    nested = "'a'"
    for _ in range(28):
        nested = f"({nested} if text else 'b')"
    assert found(f"{{{{ 'c' if {nested} == 'd' }}}}") == []


def test_a_number_of_thousands_of_digits_is_a_problem() -> None:
    """What Jinja2 cannot even read as a number is told like other syntax."""
    assert found("{{ " + "1" * 5_000 + " }}")[0][0] == "syntax"


def test_tables_agree() -> None:
    """Each filter has its parameters, and each construct a sentence."""
    assert FILTERS.keys() == PARAMETERS.keys()
    assert set(CONSTRUCTS.values()) <= {
        "loop",
        "arithmetic",
        "concatenation",
        "call",
        "macro",
        "set",
        "include",
        "test",
        "item",
        "filter-block",
        "autoescape",
        "collection",
    }
