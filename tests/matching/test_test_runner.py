"""Running ``test`` blocks (language.md section 9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.matching import Baseline, run_tests

RULES = """language 1
hours office = mon-fri 09:00-18:00
rule warn when text matches /(?P<n>\\d{3})/ then reply "n={{ match.n }}" then next
rule trial shadow when text contains "vpn" then agent next
rule fresh when text is "/new" then forget then cancel then reply "ok"
rule vpn when text contains "vpn" then reply "hi {{ sender.name }}" then agent helpdesk else agent general
rule night when private and not during office then reply "closed"
rule ads when text contains "广告" then drop "ads"
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
