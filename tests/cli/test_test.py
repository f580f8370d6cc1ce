"""``test``: the test blocks of rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

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
    assert 'expected `expect agent helpdesk`; what happens is: reply "您好" by otherwise' in told.out
    assert "tests failed: 1, passed: 2" in told.out


def test_coverage_lists_what_no_test_reaches(invoke: Callable[..., Any], tested: Path) -> None:
    """``--coverage`` names the rules that no case reaches; ``--fail-under`` fails when they are too many."""
    told = invoke("test", tested, "--coverage", "--lang", "en")
    assert told.out.splitlines()[-1] == "rules reached: 50%; not reached: rest"
    passing = TESTED[: TESTED.index('test "wrong')]
    tested.write_text(passing, encoding="utf-8")
    assert invoke("test", tested).code == 0
    assert invoke("test", tested, "--fail-under", "50").code == 0
    told = invoke("test", tested, "--fail-under", "51", "--lang", "en")
    assert told.code == 1
    assert "not reached: rest" in told.err
    assert "50%, less than the 51%" in told.err


def test_coverage_lists_conditions_too(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """Named conditions that held in no case are told beside the rules."""
    write(
        "rules/main.rules",
        'condition asks = text contains "vpn"\ncondition late = during daily 22:00-06:00\n'
        "rule vpn when asks or late then agent helpdesk\notherwise drop\n"
        'test "VPN" given "vpn" at "2026-01-07 10:00" expect agent helpdesk by vpn\n',
    )
    told = invoke("test", "--coverage", "--lang", "en")
    assert told.out.splitlines()[-2:] == [
        "rules reached: 100%; not reached: (none)",
        "conditions not reached: late",
    ]
    assert invoke("test", "--json").documents[0]["coverage"]["unreached_conditions"] == ["late"]
    assert (
        "conditions not reached: late"
        in invoke("test", "--coverage", "--format", "junit", "--lang", "en").err
    )


def test_what_is_not_all_is_not_called_all(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """One rule of many that no test reaches keeps the share below 100, in words and against ``--fail-under``."""
    rules = "".join(f'rule r{n} when text is "{n}" then reply "x"\n' for n in range(400))
    tests = "".join(f'given "{n}" expect reply by r{n}\n' for n in range(399))
    write("rules/main.rules", f'{rules}otherwise reply "x"\ntest "most" {tests}')
    told = invoke("test", "--coverage", "--fail-under", "100", "--lang", "en")
    assert told.code == 1
    assert "rules reached: 99.7%" in told.out
    assert "99.7%, less than the 100%" in told.err


def test_json_and_junit_hold_each_case(invoke: Callable[..., Any], tested: Path) -> None:
    """Both forms name every case, and the problem of the one that fails."""
    document = invoke("test", tested, "--format", "json").documents[0]
    assert [(each["title"], each["case"], each["passed"]) for each in document["tests"]] == [
        ("VPN", 1, True),
        ("VPN", 2, True),
        ("wrong on purpose", 1, False),
    ]
    assert document["summary"] == {"passed": 2, "failed": 1}
    assert document["coverage"] == {"percent": 50.0, "unreached": ["rest"], "unreached_conditions": []}
    suite = ET.fromstring(invoke("test", tested, "--format", "junit").out)  # noqa: S314 - our own output
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    assert len(suite.findall("testcase/failure")) == 1


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
    assert ET.fromstring(told.out).find("testcase/failure") is not None  # noqa: S314 - our own


def test_json_is_short_for_the_format_of_tests(invoke: Callable[..., Any], tested: Path) -> None:
    """``--json`` gives the document of ``--format json``."""
    assert invoke("test", "--json").out == invoke("test", "--format", "json").out
