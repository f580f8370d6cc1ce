"""Reading on after a mistake: what is right around it still counts, and nothing is told that is only its consequence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics.collector import LISTED
from prx_dingtalk_router.language.syntax.parser import MAX_BROKEN

Check = Callable[..., CheckResult]


def errors(result: CheckResult) -> list[tuple[str, str]]:
    """The errors of a result, and what they stand at."""
    return [(each.name, each.span.text) for each in result.diagnostics if each.is_error]


@pytest.mark.parametrize("count", [1_000, MAX_BROKEN - 1])
def test_thousands_of_misspelt_openers_are_counted(check: Check, count: int) -> None:
    """Each opens its declaration all the same; some tens of the mistakes are listed, the others counted (V12)."""
    text = "".join(f"ruel r{number} when group then drop\n" for number in range(count))
    result = check(text + "otherwise drop")
    assert errors(result) == [("unexpected", "ruel")] * LISTED + [("repeated-error", "ruel")]
    assert (result.errors, result.rule_count) == (count, count)


def test_a_file_full_of_mistakes_is_given_up(check: Check) -> None:
    """After thousands of them nothing more is read, and nothing is said of what could be missing in the rest."""
    text = "rule\n" * (MAX_BROKEN + 10)
    found = errors(check(text + "rule r when x then drop"))
    assert found[-1] == ("too-many-mistakes", "")
    assert ("undeclared-name", "x") not in found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rule a when group thn drop\nruel b when x then drop", ["thn", "ruel", "x"]),
        ("rule a when group then drop\nru\u200ble b when x then drop", ["\u200b", "x"]),
        ("rule a when\nru\u200ble b when x then drop", ["when", "\u200b", "x"]),
        ("hello\nworld\nruel b when x then drop", ["hello", "ruel", "x"]),
        ("规则 b when x then drop", ["规则", "x"]),
        ("rule test when group then drop\nrule b when x then drop", ["test", "x"]),
        ("rule a when group rule b when x then drop", ["group", "x"]),
    ],
)
def test_the_next_declaration_is_read(check: Check, text: str, found: list[str]) -> None:
    """Whether its first word is right, misspelt or torn."""
    assert [place for _, place in errors(check(text + "\notherwise drop"))] == found


@pytest.mark.parametrize(
    "text",
    [
        "rule a when group thn drop “x” && ，",
        'rule a when group thn reply "open',
        'otherwise reply "他说"你好"，再见',
        'otherwise reply "a" "b',
        "rule a when ~ then drop",
    ],
)
def test_what_follows_a_mistake_is_not_told(check: Check, text: str) -> None:
    """One mistake is one diagnostic: the rest of its declaration is left unsaid until it is put right."""
    assert len(errors(check(text))) == 1


@pytest.mark.parametrize(
    ("body", "line"), [("b", 1), ("b\nc", 1), ("\n  a\n", 1), ('list x = ["a"]', 2), ("a test\n", 1)]
)
def test_a_text_block_closed_by_mistake_is_told(check: Check, body: str, line: int) -> None:
    """Where it begins; where it swallows what looks like rules, at the quotation marks that are left over."""
    text = (
        f'rule r when private then reply """a\\"""\nrule t when group then reply """{body}"""\notherwise drop'
    )
    first = next(each for each in check(text).diagnostics if each.is_error)
    assert (first.name, first.span.begin.line) == ("unclosed-string", line)
    assert first.span.text == '"""'


def test_an_overlong_declaration_is_told_once(check: Check) -> None:
    """It is refused with its own code, and the next one is read."""
    text = "list l = [" + '"a",\n' * 100_001 + "]\nrule r when x then drop"
    assert [name for name, _ in errors(check(text))] == ["declaration-too-long", "undeclared-name"]


def test_names_count_towards_the_length_of_a_declaration(check: Check) -> None:
    """Of whatever tokens it is made."""
    found = errors(check("rule r when " + "a\n" * 200_001 + "  rule s when x then drop"))
    assert [name for name, _ in found] == ["unexpected", "undeclared-name"]
