"""Warnings about whole sets (language.md sections 7, 8 and 11, PRX4xx and PRX6xx)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckContext, CheckResult

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]

REACHABILITY = {"never-reached", "same-condition", "never-holds", "always-holds", "covered-rule"}


def reported(found: Found, *conditions: str) -> list[tuple[str, str]]:
    """What is said about reachability of rules ``a``, ``b`` … with these conditions."""
    rules = "\n".join(f"rule {'abcdef'[n]} when {each} then drop" for n, each in enumerate(conditions))
    return [each for each in found(f"{rules}\notherwise drop") if each[0] in REACHABILITY]


@pytest.mark.parametrize(
    "condition",
    [
        "private and group",
        "group and not group",
        "not always",
        'external and sender is "u1"',
        'text is empty and text contains "x"',
        'sender is "a" and sender is "b"',
        'text in ["a", "b"] and text is "c"',
        "not (private or group)",
        "not 100% of senders",
        "(private and group) or (admin and not admin)",
    ],
)
def test_a_condition_that_contradicts_itself_is_warned_about(found: Found, condition: str) -> None:
    """It can never hold."""
    assert reported(found, condition) == [("never-holds", condition)]


@pytest.mark.parametrize(
    "condition",
    [
        "private or group",
        "admin or not admin",
        "not (private and group)",
        "text is empty or text is not empty",
    ],
)
def test_a_condition_that_holds_for_everything_is_warned_about(found: Found, condition: str) -> None:
    """It hardly means what it says, and it takes everything from what follows."""
    assert reported(found, condition) == [("always-holds", condition), ("never-reached", "otherwise")]


@pytest.mark.parametrize(
    "condition",
    [
        "private and mentioned",
        'text contains "a" and text contains "b"',
        'sender is "a" or sender is "b"',
        "text matches /a/ and not text matches /b/",
        "external and not admin",
        "10% of senders and 10% of conversations",
        'text starts with "a" and text ends with "b"',
        'text is "停止" and text is "停止。"',
        'text is "stop . ." and text is "stop ."',
    ],
)
def test_a_condition_that_depends_is_let_pass(found: Found, condition: str) -> None:
    """No false alarm."""
    assert reported(found, condition) == []


def test_always_says_what_it_means(found: Found) -> None:
    """A plain ``always`` is no mistake; what comes after it is."""
    assert reported(found, "group", "always", "admin") == [
        ("never-reached", "c"),
        ("never-reached", "otherwise"),
    ]


def test_a_rule_with_the_same_condition_is_never_reached(check: Check) -> None:
    """However it is written; the earlier rule is shown."""
    text = (
        'condition c = text contains ["b", "ＡＡ"]\nrule a when group and c then drop\n'
        'rule b when text contains ["aa", "b"] and (group) then drop\notherwise drop'
    )
    (only,) = check(text).diagnostics
    assert (only.name, only.span.text, only.related[0].span.text) == ("same-condition", "b", "a")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("group", "group and admin"),
        ('text contains "发票"', 'text contains "代开发票"'),
        ('text contains ["a", "b"]', 'text starts with "xa"'),
        ('text contains "a"', 'text contains all ["xa", "z"]'),
        ('text starts with "/new"', 'text is "/new topic"'),
        ('quoted ends with "topic"', 'quoted is "/new topic"'),
        ('text in ["停止", "取消"]', 'text is "停止"'),
        ('sender in ["u1", "u2"]', 'sender is "u1" and private'),
        ('group or text contains "a"', 'text contains "ab" and admin'),
        ("text is not empty", 'text contains "a"'),
        ("not (group and admin)", "not group"),
        ("text matches [/a/, /b/]", "text matches /a/"),
    ],
)
def test_a_rule_behind_a_wider_one_is_never_reached(found: Found, first: str, second: str) -> None:
    """The earlier rule takes every message that the later one could take."""
    assert reported(found, first, second) == [("covered-rule", "b")]
    assert reported(found, second, first) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('text contains "ab"', 'text contains "a"'),
        ('text contains word "a"', 'text contains "a"'),
        ('text contains "a"', 'quoted contains "a"'),
        ("10% of senders", "10% of senders"),
        ('text contains all ["a", "b"]', 'text contains "a"'),
        ('text starts with "a"', 'text contains "ab"'),
        ('text ends with "停止"', 'text is "停止"'),
        ('text ends with "停止"', 'text in ["停止", "请停止"]'),
        ("group and admin", "group"),
        ("not group", "not (group and admin)"),
    ],
)
def test_a_rule_behind_a_narrower_one_is_reached(found: Found, first: str, second: str) -> None:
    """No false alarm."""
    assert reported(found, first, second) == []


def test_shadow_rules_and_next_take_nothing(found: Found) -> None:
    """What follows them is reached."""
    text = (
        'rule a shadow when always then drop\nrule b when always then reply "x" then next\n'
        "rule c when private then drop\nrule d when group then drop"
    )
    assert [each for each in found(text) if each[0] in REACHABILITY] == []


def test_a_set_without_otherwise_is_warned_about(check: Check) -> None:
    """At the end of the entry file."""
    (only,) = check("rule r when group then drop\n\n").diagnostics
    assert (only.name, only.severity, only.span.begin.line) == ("no-otherwise", "warning", 1)


@pytest.mark.parametrize("text", ["otherwise drp", "rule r when then drop", 'use "none.rules"'])
def test_nothing_is_missed_in_a_set_that_cannot_be_read_whole(check: Check, text: str) -> None:
    """The ``otherwise`` may be in the part that is broken."""
    assert "no-otherwise" not in {each.name for each in check(text).diagnostics}


# ---- under a configuration


def test_a_configured_agent_that_nothing_uses_is_warned_about(check: Check) -> None:
    """Alternatives count as use."""
    context = CheckContext(agents=frozenset({"a", "b", "c"}))
    result = check("otherwise agent a else agent b else drop", context=context)
    assert [(each.name, each.message.params["agent"]) for each in result.diagnostics] == [
        ("unused-agent", "c")
    ]


@pytest.mark.parametrize(
    ("condition", "warned"),
    [
        ('sender is "u9"', True),
        ('sender in ["u8", "u9"] and group', True),
        ("external", True),
        ("sender is empty", True),
        ('not sender in ["u1", "u2", "u3"]', True),
        ('sender in ["u9", "u1"]', False),
        ('sender is "u9" or group', False),
        ('not sender in ["u1"]', False),
        ('sender starts with "u9"', True),
        ('sender contains "1" and sender contains "2"', True),
        ('sender starts with "u"', False),
    ],
)
def test_a_rule_for_nobody_whom_the_baseline_admits_is_warned_about(
    found: Found, condition: str, warned: bool
) -> None:
    """Only under a configuration, and only when certain."""
    text = f"rule r when {condition} then drop\notherwise drop"
    context = CheckContext(allowed_users=("u1", "u2"))
    assert [name for name, _ in found(text, context=context)] == ["sender-not-admitted"] * warned
    assert found(text) == []
    assert found(text, context=CheckContext(allowed_users=("*",))) == []


@pytest.mark.parametrize(
    ("condition", "warned"),
    [
        ('sender.name is "老板"', True),
        ('conversation.title contains "IT" or sender.name is "x"', True),
        ('sender.name is "老板" and sender in ["u1"]', False),
        ('conversation.title contains "IT" and text contains "x"', True),
        ('conversation.title contains "IT" and group', True),
        ('mentioned and type is "text" and sender.name is "老板"', True),
        ('sender.name is "x" or sender in ["u1"]', True),
        ('group and conversation is "cid1" and conversation.title contains "IT"', False),
        ('conversation.title contains "IT" and not external', False),
        ('conversation.title contains "IT" and admin', False),
        ('sender.name is "x" or text contains "y"', False),
        ('not (text contains "y" and not sender.name is "x")', False),
        ('not (text is empty or not sender.name is "x")', True),
        ("group", False),
    ],
)
def test_an_agent_behind_a_name_that_anyone_can_choose_is_warned_about(
    found: Found, condition: str, warned: bool
) -> None:
    """Names and titles are no permission."""
    text = f"rule r when {condition} then agent a\notherwise drop"
    assert [name for name, _ in found(text)] == ["chosen-name"] * warned
    assert found(text.replace("agent a", 'reply "x"')) == []
