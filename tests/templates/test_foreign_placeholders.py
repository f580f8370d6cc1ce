"""Places for values as other programs write them."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.templates.foreign_placeholders import foreign_placeholders


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("你好，${姓名}", [("${姓名}", "sender.name")]),
        ("你好，{姓名}，{ text }", [("{姓名}", "sender.name"), ("{ text }", "text")]),
        ("{sender.name}", [("{sender.name}", "sender.name")]),
        ("${部门}", [("${部门}", None)]),
        ("{userName}{{ text }}", [("{userName}", "sender.name")]),
    ],
)
def test_a_place_for_a_value_is_found(template: str, found: list[tuple[str, str | None]]) -> None:
    """With the name that it was meant to show."""
    assert [(template[start:end], meant) for start, end, meant in foreign_placeholders(template)] == found


@pytest.mark.parametrize(
    "template",
    [
        "{{ text }}",
        "{{text}}",
        "{% if quoted %}x{% endif %}{# name #}",
        "echo ${JAVA_HOME}",
        "{部门}",
        '{"text": 1}',
        "GET /users/{name}",
        "{% raw %}{name}{% endraw %}",
        "{{ {'a': text} }}",
        "{}",
    ],
)
def test_other_braces_are_let_pass(template: str) -> None:
    """No false alarm on values, programs and JSON."""
    assert list(foreign_placeholders(template)) == []
