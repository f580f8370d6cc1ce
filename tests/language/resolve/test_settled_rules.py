"""Settled rules: whatever was found before, and whatever is edited, a report says what a check that knows nothing says."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.language import CheckCache, CheckContext, check_rules, located, report_on
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.lints.asked_every_time import asked_every_time
from prx_dingtalk_router.language.resolve import regexes
from prx_dingtalk_router.language.resolve.resolvers import Resolvers
from prx_dingtalk_router.language.resolve.settled_rules import SettledRules
from prx_dingtalk_router.language.resolve.settled_set import SettledSet
from prx_dingtalk_router.templates import analyse_template

CONTEXTS = (
    CheckContext(),
    CheckContext(agents=frozenset({"desk", "hr", "other"}), allowed_users=("u1", "u2"), calendar="CN"),
    CheckContext(zone="UTC", ignored=frozenset({"PRX704"})),
)
TESTS = (
    'text contains "a"',
    'text contains ["a", "ab"]',
    'text contains ["b", w]',
    "text contains w",
    "text is in w",
    'text is "abc"',
    'text starts with "ab"',
    "text matches /x(?P<n>1)|y/",
    "text matches p",
    "type matches p",
    "sender in l",
    'sender is "u1"',
    'not sender is "u2"',
    "sender in w",
    "sender is empty",
    "c",
    "d",
    "not d",
    "group",
    "private",
    "mentioned",
    "during h",
    "during mon-fri 09:00-18:00",
    "10% of senders",
    "100% of messages",
    'type is "picture"',
    'conversation.title contains "a"',
    'sender.name is "王芳"',
    "always",
)
STEPS = (
    "drop",
    "agent desk",
    "agent hr",
    'agent other with "{{ text }}"',
    'agent desk with "{{ quoted }}"',
    "reply t",
    "reply u",
    'reply "{{ match.n }}"',
    'reply "x" mention l',
    'reply "{姓名}" then next',
    'reply "hi" at most 1 per 10m per conversation then drop',
    'agent desk else agent desk else reply "{{ failure }}"',
    "next",
)
DECLARATIONS = (
    'list l = ["u1", "u2"]\n',
    'list l = ["u1", "张 三"]\n',
    'list l = lines "people.txt"\n',
    'list w = ["abc", "b"]\n',
    'list w = ["a", "ab", "ａ"]\n',
    'list w = ["u1"]\n',
    "pattern p = /x(?P<n>1)/\n",
    "pattern p = /报销+/\n",
    "hours h = workdays 09:00-18:00\n",
    "hours h = 2001-01-01 09:00-18:00\n",
    'condition c = text contains "a" or sender in l and group\n',
    "condition c = d and group\n",
    "condition d = private\n",
    'condition d = not text contains "a" or not text contains "b"\n',
    "condition d = text contains w\n",
    'template t = "{{ sender.name }}"\n',
    'template t = "{{ quoted }}{{ match.n }}"\n',
    'template u = "好"\n',
    "otherwise agent desk\n",
    'otherwise reply "?"\n',
    "denied drop\n",
    'test "t" given "a" expect agent desk\n',
    'test "u" given "x1" at "2026-11-30 10:00" expect reply by a\n',
    'test "v" given "ab" expect agent hr by b\n',
    'test "w" given "y" expect drop shadows e\n',
    "# prx: ignore PRX203\n",
    "rule broken whem group then drop\n",
    'use "more.rules"\n',
)
NAMES = ("a", "b", "e", "f", "g", "i")

RULES = st.builds(
    lambda name, shadow, tests, joint, step, comment: (
        f"rule {name}{shadow} when {joint.join(tests)}{comment}\n  then {step}\n"
    ),
    st.sampled_from(NAMES),
    st.sampled_from(["", "", "", " shadow"]),
    st.lists(st.sampled_from(TESTS), min_size=1, max_size=3),
    st.sampled_from([" and ", " and ", " or "]),
    st.sampled_from(STEPS),
    st.sampled_from(["", "", "", "  # prx: ignore PRX301, PRX704"]),
)
PARTS = st.one_of(RULES, RULES, st.sampled_from(DECLARATIONS))
PEOPLE = st.sampled_from(["u1\nu2\n", "u1\n", "u1,张三\nu1\n"])


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, str, CheckContext]]:
    """Texts of a set and of its list, each made of the one before, and what they are checked against."""
    parts = draw(st.lists(PARTS, min_size=3, max_size=12))
    people, context = draw(PEOPLE), draw(st.sampled_from(CONTEXTS))
    steps = [("".join(parts), people, context)]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(parts) - 1)))
        match draw(st.sampled_from(["change", "delete", "insert", "move", "rename", "list", "context"])):
            case "change":
                parts[at : at + 1] = [draw(PARTS)]
            case "delete":
                del parts[at : at + 1]
            case "insert":
                parts.insert(at, draw(PARTS))
            case "move":
                parts.insert(draw(st.integers(0, len(parts))), parts.pop(at)) if parts else None
            case "rename":
                one, other = (
                    draw(st.sampled_from(["l", "w", "c", "desk"])),
                    draw(st.sampled_from(["d", "z", "hr"])),
                )
                parts = [
                    part.replace(f" {one} ", f" {other} ").replace(f" {one}\n", f" {other}\n")
                    for part in parts
                ]
            case "list":
                people = draw(PEOPLE)
            case "context":
                context = draw(st.sampled_from(CONTEXTS))
        steps.append(("".join(parts), people, context))
    return steps


def said(report) -> list[object]:
    """Everything that people are shown of a report."""
    found: list[object] = [report.rule_count]
    for each in report.diagnostics:
        fix = each.fix()
        related = [(str(one.span), one.span.end, str(one.text)) for one in each.related]
        edits = [(str(edit.span), edit.span.end, edit.text) for edit in fix.edits] if fix else None
        found.append(
            (each.code, str(each.span), each.span.end, str(each.message), str(each.help), related, edits)
        )
    return found


@pytest.mark.parametrize("stored", [False, True], ids=["in one process", "stored"])
@settings(max_examples=50)
@given(edits())
def test_what_is_known_changes_nothing_of_what_is_found(stored, steps):
    """Every diagnostic is that of a check that knows nothing, with its place, words, fix and related places."""
    cache = CheckCache()
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[asked_every_time.__module__], "UNNOTICED", 2)
        entry = Path(folder) / "main.rules"
        (Path(folder) / "more.rules").write_text('rule more when text is "more" then drop\n', "utf-8")
        for text, people, context in steps:
            entry.write_text(text, "utf-8")
            (Path(folder) / "people.txt").write_text(people, "utf-8")
            assert said(report_on(entry, context, cache=cache)) == said(check_rules(entry, context))
            if stored:
                kept = cache.dump()
                if kept is not None:
                    cache = CheckCache()
                    cache.load(kept)
            else:
                cache.forget_unused()


SET = (
    'list l = ["u1"]\ncondition c = sender in l\npattern p = /x+/\n'
    + "".join(f'rule r{n} when text is "{n}" then drop\n' for n in range(5))
    + 'rule s when c and text is "s" then agent desk\nrule t when text matches p then agent desk\notherwise drop\n'
)


@pytest.mark.parametrize(
    ("edit", "looked_at"),
    [
        (("", ""), []),
        (('"2"', '"two"'), ["r2"]),
        (("then drop\notherwise", "then drop\n\notherwise"), []),
        (('rule r4 when text is "4" then drop\n', ""), []),
        (('["u1"]', '["u1", "u2"]'), ["s"]),
        (("sender in l", "not sender in l"), ["s"]),
        (("/x+/", "/y+/"), ["t"]),
        (('text is "1"', 'text is "0"'), ["r1"]),
    ],
)
def test_an_edit_looks_at_what_it_touches(tmp_path, monkeypatch, edit, looked_at):
    """The other rules are settled: neither resolved nor linted, wherever they stand now."""
    entry, cache = tmp_path / "main.rules", CheckCache()
    entry.write_text(SET)
    report_on(entry, CheckContext(), cache=cache)
    cache.forget_unused()
    entry.write_text(SET.replace(*edit))
    resolved: list[str] = []
    rule = Resolvers.rule
    monkeypatch.setattr(
        Resolvers, "rule", lambda self, node, home: resolved.append(node.name.value) or rule(self, node, home)
    )
    report_on(entry, CheckContext(), cache=cache)
    assert resolved == looked_at


@pytest.mark.parametrize("context", [CONTEXTS[1], CheckContext(today=date(2030, 1, 1))])
def test_nothing_is_settled_under_another_configuration_or_on_another_day(tmp_path, context):
    """All rules are looked at again; what is settled then holds for that."""
    entry, cache = tmp_path / "main.rules", CheckCache()
    entry.write_text(SET)
    report_on(entry, CheckContext(), cache=cache)
    settled = SettledSet(
        cache.settled, FileSet(entry, Diagnostics()), context, Diagnostics(), analyse_template
    )
    assert len(cache.settled) == 0
    assert not settled.has_recalled


def test_settled_rules_count_towards_the_limits_of_the_set(tmp_path, monkeypatch):
    """An edit that exceeds a limit is reported as by a check from scratch, wherever it is."""
    monkeypatch.setattr(regexes, "MAX_CHARACTERS", 60)
    entry, cache = tmp_path / "main.rules", CheckCache()
    for edited in (None, 0, 4, None):
        entry.write_text(
            "".join(
                f"rule r{n} when text matches /x{n}y{'z' * 50 if n == edited else ''}/ then drop\n"
                for n in range(5)
            )
        )
        assert said(report_on(entry, CheckContext(), cache=cache)) == said(check_rules(entry))


def test_an_order_of_rules_is_part_of_what_is_found(tmp_path):
    """A settled rule that is moved behind one that takes all of its messages is told of."""
    entry, cache = tmp_path / "main.rules", CheckCache()
    narrow = 'rule a when text is "ab" then drop\n'
    wide = 'rule b when text contains "a" then drop\n'
    entry.write_text(narrow + wide + "otherwise drop\n")
    assert report_on(entry, CheckContext(), cache=cache).diagnostics == ()
    cache.forget_unused()
    entry.write_text(wide + narrow + "otherwise drop\n")
    (found,) = report_on(entry, CheckContext(), cache=cache).diagnostics
    assert found.name == "covered-rule"


@pytest.mark.parametrize("broken", [b"", b"\xc1", b"\x93\x01\x02\x03", b"\x93\xc4\x00\x90\x81\x09\x90"])
def test_what_has_another_form_is_not_loaded(broken):
    """Whatever it is, nothing of it is believed."""
    settled = SettledRules()
    settled.load(broken, [])
    assert (len(settled), settled.facts) == (0, ())


def test_what_a_settled_rule_makes_of_a_list_is_found_again(tmp_path):
    """A list is warned of because a rule looks for it in texts, though nothing is wrong with the rule."""
    entry, cache = tmp_path / "main.rules", CheckCache()
    rules = 'list w = ["a", "ab"]\nrule a when text contains w then drop\n'
    for rest in ("otherwise drop\n", 'otherwise reply "好"\n'):
        entry.write_text(rules + rest)
        found = report_on(entry, CheckContext(), cache=cache).diagnostics
        assert [(each.name, located(each.span).text) for each in found] == [("contained-literal", '"ab"')]
        assert len(cache.settled) == 1
        cache.forget_unused()
