"""Which steps may stand where, guards and options (language.md section 7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckContext, CheckResult

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        ('then agent a then reply "x"', "agent a"),
        ("then agent a then agent b", "agent a"),
        ("then agent a then forget", "agent a"),
        ('then reply "x" else agent a then reply "y"', "agent a"),
        ('then drop then reply "x"', "drop"),
        ('then reply "x" then drop', "drop"),
        ("then drop else agent a", "drop"),
        ("then agent a else drop else agent b", "drop"),
        ('then reply "x" else drop then agent a', "drop"),
        ("then next then agent a", "next"),
        ("then forget then next", "next"),
        ("then agent a then next", "agent a"),
        ('then next else reply "x"', "next"),
        ('then reply "x" else next', "next"),
        ("then next at most 1 per 1m", "next"),
        ('then drop "x" at most 1 per 1m', 'drop "x"'),
        ("then agent a else drop at most 1 per 1m per sender", "drop"),
    ],
)
def test_a_step_in_the_wrong_place_is_an_error_at_it(found: Found, steps: str, place: str) -> None:
    """Any number of ``reply``, ``forget``, ``cancel``, then one ``agent`` or ``next``; or ``drop`` alone."""
    assert ("misplaced-step", place) in found(f"rule r when group {steps}\notherwise drop", severity="error")


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        ('then reply "a" else drop "x" then next', 'drop "x"'),
        ("then agent a then next", "agent a"),
        ("then forget then next", "next"),
    ],
)
def test_a_next_is_not_blamed_for_what_stands_wrongly_before_it(found: Found, steps: str, place: str) -> None:
    """One mistake, one diagnostic."""
    assert found(f"rule r when group {steps}\notherwise drop", severity="error") == [
        ("misplaced-step", place)
    ]


@pytest.mark.parametrize(
    ("declaration", "place"),
    [
        ("otherwise next", "next"),
        ("denied agent a", "agent a"),
        ("denied forget", "forget"),
        ("denied drop at most 1 per 1m", "drop"),
        ("otherwise drop at most 1 per 1m", "drop"),
        ('denied reply "x" else reply "y"', 'reply "y"'),
        ('denied reply "x" then cancel', "cancel"),
    ],
)
def test_otherwise_and_denied_take_fewer_steps(found: Found, declaration: str, place: str) -> None:
    """No ``next`` after the last rule; only ``reply`` and ``drop`` for the refused."""
    assert ("misplaced-step", place) in found(declaration, severity="error")


def test_a_misplaced_step_says_what_may_stand_there(check: Check) -> None:
    """The help line names the order of steps."""
    (only,) = (
        e
        for e in check('rule r when group then drop then reply "x"\notherwise drop').diagnostics
        if e.is_error
    )
    assert only.help is not None
    assert "`agent`" in only.help.render("zh")


@pytest.mark.parametrize(
    ("guard", "name"),
    [
        ("at most 0 per 1m", "wrong-guard"),
        ("at most 99999999999999 per 1m", "wrong-guard"),
        ("at most 1 per 25h", "wrong-guard"),
        ("at most 1 per 2d per sender", "wrong-guard"),
        ("at most 1 per 0s", "wrong-duration"),
        ("at most 1 per 10x", "wrong-duration"),
        ("at most 1.5 per 10m", "malformed-number"),
        ("at most 1 per 1.5h", "wrong-duration"),
        ("at most 1 per 10分钟", "wrong-duration"),
    ],
)
def test_a_guard_that_cannot_be_kept_is_an_error(found: Found, guard: str, name: str) -> None:
    """At least once, in at most a day; one mistake, one diagnostic."""
    (only,) = found(f'rule r when group then reply "x" {guard}\notherwise drop', severity="error")
    assert only[0] == name


def test_a_window_of_a_whole_day_is_allowed(found: Found) -> None:
    """``1d`` and ``24h`` are the longest."""
    assert (
        found(
            'rule r when group then reply "x" at most 1 per 24h then reply "y" at most 1 per 1d\notherwise drop'
        )
        == []
    )


@pytest.mark.parametrize("option", ['with "x"', "timeout 5s", "session per sender", "progress none"])
def test_an_option_twice_is_an_error(found: Found, option: str) -> None:
    """Which of the two counts would be a guess."""
    assert found(f"rule r when group then agent a {option} {option}\notherwise drop") == [
        ("option-twice", option)
    ]


@pytest.mark.parametrize(
    ("second", "has_fix"), [("progress none", False), ("progress reaction", True), ("timeout 5s", True)]
)
def test_an_option_that_says_the_same_again_can_be_left_out(
    check: Callable[..., CheckResult], second: str, has_fix: bool
) -> None:
    """Nothing is lost with it; of two that differ, which one is meant cannot be told."""
    first = "timeout 5s" if second.startswith("timeout") else "progress reaction"
    checked = check(f"rule r when group then agent a {first} {second}\notherwise drop")
    (twice,) = [each for each in checked.diagnostics if each.name == "option-twice"]
    assert (twice.fix() is not None) == has_fix


def test_a_timeout_of_nothing_is_an_error(found: Found) -> None:
    """Durations of steps are above zero."""
    assert found("otherwise agent a timeout 0s") == [("wrong-duration", "timeout 0s")]


def test_an_agent_needs_a_name(found: Found) -> None:
    """An empty one is none."""
    assert found('otherwise agent ""') == [("wrong-value", '""')]


def test_mentions_are_strings_and_lists(found: Found) -> None:
    """An expression names nobody."""
    assert found('otherwise reply "x" mention /u/') == [("wrong-value", "/u/")]


def test_agents_are_those_of_the_configuration(check: Check, found: Found) -> None:
    """Without a configuration nothing is known; with one, an unknown agent is an error that names the known ones."""
    text = "rule r when group then agent helpdsk\notherwise agent general"
    assert found(text) == []
    context = CheckContext(agents=frozenset({"helpdesk", "general"}))
    (unknown,) = (each for each in check(text, context=context).diagnostics if each.is_error)
    assert (unknown.name, unknown.span.text) == ("unconfigured-agent", "helpdsk")
    assert "`helpdesk`" in unknown.message.render("zh")
    assert unknown.help is not None
    assert "general" in unknown.help.render("zh")
