"""Ids that no message can have (language.md section 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics import SUGGESTED, Fix

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]

END = " then drop\notherwise drop"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('rule r when sender is "王芳"' + END, '"王芳"'),
        ('rule r when not sender in ["u1", "Ｕ1004"]' + END, '"Ｕ1004"'),
        ('list l = ["u1", "u2 "]\nrule r when sender in l' + END, '"u2 "'),
        ('rule r when group then reply "好" mention "王芳"\notherwise drop', '"王芳"'),
        ('rule r when conversation is "IT 服务台"' + END, '"IT 服务台"'),
        ('otherwise drop\ntest "t" given "x" from "王芳" expect drop', '"王芳"'),
        ('rule r when sender starts with "王"' + END, '"王"'),
        ('rule r when not conversation contains ["客服群"]' + END, '"客服群"'),
        ("rule r when sender matches /^王/" + END, "/^王/"),
        ('rule r when conversation is "u1001"' + END, '"u1001"'),
        ('rule r when sender is "cid012345678901234567890=="' + END, '"cid012345678901234567890=="'),
        ('rule r when group then reply "好" mention "@所有人"\notherwise drop', '"@所有人"'),
    ],
)
def test_an_id_that_can_never_be_is_a_warning_at_its_place(found: Found, text: str, place: str) -> None:
    """In conditions, lists, mentions and tests."""
    assert found(text) == [("impossible-id", place)]


def test_a_line_with_a_column_too_many_is_repaired(check: Check) -> None:
    """However many rules use the file, each line is reported once, without quotes in the repair."""
    text = (
        'list l = lines "l.txt"\nrule a when sender in l and group then reply "x"\n'
        f"rule b when not sender in l and private{END}"
    )
    (only,) = check(text, {"l.txt": "# 财务\nu2004\nu2005,张三\n"}).diagnostics
    assert (only.name, only.severity, only.span.begin.line) == ("impossible-id", "warning", 3)
    assert only.fix() == Fix.replacing(only.span, "u2005", SUGGESTED)


@pytest.mark.parametrize(
    "condition",
    [
        'sender starts with "manager"',
        "sender matches /^(王|manager)/",
        'sender.name is "王芳" and admin',
        "sender in l or sender.name in l",
    ],
)
def test_what_may_be_meant_as_a_name_is_let_pass(found: Found, condition: str) -> None:
    """A list of ids and names that both fields are compared with is in order."""
    text = f'list l = ["u1001", "王芳"]\nrule used when text in l then drop\nrule r when {condition}{END}'
    text = text if "in l" in condition else f"rule r when {condition}{END}"
    assert "impossible-id" not in {name for name, _ in found(text)}


def test_an_id_with_another_mistake_is_reported_for_that_alone(found: Found) -> None:
    """What stands for a string that was not understood is no id."""
    assert found(rf'rule r when sender is "王\q"{END}') == [("unknown-escape", "\\q")]


def test_a_list_of_people_in_the_place_of_conversations_is_one_warning(found: Found) -> None:
    """The list is in the wrong place, and not each of its entries wrong."""
    text = (
        'list l = ["u1", "u2", "u3"]\nrule a when sender in l then reply "x"\nrule r when conversation in l'
    )
    assert found(text + END) == [("impossible-id", '"u1"')]


def test_a_test_may_call_conversations_as_it_likes(found: Found) -> None:
    """Nothing comes from DingTalk there."""
    assert found('otherwise drop\ntest "t" given "x" conversation "c1" expect drop') == []
