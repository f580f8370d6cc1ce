"""Every form of language.md is accepted, and means what the reference says (sections 2 to 9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.decision.model import Mention
from prx_dingtalk_router.language import CheckContext, CheckResult, RuleSet
from prx_dingtalk_router.language.ruleset import Agent, Drop, Forget, Reply
from prx_dingtalk_router.message import FIELDS, Field

Rules = Callable[..., RuleSet]
Check = Callable[..., CheckResult]

FILES = {
    "people.rules": 'list it-staff = ["ops-007"]\n',
    "vip.txt": "# vip\nu1\n\n  u2  \r\n",
    "welcome.md.j2": "# hi {{ sender.name }}\n",
}
NAMES = r"""
use "people.rules"
list ads = ["代开发票", "刷单兼职",]
list both = [ads, "x"]
list vip = lines "vip.txt"
pattern ticket = /(?P<ticket>[A-Z]{2,5}-\d+)/
pattern slash = /a\/b/i
hours office = workdays 09:00-12:00 13:30-18:00 calendar "CN" in "Asia/Shanghai"
hours night = daily 22:00-06:00
condition staff = sender in it-staff
template busy = "{{ sender.name }}，已收到"
template long = \"\"\"
  two
  lines
  \"\"\"
template welcome = file "welcome.md.j2"
""".replace('\\"', '"')

CONDITIONS = [
    "always",
    *("private", "group", "pictured", "mentioned", "admin", "external"),
    'text is "x"',
    'text is not "x"',
    'text is in ["x", "y"]',
    "text is in ads",
    "text in ads",
    "text not in ads",
    "text is not in ads",
    "text is empty",
    "text is not empty",
    "sender is empty",
    'text contains "x"',
    "text contains ads",
    'text contains ["x", ads]',
    'text contains all ["x", "y"]',
    'text contains all "x"',
    'text contains word "hr"',
    "text contains word both",
    'text starts with "x"',
    'text starts with word "/new"',
    'text ends with ["x", "y"]',
    "text matches /x/",
    "text matches ticket",
    "text matches [/x/, ticket, slash]",
    'text not contains "x"',
    'text not contains all ["x", "y"]',
    'text not contains word "x"',
    'text not starts with "x"',
    'text not starts with word "x"',
    'text not ends with "x"',
    "text not matches /x/i",
    *(
        f'{field} contains "x"'
        for field in "text quoted sender.name conversation.title file.name sender conversation robot corp type".split()
    ),
    "sender matches /^ops-/",
    "sender in vip",
    "during office",
    "during mon-fri 09:00-18:00",
    "during sat sun",
    "during 2027-02-05..2027-02-12 10:00-12:00 14:00-24:00",
    "during 2027-02-05",
    "10% of senders",
    "0.25% of conversations",
    "100% of messages",
    "staff",
    "not staff",
    "not not private",
    "private and not during night or admin",
    "(private or group) and (text is empty)",
    "not (private and admin)",
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_form_of_a_condition_is_accepted(rules: Rules, condition: str) -> None:
    """Each test of section 5, with each kind of value."""
    checked = rules(f"{NAMES}\nrule r when {condition} then drop\notherwise drop", FILES)
    assert [rule.name for rule in checked.rules] == ["r"]


STEPS = [
    "agent a",
    'agent "test"',
    'agent 客服 with "x" timeout 120s session per sender',
    "agent a session per conversation timeout 500ms with busy",
    'agent a with """\nlook: {{ text }}\n"""',
    "agent a session per message",
    "agent a at most 5 per 1m per sender",
    'reply "x"',
    "reply busy",
    'reply """x"""',
    "reply markdown welcome",
    'reply "x" mention',
    'reply "x" mention "u1"',
    'reply "x" mention ["u1", vip]',
    'reply markdown "x" mention vip at most 1 per 24h per conversation',
    'reply "x" at most 3 per 1d',
    "forget",
    "cancel",
    "next",
    "drop",
    'drop "ads"',
    'reply "a" then next',
    'reply "a" then reply "b" then forget then cancel then agent a',
    'agent a else agent b else reply "sorry {{ failure }}"',
    'agent a else drop "limited"',
    'reply "a" else reply "b" then agent a else drop',
]


@pytest.mark.parametrize("steps", STEPS)
def test_every_form_of_a_step_is_accepted(rules: Rules, steps: str) -> None:
    """Each step of section 7 with its options, guards and chains."""
    checked = rules(f"{NAMES}\nrule r when group then {steps}\notherwise drop", FILES)
    assert checked.rules[0].chains


DECLARATIONS = [
    "language 1\notherwise drop",
    'rule r "what it is for" when always then drop',
    "rule r shadow when always then drop",
    'rule r "what" shadow when always then drop',
    "otherwise agent general",
    'otherwise agent general else reply "x"',
    'otherwise reply "x" then forget then agent general else agent other else drop',
    'denied reply "no" otherwise drop',
    'denied drop "no" otherwise drop',
    'denied reply "no" then reply markdown "ask IT" at most 1 per 1h otherwise drop',
    'hours h = mon wed fri 09:00-12:00 13:30-18:00, sat 10:00-12:00 in "Europe/Berlin"\nrule r when during h then drop',
    'hours h = holidays calendar "DE"\nrule r when during h then drop',
    "hours h = fri-mon, 2027-02-05 2027-02-08..2027-02-12\nrule r when during h then drop",
    'list a = [b]\nlist b = ["x"]\nrule r when text in a then drop',
]


@pytest.mark.parametrize("declaration", DECLARATIONS)
def test_every_form_of_a_declaration_is_accepted(rules: Rules, declaration: str) -> None:
    """Each row of the table of section 3."""
    assert rules(declaration).fingerprint.startswith("sha256:")


TESTS = [
    'given "x" expect drop',
    'given """\nx\n""" expect drop "ads"',
    'given "x" from "u1" in group expect agent a by r',
    'given "x" in group "IT 群" mentioned admin expect reply by default',
    'given "x" in group not mentioned expect reply by default',
    'given "x" pictured type "picture" expect reply by r',
    'given "x" in private named "小林" external expect next',
    'given "x" type "richText" at "2026-11-20 20:30" expect forget',
    'given "x" quoting "old" conversation "cid" robot "r" corp "c" file "报表.xlsx" expect cancel shadow r',
    'given "x" from "u1" expect refused',
    'given "x" expect reply "exact" expect agent "a" given "y" expect drop by r shadow r',
    'given "x" expect reply """exact"""',
]


@pytest.mark.parametrize("case", TESTS)
def test_every_form_of_a_test_is_accepted(rules: Rules, case: str) -> None:
    """Each option and outcome of section 9."""
    checked = rules(f'rule r when group then agent a\notherwise drop\ntest "t" {case}')
    assert checked.tests[0].cases


def test_layout_means_nothing(rules: Rules) -> None:
    """One line, many lines, carriage returns and comments between any two words: the same rules."""
    words = [
        "rule",
        "r",
        "when",
        "group",
        "and",
        "text",
        "contains",
        '"x"',
        "then",
        "agent",
        "a",
        "at",
        "most",
        "1",
        "per",
        "1m",
    ]
    for joint in (" ", "\n", "\r\n\t", ' # note "quoted" /x/\n'):
        checked = rules(joint.join(words) + "\notherwise drop")
        assert [type(part).__name__ for part in checked.rules[0].condition.parts] == ["FlagIsSet", "Compare"]  # type: ignore[union-attr]


def test_not_binds_before_and_before_or(rules: Rules) -> None:
    """``a or not b and c`` is ``a or ((not b) and c)``."""
    checked = rules("rule r when private or not admin and mentioned then drop\notherwise drop")
    outer = checked.rules[0].condition
    assert type(outer).__name__ == "Or"
    assert [type(part).__name__ for part in outer.parts] == ["FlagIsSet", "And"]  # type: ignore[union-attr]
    assert [type(part).__name__ for part in outer.parts[1].parts] == ["Not", "FlagIsSet"]  # type: ignore[union-attr]


def test_files_are_used_at_their_place_in_the_rule_order(rules: Rules) -> None:
    """Rules of a used file stand where the ``use`` stands."""
    checked = rules(
        'rule a when private then drop\nuse "sub/b.rules"\nrule c when admin then drop\notherwise drop',
        {
            "sub/b.rules": 'use "deep/x.rules"\nrule b when group then drop',
            "sub/deep/x.rules": "rule x when mentioned then drop",
        },
    )
    assert [rule.name for rule in checked.rules] == ["a", "x", "b", "c"]


def test_steps_are_read_whole(rules: Rules) -> None:
    """Options, guards and chains arrive in the checked rules."""
    checked = rules(
        'rule r when group then reply "a" mention then forget '
        'then agent h with "t" timeout 2m session per message at most 5 per 90s per conversation else drop "limited"\n'
        "otherwise drop"
    )
    reply, forget, (agent, drop) = checked.rules[0].chains
    assert isinstance(reply[0].step, Reply)
    assert reply[0].step.mention == Mention()
    assert isinstance(forget[0].step, Forget)
    assert isinstance(agent.step, Agent)
    assert (agent.step.agent, agent.step.timeout, agent.step.session) == ("h", 120.0, "message")
    assert agent.guard is not None
    assert (agent.guard.count, agent.guard.per, agent.guard.scope) == (5, 90.0, "conversation")
    assert isinstance(drop.step, Drop)
    assert drop.step.reason == "limited"


@pytest.mark.parametrize("mode", ["queue", "replace", "merge"])
def test_while_busy_is_read(rules: Rules, mode: str) -> None:
    """The option says what becomes of a message whose session is busy, wherever it stands among the others."""
    checked = rules(
        f"rule r when group then agent h while busy {mode} timeout 5s at most 1 per 1m\notherwise drop"
    )
    agent = checked.rules[0].chains[0][0].step
    assert isinstance(agent, Agent)
    assert (agent.while_busy, agent.busy_reply, agent.timeout) == (mode, None, 5.0)


def test_while_busy_reply_is_read_as_a_reply(rules: Rules) -> None:
    """With its own form and mention; the options after it are the agent's, and so is the guard."""
    checked = rules(
        'rule r when group then agent h while busy reply markdown "{{ failure }}" mention timeout 5s '
        "at most 2 per 1m\notherwise drop"
    )
    (entry,) = checked.rules[0].chains[0]
    assert isinstance(entry.step, Agent)
    assert entry.step.busy_reply is not None
    assert (entry.step.while_busy, entry.step.timeout) == ("reply", 5.0)
    assert (entry.step.busy_reply.markdown, entry.step.busy_reply.mention) == (True, Mention())
    assert entry.guard is not None
    assert entry.guard.count == 2


@pytest.mark.parametrize(
    ("written", "diagnostic"),
    [
        ("while queue", "missing-word"),
        ("busy queue", "missing-word"),
        ('while busy "one moment"', "missing-word"),
        ("while busy", "unfinished"),
        ("while busy drop", "unexpected"),
        ("while busy 合并", "unexpected"),
        ("while busy repalce", "unexpected"),
        ("while busy queue while busy merge", "option-twice"),
    ],
)
def test_a_wrong_while_busy_is_named(
    found: Callable[..., list[tuple[str, str]]], written: str, diagnostic: str
) -> None:
    """Each wrong form gets one error."""
    assert [
        name
        for name, _ in found(f"rule r when group then agent h {written}\notherwise drop", severity="error")
    ] == [diagnostic]


@pytest.mark.parametrize("options", ["progress {} timeout 5s", "timeout 5s progress {}"])
@pytest.mark.parametrize("value", ["reaction", "none"])
def test_progress_is_read(rules: Rules, options: str, value: str) -> None:
    """The option says what the sender sees, wherever it stands among the others; without it the configuration says."""
    checked = rules(f"rule r when group then agent h {options.format(value)} else agent h\notherwise drop")
    agents = [entry.step for entry in checked.rules[0].chains[0]]
    assert [agent.progress for agent in agents if isinstance(agent, Agent)] == [value, None]


@pytest.mark.parametrize(
    ("written", "diagnostic"),
    [
        ("agent h progress", "unfinished"),
        ("agent h progress reacton", "unexpected"),
        ('agent h progress "reaction"', "unexpected"),
        ("agent h progress timeout 5s", "unexpected"),
        ("agent h reaction", "missing-word"),
        ("agent h progress none progress reaction", "option-twice"),
        ("agent h at most 1 per 1m progress reaction", "misplaced-option"),
        ('reply "x" progress reaction', "misplaced-option"),
        ("forget progress none", "misplaced-option"),
        ("progress reaction agent h", "misplaced-option"),
    ],
)
def test_a_wrong_progress_is_named(
    found: Callable[..., list[tuple[str, str]]], written: str, diagnostic: str
) -> None:
    """Each wrong form gets one error."""
    rules = f"rule r when group then {written}\notherwise drop"
    assert [name for name, _ in found(rules, severity="error")] == [diagnostic]


def test_the_configured_zone_and_calendar_are_the_defaults(rules: Rules) -> None:
    """Without ``calendar`` and ``in`` the configuration decides."""
    context = CheckContext(zone="Europe/Berlin", calendar="DE")
    checked = rules("rule r when during workdays 09:00-17:00 then drop\notherwise drop", context=context)
    hours = checked.rules[0].condition.hours  # type: ignore[union-attr]
    assert (hours.zone.key, hours.calendar, checked.zone) == ("Europe/Berlin", "DE", "Europe/Berlin")


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.name)
def test_every_field_of_the_table_is_one_of_the_language(rules: Rules, check: Check, field: Field) -> None:
    """A line of the table is all that a field needs: it can be asked about, and its word names nothing else."""
    asked = field.name if field.kind == "flag" else f'{field.name} is "x"'
    (rule,) = rules(f"rule r when {asked} then drop\notherwise drop").rules
    assert rule.condition.field == field  # type: ignore[union-attr]
    if "." not in field.name:
        result = check(f"list {field.name} = []\notherwise drop")
        assert "keyword-as-name" in {each.name for each in result.diagnostics}
    if field.kind != "flag":
        (mistake, *_) = check('rule r when frobnicate is "x" then drop\notherwise drop').diagnostics
        assert f"`{field.name}`" in mistake.help.render("en")
