"""Tests that are suggested for what no test reaches: pasted into the rules they parse, are in order, and pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from prx_dingtalk_router.language import CheckContext, check_rules
from prx_dingtalk_router.language.formatting import format_rules
from prx_dingtalk_router.matching import Baseline, Coverage, Router, run_tests, suggest_tests

TESTS = [
    *("private", "group", "admin", "mentioned", "pictured", "external", "always"),
    *(
        'text is "停止"',
        "text in words",
        'text contains "vpn"',
        "text contains words",
        "text contains all words",
    ),
    *('text starts with "/"', 'text ends with "吗"', 'text contains word "hr"', "text is empty"),
    *(
        "text matches /OPS-\\d+/",
        "text matches ticket",
        "text matches /^(查|看)[一-龥]{2}$/",
        "text matches /[^a-z]{3,}x?/",
    ),
    *('sender is "u1001"', "sender in people", 'sender.name contains "林"', 'conversation is "cidA"'),
    *(
        'conversation.title contains "运维"',
        'file.name ends with ".pdf"',
        'type is "file"',
        'type is "audio"',
    ),
    *('quoted contains "单"', "quoted is empty", 'robot is "r1"', 'corp is "c1"'),
    *("during office", "10% of senders", "30% of conversations", "50% of messages", "busy", "nobody"),
]
STEPS = [
    "agent hr",
    'agent "help desk" with "{{ text }}" else reply "x"',
    'reply "好，{{ sender.name }}" mention',
    'reply "a" at most 1 per 1m then agent hr',
    'reply "a" then next',
    'drop "广告\\n"',
    "forget then cancel",
    'reply "{{ quoted }}"',
]
DECLARED = """list words = ["发票", "a b", "重置 VPN", "报销"]
list people = ["u1", "u2"]
pattern ticket = /(?P<kind>[A-Z]{2})-(?P<number>\\d{3})/
hours office = mon-fri 09:00-18:00
condition busy = group and (text contains "忙" or not during office)
condition nobody = sender is empty and not busy
"""


def conditions() -> st.SearchStrategy[str]:
    """Conditions of a few tests, written."""
    return st.recursive(
        st.sampled_from(TESTS),
        lambda inner: st.one_of(
            inner.map(lambda each: f"not ({each})"),
            st.lists(inner, min_size=2, max_size=3).map(lambda some: f"({' and '.join(some)})"),
            st.lists(inner, min_size=2, max_size=3).map(lambda some: f"({' or '.join(some)})"),
        ),
        max_leaves=4,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for sets."""
    return tmp_path_factory.mktemp("suggested")


def loaded(folder: Path, text: str) -> Router:
    """The router of a set that has no errors."""
    (folder / "main.rules").write_text(text, encoding="utf-8")
    result = check_rules(folder, CheckContext(), lints=False)
    assert result.rules is not None, [str(each.message) for each in result.diagnostics if each.is_error]
    return Router(result.rules, Baseline())


def suggested(router: Router) -> tuple[list[str], Coverage]:
    """What is suggested for a set, and what its own tests reach."""
    coverage = Coverage(router.rules)
    run_tests(router, recorder=coverage)
    return [format_rules(each, cell_len) for each in suggest_tests(router, coverage)], coverage


@settings(max_examples=50)
@given(
    st.lists(st.tuples(conditions(), st.sampled_from(STEPS), st.booleans()), min_size=1, max_size=5),
    st.sampled_from(["", "otherwise agent general\n", 'otherwise reply "?"\n']),
)
def test_what_is_suggested_passes(folder: Path, rules: list[tuple[str, str, bool]], otherwise: str) -> None:
    """In its layout nothing is left for ``fmt``; each test reaches something that was not reached before it."""
    text = DECLARED + "".join(
        f"rule r{number}{' shadow' if shadow else ''} when {condition} then {steps}\n"
        for number, (condition, steps, shadow) in enumerate(rules)
    )
    text += (
        otherwise
        + 'test "r0" given "hello" at "2026-01-07 10:00" '
        + (
            "expect agent general"
            if "general" in otherwise
            else "expect reply"
            if otherwise
            else "expect drop"
        )
        + "\n"
    )
    blocks, before = suggested(loaded(folder, text))
    for block in blocks:
        assert format_rules(block, cell_len).rstrip("\n") == block.rstrip("\n")
    pasted = loaded(folder, text + "\n".join(blocks))
    more, after = suggested(pasted)
    results = run_tests(pasted)[1:]
    assert [(each.title, str(problem)) for each in results for problem in each.problems] == []
    assert not [each.title for each in results if each.hints]
    gained = sum(part.reached for part in after.parts) - sum(part.reached for part in before.parts)
    assert gained + len(before.unreached) - len(after.unreached) >= len(blocks)
    if "of messages" not in text:  # which depends on the titles of tests
        assert more == []


SET = """list ads = ["代开发票", "刷单"]
hours office = mon-fri 09:00-18:00
condition asks = text contains "报销" and not admin
rule vpn "VPN 的问题" when text contains "vpn" and group then agent helpdesk
rule id when text matches /\\b\\d{17}[\\dX]\\b/ then reply "请不要发身份证号。" then next
rule spam when text contains ads then drop "ads"
rule trial shadow when text is "/new" then agent "new bot"
rule pay when asks and sender in ["u1", "u2"] then reply "找财务" mention
rule tenth when type is "file" and 10% of senders then agent reader with "{{ file.name }}" else reply "请发文字"
rule night when private and not during office then reply "下班了"
rule never when group and private then agent none-such
rule silent when quoted is "x" and text is "回" then reply "{{ conversation.title }}" then agent "x"
otherwise agent general
test "VPN 的问题" given "你好" expect agent general
"""


def test_what_people_paste(folder: Path, snapshot: object) -> None:
    """A test for each rule and part that a message is found for; titles that are taken are numbered."""
    blocks, _ = suggested(loaded(folder, SET))
    assert blocks == snapshot


def test_groups_that_pass_everything_on_can_be_tested(folder: Path) -> None:
    """A message of a group mentions the robot unless the test says otherwise, as it does where that is claimed."""
    blocks, _ = suggested(loaded(folder, 'rule quiet when group and not mentioned then drop "quiet"\n'))
    assert (
        blocks[0] == 'test "quiet"\n  given "你好" in group not mentioned\n  expect drop "quiet" by quiet\n'
    )


def test_nothing_is_suggested_twice_or_for_nothing(folder: Path) -> None:
    """Once what was suggested is pasted, nothing more is."""
    router = loaded(folder, SET)
    blocks, _ = suggested(router)
    again, coverage = suggested(loaded(folder, SET + "\n".join(blocks)))
    assert again == []
    assert {rule.name for rule in coverage.unreached} == {"never", "silent"}
