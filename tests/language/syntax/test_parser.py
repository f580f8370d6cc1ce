"""The short way and the way through recovery give the same (language.md section 11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.source import Home, Span
from prx_dingtalk_router.language.syntax.build import build
from prx_dingtalk_router.language.syntax.lexer import lex
from prx_dingtalk_router.language.syntax.parser import parse
from prx_dingtalk_router.language.syntax.recovery.declarations import declarations

DECLARATIONS = [
    "language 1",
    'use "people.rules"',
    'list ads = ["a", other, "b",]',
    'list vip = lines "vip.txt"',
    r"pattern ticket = /(?P<ticket>[A-Z]{2,5}-\d+)\/x/i",
    'hours office = workdays 09:00-12:00 13:30-18:00, fri-mon, 2027-02-05..2027-02-12 calendar "CN" in "Asia/Shanghai"',
    "condition known = not (sender in staff or 10% of senders) and always",
    'template busy = """\n  {{ sender.name }}\n  """',
    'template welcome = file "welcome.md.j2"',
    'rule r "what" shadow when text is not empty and quoted not starts with word "x" and during mon then reply markdown busy mention ["u1", vip] at most 1 per 10m per sender then agent "test" with "x" timeout 2m session per message else drop "no"',
    'otherwise reply "a" else reply "b" then agent general',
    'denied drop "no"',
    'test "t" given "x" from "u1" in group "g" pictured mentioned quoting """q""" expect agent a by r shadow s expect reply given "y" expect drop by default',
]


@pytest.mark.parametrize("text", DECLARATIONS)
def test_both_ways_give_the_same_nodes(text: str) -> None:
    """Recovery changes nothing of a declaration that is in order."""
    pieces = list(lex(text))
    (short,) = build(parse(pieces), "main.rules")
    (long,) = build(declarations(pieces[0]), "main.rules")
    assert short.node is not None
    assert short == long


@pytest.mark.parametrize("text", DECLARATIONS)
def test_a_node_stands_from_its_first_token_to_its_last(text: str) -> None:
    """The place of a declaration is all of it, without the blanks around it."""
    (declaration,) = build(parse(lex(f"  {text}  # remark\n")), "main.rules")
    assert declaration.home == Home("main.rules", 2)
    assert declaration.node.span == Span(0, len(text))  # type: ignore[union-attr]


def test_deep_conditions_take_the_long_way(check: Callable[..., CheckResult]) -> None:
    """Parentheses side by side are not within each other, however many."""
    deep = "rule r when " + "(" * 41 + "group" + ")" * 41 + " then drop\notherwise drop"
    wide = "rule r when " + " and ".join(["(group)"] * 41) + " then drop\notherwise drop"
    assert [each.name for each in check(deep).diagnostics if each.is_error] == ["too-deep"]
    assert check(wide).errors == 0
