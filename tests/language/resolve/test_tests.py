"""Test blocks: their messages, expectations and names (language.md section 9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from prx_dingtalk_router.decision.model import Mention
from prx_dingtalk_router.language import CheckContext, RuleSet
from prx_dingtalk_router.language.ruleset import Case
from prx_dingtalk_router.language.syntax.keywords import WORDS_WITHIN_TESTS

Found = Callable[..., list[tuple[str, str]]]
Rules = Callable[..., RuleSet]

SET = 'rule r when group then agent helpdesk\nrule s shadow when admin then drop\notherwise reply "x"\n'


def case(rules: Rules, written: str, context: CheckContext | None = None) -> Case:
    """The one case of a test."""
    ((only,),) = (test.cases for test in rules(f'{SET}test "t" {written}', context=context).tests)
    return only


def test_defaults_of_a_message(rules: Rules) -> None:
    """Private, text, ``test-user``, on a Wednesday morning; that no time is given is remembered."""
    only = case(rules, 'given "hi" expect reply')
    given = only.given
    assert (given.text, given.sender, given.external, given.group, given.type) == (
        "hi",
        "test-user",
        False,
        False,
        "text",
    )
    assert given.at == datetime(2026, 1, 7, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert (only.timed, given.pictured, given.mentioned, given.admin) == (False, False, False, False)


def test_every_option_arrives(rules: Rules) -> None:
    """In any order."""
    only = case(
        rules,
        'given "hi" file "f.txt" corp "c" robot "rb" conversation "cid" quoting "q" admin at "2026-11-20 20:30" '
        'type "file" named "小林" in group "运维" from "u1" expect agent helpdesk',
    )
    given = only.given
    assert (given.file, given.corp, given.robot, given.conversation) == ("f.txt", "c", "rb", "cid")
    assert (given.quoted, given.admin, given.type, given.nick) == ("q", True, "file", "小林")
    assert (given.group, given.title, given.sender, only.timed) == (True, "运维", "u1", True)
    assert given.at == datetime(2026, 11, 20, 20, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_group_implies_a_mention(rules: Rules) -> None:
    """Only mentioned messages arrive from groups."""
    assert case(rules, 'given "x" in group expect agent helpdesk').given.mentioned
    assert not case(rules, 'given "x" in group not mentioned expect agent helpdesk').given.mentioned
    assert not case(rules, 'given "x" in private expect reply').given.mentioned


@pytest.mark.parametrize(
    ("written", "type_"),
    [
        ('"看图" pictured', "richText"),
        ('"" pictured', "picture"),
        ('" " pictured', "picture"),
        ('"x" pictured type "text"', "text"),
        ('"" type "picture"', "picture"),
    ],
)
def test_a_picture_has_the_type_that_dingtalk_gives_it(rules: Rules, written: str, type_: str) -> None:
    """Unless the test says another; a ``picture`` is pictured by itself."""
    given = case(rules, f"given {written} expect reply").given
    assert given.type == type_
    assert given.message().pictures == 1


def test_an_external_sender_has_no_staff_id(rules: Rules) -> None:
    """``external`` means an empty sender."""
    given = case(rules, 'given "x" external expect reply').given
    assert (given.sender, given.external) == ("", True)


def test_times_are_of_the_configured_zone(rules: Rules) -> None:
    """The wall clock that operators think in."""
    given = case(rules, 'given "x" at "2026-01-07 10:00" expect reply', CheckContext(zone="UTC")).given
    assert given.at == datetime(2026, 1, 7, 10, 0, tzinfo=ZoneInfo("UTC"))


def test_expectations_arrive_in_order(rules: Rules) -> None:
    """Outcome, value, rule and shadows of each."""
    expects = case(
        rules, 'given "x" expect reply "x" by default expect agent helpdesk by r shadow s expect drop'
    ).expects
    assert [(e.outcome, e.value, e.by, e.by_default, e.shadows) for e in expects] == [
        ("reply", "x", None, True, ()),
        ("agent", "helpdesk", "r", False, ("s",)),
        ("drop", None, None, False, ()),
    ]


def test_what_steps_do_can_be_expected(rules: Rules) -> None:
    """What an agent is told, whom a reply mentions, and what is done where a step is not; in any order."""
    only = case(
        rules,
        'given "x" again 3 times expect agent helpdesk by r told "hi" else reply "later" mention none failure "超时" '
        'expect reply mention sender by default expect reply mention ["u1", "u2"] expect reply mention',
    )
    agent, *replies = only.expects
    assert only.again == 3
    assert (agent.told, agent.mention, agent.by) == ("hi", None, "r")
    (instead,) = agent.alternatives
    assert (instead.outcome, instead.value, instead.failure) == ("reply", "later", "超时")
    assert instead.mention == Mention(sender=False)
    assert [each.mention for each in replies] == [
        Mention(),
        Mention(sender=False, staff_ids=("u1", "u2")),
        Mention(),
    ]


def test_a_list_can_be_mentioned(rules: Rules) -> None:
    """By its name, which is then used."""
    checked = rules(
        'list staff = ["u1"]\notherwise reply "x" mention staff\n'
        'test "t" given "x" in group expect reply mention staff'
    )
    (expect,) = checked.tests[0].cases[0].expects
    assert expect.mention == Mention(sender=False, staff_ids=("u1",))


@pytest.mark.parametrize(("written", "again"), [("", 0), ("again", 1), ("again 1000 times", 1000)])
def test_a_message_comes_again(rules: Rules, written: str, again: int) -> None:
    """So many times after the first; ``again`` alone is once."""
    assert case(rules, f'given "x" {written} expect reply').again == again


@pytest.mark.parametrize("word", sorted(WORDS_WITHIN_TESTS))
def test_words_of_tests_are_names_where_a_test_has_names(rules: Rules, word: str) -> None:
    """A list, a rule and an agent may be called so, in tests too."""
    checked = rules(
        f'list {word} = ["u1"]\nrule {word} when group then reply "x" mention {word} then agent {word}\n'
        f"otherwise drop\n"
        f'test "t" given "x" in group expect reply mention {word} by {word} expect agent {word} by {word}'
    )
    assert [each.by for each in checked.tests[0].cases[0].expects] == [word, word]


@pytest.mark.parametrize(
    ("written", "name", "place"),
    [
        ('given "x" again 0 times expect drop', "wrong-test", "again 0 times"),
        ('given "x" again 1001 times expect drop', "wrong-test", "again 1001 times"),
        (f'given "x" again {"9" * 40} times expect drop', "wrong-test", f"again {'9' * 40} times"),
        ('given "x" again again 2 times expect drop', "option-twice", "again 2 times"),
        ('given "x" expect reply told "x"', "wrong-test", 'told "x"'),
        ('given "x" expect agent helpdesk mention sender', "wrong-test", "mention sender"),
        ('given "x" expect agent helpdesk told "x" told "y"', "option-twice", 'told "y"'),
        ('given "x" expect agent helpdesk by r by default', "option-twice", "by default"),
        ('given "x" expect drop else reply "x"', "wrong-test", 'else reply "x"'),
        ('given "x" expect agent helpdesk else next', "wrong-test", "next"),
        ('given "x" expect agent helpdesk else agent helpdsk', "unexpected-agent", "helpdsk"),
        ('given "x" expect agent helpdesk else reply failure "too slow"', "wrong-test", '"too slow"'),
        ('given "x" expect reply mention nobody', "undeclared-name", "nobody"),
        ('given "x" expect reply mention []', "empty-list", "[]"),
        ('given "x" expect drop by nobody', "undeclared-name", "nobody"),
        ('given "x" expect drop shadow nobody', "undeclared-name", "nobody"),
        ('given "x" expect agent helpdsk', "unexpected-agent", "helpdsk"),
        ('given "x" at "tomorrow" expect drop', "wrong-test", 'at "tomorrow"'),
        ('given "x" at "2026-02-30 10:00" expect drop', "wrong-test", 'at "2026-02-30 10:00"'),
        ('given "x" expect refused', "wrong-test", "expect refused"),
        ('given "x" admin admin expect drop', "option-twice", "admin"),
        ('given "x" in group in private expect drop', "option-twice", "in private"),
        ('given "x" from "u" external expect drop', "option-twice", "external"),
    ],
)
def test_what_cannot_be_in_a_test_is_an_error(found: Found, written: str, name: str, place: str) -> None:
    """Names that are not declared, times that are none, options against each other."""
    assert found(f'{SET}test "t" {written}', severity="error") == [(name, place)]
