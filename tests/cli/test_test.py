"""``test``: the test blocks of rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from junitparser import JUnitXml
from syrupy.assertion import SnapshotAssertion

TESTED = """language 1
rule vpn when text contains "vpn" then agent helpdesk
rule rest when text contains "x" then reply "y"
otherwise reply "您好"

test "VPN"
  given "VPN 坏了"
  expect agent helpdesk by vpn
  given "你好"
  expect reply "您好" by default

test "wrong on purpose"
  given "你好"
  expect agent helpdesk
"""


@pytest.fixture
def tested(write: Callable[..., Path]) -> Path:
    """A set of which one test fails."""
    return write("rules/main.rules", TESTED)


def test_a_failing_test_says_what_happens_instead(invoke: Callable[..., Any], tested: Path) -> None:
    """Exit 1; the failing case is named with its place, what was expected and what happens."""
    told = invoke("test", tested, "--lang", "en", "--no-color")
    assert told.code == 1
    assert "✓ VPN (1)" in told.out
    assert "✗ wrong on purpose" in told.out
    assert "main.rules:13:" in told.out
    assert "  expected agent helpdesk\n" in told.out
    assert '  happened reply "您好" by default\n' in told.out
    assert "tests failed: 1, passed: 2" in told.out


def test_coverage_lists_what_no_test_reaches(invoke: Callable[..., Any], tested: Path) -> None:
    """``--coverage`` names the rules that no case reaches; ``--fail-under`` fails when too little is reached."""
    told = invoke("test", tested, "--coverage", "--lang", "en")
    assert told.out.splitlines()[-3:] == [
        "covered: 66.6% (rules 1 of 2, tests in their conditions 1 of 2)",
        "rules that no test reaches (1):",
        "  rest  rules/main.rules:3:6",
    ]
    passing = TESTED[: TESTED.index('test "wrong')]
    tested.write_text(passing, encoding="utf-8")
    assert invoke("test", tested).code == 0
    assert invoke("test", tested, "--fail-under", "66").code == 0
    told = invoke("test", tested, "--fail-under", "67", "--lang", "en")
    assert told.code == 1
    assert "rules 1 of 2" in told.err
    assert "66.6%, less than the 67%" in told.err


ONE_SIDED = """language 1
list many = ["vpn", "重置", "密码"]
condition asks = text contains many
condition late = during daily 22:00-06:00
rule vpn "VPN 的问题" when (asks or late) and not admin then agent helpdesk
rule ticket when text matches /(?P<ticket>OPS-\\d+)/ then agent tracker with "查 {{ match.ticket }}"
rule pay when text contains ["报销", "发票", "差旅", "出差", "机票", "酒店", "火车", "打车", "餐费", "招待", "礼品"] then reply "好" mention
otherwise drop
"""


def test_what_people_read(
    invoke: Callable[..., Any], write: Callable[..., Path], snapshot: SnapshotAssertion
) -> None:
    """Both sides of what failed, what was captured and what cannot be done, and what the tests leave out, in both languages."""
    write(
        "rules/main.rules",
        ONE_SIDED
        + 'test "VPN"\n  given "vpn" expect agent helpdesk by vpn\n  given "vpn" expect agent tracker by ticket\n'
        'test "单号" given "看下 OPS-42" at "2026-01-07 10:00" expect agent tracker told "查 OPS-43"\n'
        'test "报销" given "报销" in group at "2026-01-07 10:00" expect reply mention none expect drop\n'
        'test "别的" given "你好" at "2026-01-07 10:00" expect drop\n',
    )
    assert [
        invoke("test", "--coverage", "--lang", language, "--no-color").out for language in ("zh", "en")
    ] == snapshot


def test_coverage_is_readable_for_many_rules(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """Only the first are listed as text; JSON has all of them."""
    rules = "".join(f'rule r{n} when text is "{n}" and group then reply "x"\n' for n in range(100))
    tests = "".join(f'given "{n}" in group expect reply by r{n}\n' for n in range(50))
    write("rules/main.rules", f'{rules}otherwise reply "x"\ntest "most" {tests}')
    lines = invoke("test", "--coverage", "--lang", "en").out.splitlines()
    listed = lines[lines.index("rules that no test reaches (50):") :]
    assert listed[31] == "  … and 20 more; --json has all"
    coverage = invoke("test", "--json").documents[0]["coverage"]
    assert coverage["unreached"] == [f"r{n}" for n in range(50, 100)]
    assert coverage["parts"][0] == {
        "rule": "r0",
        "text": "group",
        "held": True,
        "failed": False,
        "file": "rules/main.rules",
        "line": 1,
    }


def test_what_is_not_all_is_not_called_all(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """One rule of many that no test reaches keeps the share below 100, in words and against ``--fail-under``."""
    rules = "".join(f'rule r{n} when text is "{n}" then reply "x"\n' for n in range(400))
    tests = "".join(f'given "{n}" expect reply by r{n}\n' for n in range(399))
    write("rules/main.rules", f'{rules}otherwise reply "x"\ntest "most" {tests}given "x" expect reply')
    told = invoke("test", "--coverage", "--fail-under", "100", "--lang", "en")
    assert told.code == 1
    assert "covered: 99.8%" in told.out
    assert "99.8%, less than the 100%" in told.err


def test_json_and_junit_hold_each_case(invoke: Callable[..., Any], tested: Path) -> None:
    """Both forms name every case, and the problem of the one that fails."""
    document = invoke("test", tested, "--format", "json").documents[0]
    assert [(each["title"], each["case"], each["passed"]) for each in document["tests"]] == [
        ("VPN", 1, True),
        ("VPN", 2, True),
        ("wrong on purpose", 1, False),
    ]
    assert document["summary"] == {"passed": 2, "failed": 1}
    assert document["tests"][2]["differences"] == [
        {"expected": "agent helpdesk", "happened": ['reply "您好" by default']}
    ]
    assert (document["coverage"]["percent"], document["coverage"]["unreached"]) == (66.66, ["rest"])
    assert [(each["text"], each["held"]) for each in document["coverage"]["parts"]] == [
        ('text contains "x"', False)
    ]


def test_junit_is_read_by_those_who_read_it(invoke: Callable[..., Any], tested: Path) -> None:
    """Counts, places and problems arrive in a reader that is not ours."""
    suites = JUnitXml.fromstring(invoke("test", tested, "--format", "junit", "--lang", "en").out.encode())
    (suite,) = suites
    assert (suite.name, suite.tests, suite.failures, suite.errors) == ("prx-router", 3, 1, 0)
    assert [(case.name, case.classname, len(case.result)) for case in suite] == [
        ("VPN (1)", "rules/main.rules", 0),
        ("VPN (2)", "rules/main.rules", 0),
        ("wrong on purpose", "rules/main.rules", 1),
    ]
    (failure,) = [failure for case in suite for failure in case.result]
    assert failure.message == ('expected `expect agent helpdesk`; what happens is: reply "您好" by default')


def test_rules_with_errors_cannot_be_tested(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """Exit 1, with the place of each error."""
    told = invoke("test", write("rules/main.rules", "rule x when\n"))
    assert told.code == 1
    assert "main.rules:1:" in told.err


def test_a_set_without_tests_says_so(invoke: Callable[..., Any], sound: Path) -> None:
    """No tests is no failure, and is told with how to write one."""
    told = invoke("test", "--lang", "en")
    assert told.code == 0
    assert "there are no tests" in told.out


def test_control_characters_do_not_break_the_xml(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """XML cannot hold most control characters, not even escaped; what has them is still read by a parser."""
    rules = 'rule a when group then reply "\\u{1b}"\notherwise reply "\\u{7}"\n'
    write("rules/main.rules", rules + 'test "bell" given "x" expect reply "\\u{8}" by a\n')
    told = invoke("test", "--format", "junit")
    assert told.code == 1
    assert ET.fromstring(told.out).find("testsuite/testcase/failure") is not None  # noqa: S314 - our own


def test_json_is_short_for_the_format_of_tests(invoke: Callable[..., Any], tested: Path) -> None:
    """``--json`` gives the document of ``--format json``."""
    assert invoke("test", "--json").out == invoke("test", "--format", "json").out


def test_suggestions_are_printed_ready_to_be_pasted(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """As text and in JSON the same blocks; pasted they pass, and then there is nothing left to suggest."""
    path = write(
        "rules/main.rules", ONE_SIDED + '\ntest "别的"\n  given "你好" at "2026-01-07 10:00"\n  expect drop\n'
    )
    told = invoke("test", "--suggest", "--lang", "zh").out
    pasted = told[told.index('\ntest "') :]
    blocks = invoke("test", "--json").documents[0]["coverage"]["suggestions"]
    assert blocks == []
    blocks = invoke("test", "--json", "--suggest").documents[0]["coverage"]["suggestions"]
    assert pasted.strip() == "\n".join(blocks).strip()
    path.write_text(path.read_text("utf-8") + pasted, "utf-8")
    told = invoke("test", "--suggest", "--coverage", "--lang", "zh")
    assert told.code == 0
    assert told.out.splitlines()[-1] == "没有可以补的测试：都测试到了，或者不容易找到合适的消息"
    assert "规则 3/3" in told.out
