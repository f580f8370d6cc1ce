"""Running ``test`` blocks (language.md section 9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import Language, use_language
from prx_dingtalk_router.matching import Baseline, Coverage, run_tests

RULES = """language 1
hours office = mon-fri 09:00-18:00
rule warn when text matches /(?P<n>\\d{3})/ then reply "n={{ match.n }}" then next
rule trial shadow when text contains "vpn" then agent next
rule fresh when text is "/new" then forget then cancel then reply "ok"
rule vpn when text contains "vpn" then reply "hi {{ sender.name }}" then agent helpdesk else agent general
rule night when private and not during office then reply "closed"
rule ads when text contains "广告" then drop "ads"
rule duty when text is "故障" then reply "@" mention ["u1", "u2"] then agent duty with "{{ sender.name }}: {{ text }}"
rule asked when text is "问" then reply "等" mention at most 1 per 10m per sender then agent hr at most 2 per 1m else agent general else reply "{{ failure }}"
rule quote when text is "引" then agent reader with "{{ quoted }}" else reply "{% if failure == '空消息' %}空{% else %}忙{% endif %}"
rule echo when text is "回" then reply "{{ quoted }}" then agent reader with "{{ quoted }}"
otherwise agent general
"""


@pytest.fixture
def ran(router: Callable[..., Any]) -> Callable[..., Any]:
    """The results of the cases written after RULES; ``baseline`` as of a configuration."""

    def run(cases: str, baseline: Baseline | None = None) -> Any:
        text = RULES.replace("agent next\n", 'agent "next"\n')
        return run_tests(router(f'{text}\ntest "t"\n{cases}'), baseline=baseline)

    return run


@pytest.mark.parametrize(
    "case",
    [
        'given "vpn" expect agent helpdesk by vpn',
        'given "vpn" named "Lin" expect reply "hi Lin" by vpn expect agent helpdesk by vpn shadow trial',
        'given "广告" expect drop "ads" by ads',
        'given "广告" expect drop',
        'given "hello" expect agent general by default',
        'given "a 123" expect reply "n=123" by warn expect next by warn expect agent general by default',
        'given "/new" expect forget expect cancel expect reply "ok" by fresh',
        'given "hello" at "2026-01-10 10:00" expect reply "closed" by night',
        'given "hello" in group at "2026-01-10 10:00" expect agent general',
        'given "故障" named "小林" in group expect reply mention ["u2", "u1"] expect agent duty told "小林: 故障" by duty',
        'given "故障" named "小林" expect reply "@" mention none by duty',
        'given "问" in group expect reply mention sender expect agent hr else agent general else reply',
        'given "问" in group external expect reply mention none',
        'given "问" expect agent hr else reply "超时" failure "超时"',
        'given "问" expect agent hr else agent general told "问" else reply "busy" failure "busy"',
        'given "问" again expect agent hr',
        'given "问" again 2 times expect agent general by asked else reply',
        'given "引" expect reply "空" by quote',
        'given "引" quoting "x" expect agent reader told "x" else reply "空" failure "empty message"',
        'given "引" quoting "x" expect agent reader else reply "忙" failure "timed out"',
        'given "回" quoting "x" expect reply "x" expect agent reader',
        'given "" pictured expect drop "empty message" by default',
    ],
)
def test_what_happens_can_be_expected(ran: Callable[..., Any], case: str) -> None:
    """Each kind of outcome is found among what happens, with its rule."""
    (result,) = ran(case)
    assert [str(each) for each in result.problems] == []


@pytest.mark.parametrize(
    "case",
    [
        'given "vpn" expect agent general',
        'given "vpn" expect agent helpdesk by default',
        'given "vpn" expect agent helpdesk expect reply',
        'given "vpn" expect reply expect reply',
        'given "/new" expect cancel expect forget',
        'given "a 123" expect reply "n=123" by warn expect reply by warn',
        'given "vpn" expect reply "hi"',
        'given "hello" expect drop',
        'given "hello" expect agent general shadow trial',
        'given "hello" expect next',
        'given "hello" from "u1" expect refused',
        'given "故障" named "小林" in group expect reply mention "u1"',
        'given "故障" named "小林" in group expect reply mention sender',
        'given "故障" named "小林" expect reply mention ["u1", "u2"]',
        'given "故障" expect agent duty told "故障"',
        'given "问" external in group expect reply mention sender',
        'given "问" again 2 times expect agent hr',
        'given "问" again 2 times expect reply "等"',
        'given "问" expect agent general',
        'given "问" expect agent hr else reply else agent general',
        'given "问" expect agent hr else reply "x"',
        'given "问" expect agent hr else drop',
        'given "问" expect reply else reply',
        'given "引" expect agent reader',
        'given "引" quoting "x" expect agent reader else reply "空" failure "timed out"',
        'given "" pictured expect agent general',
    ],
)
def test_what_does_not_happen_fails(ran: Callable[..., Any], case: str) -> None:
    """A wrong outcome, a wrong rule, a wrong order, a wrong text, and a refusal without a configuration."""
    (result,) = ran(case)
    assert not result.passed


def test_each_case_is_a_message_of_its_own(router: Callable[..., Any]) -> None:
    """``of messages`` does not say the same to all cases of a test, nor to the first cases of all tests."""
    rules = "rule r when 50% of messages then drop\notherwise drop\n"
    cases = 'given "x" expect drop ' * 40
    tests = "".join(f'test "t{n}" given "x" expect drop\n' for n in range(40))
    for written in (f'test "t"\n{cases}', tests):
        reached = [result.reached for result in run_tests(router(rules + written))]
        assert {frozenset({"r"}), frozenset({"otherwise"})} == set(reached)


def test_a_refusal_is_the_baselines(ran: Callable[..., Any]) -> None:
    """``expect refused`` asks the configuration; all else is as if everybody were admitted."""
    baseline = Baseline(allowed_users=frozenset({"u1"}))
    cases = 'given "vpn" from "u2" expect refused given "vpn" from "u1" expect refused given "vpn" from "u2" expect agent helpdesk'
    assert [result.passed for result in ran(cases, baseline)] == [True, False, True]


def test_a_deciding_time_that_is_not_given_is_hinted_at(ran: Callable[..., Any]) -> None:
    """Where ``during`` decides and no ``at`` is given there is a hint; not where it does not decide."""
    decided, given, indifferent = ran(
        'given "hello" expect agent general '
        'given "hello" at "2026-01-07 11:00" expect agent general '
        'given "vpn" expect agent helpdesk'
    )
    assert decided.hints
    assert not given.hints
    assert not indifferent.hints


def test_reached_rules_are_told(ran: Callable[..., Any]) -> None:
    """A case reaches the rules that hold, shadows and passers-on included."""
    (result,) = ran('given "vpn 123" expect agent helpdesk')
    assert result.reached == {"warn", "trial", "vpn"}


@pytest.mark.parametrize(
    ("case", "problems"),
    [
        ('given "回" expect drop "empty message" by echo', ["`reply` of `echo` cannot be done"]),
        ('given "回" quoting "x" expect reply "x"', []),
        ('given "引" expect reply', []),
        ('given "引" from "u1" expect refused', []),
    ],
)
def test_a_step_that_cannot_be_done_fails_its_test(
    ran: Callable[..., Any], case: str, problems: list[str]
) -> None:
    """Unless what is done in its place is expected; where a refusal is, nothing is done at all."""
    (result,) = ran(case, Baseline(allowed_users=frozenset({"u2"})))
    assert [
        str(each)[: len(problem)] for each, problem in zip(result.problems, problems, strict=True)
    ] == problems


def test_a_difference_has_both_sides(ran: Callable[..., Any]) -> None:
    """In the words of ``expect``; what was captured is told as well."""
    (result,) = ran('given "a 123" expect reply "n=12" by warn expect agent general')
    (problem,) = result.problems
    assert problem.expected == 'reply "n=12" by warn'
    assert problem.happened == ('reply "n=123" by warn', "next by warn", "agent general by default")


def test_the_cases_of_a_test_do_not_fill_each_others_guards(ran: Callable[..., Any]) -> None:
    """Each case begins anew."""
    assert all(result.passed for result in ran('given "问" expect reply "等" by asked ' * 3))


def test_a_recorder_changes_nothing(router: Callable[..., Any]) -> None:
    """With or without one, that is with or without the index, cases go the same way."""
    text = RULES.replace("agent next\n", 'agent "next"\n') + (
        'test "t" given "vpn 123" expect agent helpdesk given "问" again 2 times expect agent hr given "广告" expect reply'
    )
    built = router(text)
    assert run_tests(built) == run_tests(built, recorder=Coverage(built.rules))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("said", ["请求太频繁，请稍后再试", "too many requests, please try again later"])
def test_a_failure_is_expected_in_either_language(
    router: Callable[..., Any], language: Language, said: str
) -> None:
    """A test does not fail because the router, or whoever runs the tests, speaks another one."""
    rules = 'rule r when private then agent hr at most 1 per 1m else reply "{{ failure }}"\notherwise drop\n'
    use_language(language)
    try:
        (result,) = run_tests(router(f'{rules}test "t" given "x" again expect reply "{said}" by r\n'))
    finally:
        use_language("en")
    assert result.passed


def test_what_is_not_done_is_told_in_words(ran: Callable[..., Any]) -> None:
    """Among what happens instead."""
    (result,) = ran('given "问" again 2 times expect agent hr')
    assert result.problems[0].happened == (
        "(a step of asked is not done: limited)",
        "agent general by asked",
    )
