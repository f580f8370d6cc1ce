"""Templates of text and names are read as Jinja2 reads them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateSyntaxError, nodes

from prx_dingtalk_router.templates.environment import ENVIRONMENT
from prx_dingtalk_router.templates.plain import parse_plain

pieces = st.lists(
    st.sampled_from(
        ["{{", "}}", "{{ text }}", "{{sender.name}}", "{{\tmatch.单号 }}", "{{ match.a1 }}", "{{ match.1 }}", "{{ true }}", "{{ texts }}", "{{ text.a.b }}",
         "{{- text }}", "{{ text -}}", "{{ text|upper }}", "{{\ntext }}", "{% if text %}", "{% endif %}", "{# x #}", "{", "}", "\n", "\r\n", "\r", "\u2028", "重", " ", "raw", "#", "text"]
    ) | st.text(max_size=4),
    max_size=8,
).map("".join)  # fmt: skip


def whole(node: nodes.Node) -> Any:
    """A node with all that Jinja2 keeps of it."""
    fields = [(name, value) for name, value in node.iter_fields() if not isinstance(value, list | nodes.Node)]
    return type(node), node.lineno, node.environment, fields, [*map(whole, node.iter_child_nodes())]


@given(pieces)
def test_the_tree_is_the_one_of_jinja2(source: str) -> None:
    """Where there is one, down to the lines; what Jinja2 refuses is never given one."""
    tree = parse_plain(source, ENVIRONMENT)
    if tree is None:
        return
    try:
        assert whole(tree) == whole(ENVIRONMENT.parse(source))
    except TemplateSyntaxError as error:
        raise AssertionError from error


@pytest.mark.parametrize(
    "source", ["", "\n", "您好\r\n{{ text }}\n", "{{text}}{{ sender.name }}：{{\tmatch.ticket }}", "}} a } b"]
)
def test_most_templates_are_plain(source: str) -> None:
    """Text, line ends, names with and without a dot."""
    tree = parse_plain(source, ENVIRONMENT)
    assert tree is not None
    assert whole(tree) == whole(ENVIRONMENT.parse(source))


@pytest.mark.parametrize(
    "source", ["{{ true }}", "{{ text | upper }}", "{{- text }}", "{% if text %}{% endif %}", "{#"]
)
def test_all_else_is_left_to_jinja2(source: str) -> None:
    """Constants, filters, statements and comments."""
    assert parse_plain(source, ENVIRONMENT) is None
