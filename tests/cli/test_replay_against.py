"""``replay --against``: what two sets decide differently, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

BEFORE = """
rule vpn when text contains "vpn" then agent helpdesk
rule greet when text is "你好" then reply "您好"
otherwise agent general
"""
NOW = """
rule wifi when text contains ["vpn", "wifi"] then agent helpdesk
rule greet when text is "你好" then reply "您好！"
otherwise agent general
"""


@pytest.fixture
def recorded(write: Callable[..., Path], callback: Callable[..., dict[str, Any]]) -> Path:
    """Eight messages, of which two sets decide five differently."""
    write("before/main.rules", BEFORE)
    write("rules/main.rules", NOW)
    texts = ["vpn 坏了", "vpn", "你好", "wifi 坏了", "报销", "x", "VPN \x1b[31m", "y"]
    calls = [callback(said, msgId=f"m{number}") for number, said in enumerate(texts)]
    return write("calls.jsonl", "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in calls))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_differences_are_grouped_by_rule_before_and_now(
    invoke: Callable[..., Any], recorded: Path, snapshot: SnapshotAssertion, language: str
) -> None:
    """Each group with its count and some of its messages; exit code 1 as decisions differ."""
    told = invoke("replay", recorded, "--against", "before", "--lang", language)
    assert told.code == 1
    assert told.out == snapshot


def test_the_same_rules_decide_the_same(invoke: Callable[..., Any], recorded: Path) -> None:
    """However they are laid out: nothing differs, and the end is 0."""
    told = invoke("replay", recorded, "--against", "rules", "--lang", "en")
    assert (told.code, told.out) == (0, "0 of 8 messages are decided differently (0 %)\n")


@pytest.mark.parametrize(("most", "code"), [("62.4", 1), ("62.5", 0), ("100", 0), ("0", 1)])
def test_so_much_may_change(invoke: Callable[..., Any], recorded: Path, most: str, code: int) -> None:
    """``--max-changed`` is what CI allows: five of eight are 62.5 percent."""
    assert invoke("replay", recorded, "--against", "before", "--max-changed", most).code == code


def test_each_difference_is_a_line_of_json(invoke: Callable[..., Any], recorded: Path) -> None:
    """With both decisions in the shape of interfaces.md section 2; with ``--summary`` one document."""
    told = invoke("replay", recorded, "--against", "before", "--json")
    assert [each["line"] for each in told.documents] == [1, 2, 3, 4, 7]
    assert (told.documents[3]["before"]["by"], told.documents[3]["now"]["by"]) == ("otherwise", "wifi")
    (document,) = invoke("replay", recorded, "--against", "before", "--json", "--summary").documents
    assert (document["messages"], document["changed"]) == (8, 5)
    assert document["groups"][0] == {
        "before": "vpn",
        "now": "wifi",
        "count": 3,
        "samples": [
            {"line": 1, "text": "vpn 坏了"},
            {"line": 2, "text": "vpn"},
            {"line": 7, "text": "VPN ·[31m"},
        ],
    }


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--against", "nowhere"), 2, "nowhere"),
        (("--max-changed", "5"), 2, "--against"),
        (("--against", "before", "--max-changed", "101"), 2, "100 at most"),
    ],
)
def test_misuse_is_told(
    invoke: Callable[..., Any], recorded: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """What does not go together, or is not there."""
    told = invoke("replay", recorded, *arguments)
    assert told.code == code
    assert said in told.err


def test_rules_with_errors_cannot_be_compared(
    invoke: Callable[..., Any], recorded: Path, write: Callable[..., Path]
) -> None:
    """It is said where the errors of the other set are."""
    write("before/main.rules", "rule a when then drop")
    told = invoke("replay", recorded, "--against", "before")
    assert told.code == 1
    assert "before/main.rules:1:" in told.err


def test_bad_lines_are_told_and_counted_apart(invoke: Callable[..., Any], recorded: Path) -> None:
    """They are no messages, and the end is 1."""
    with recorded.open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    told = invoke("replay", recorded, "--against", "rules", "--lang", "en")
    assert told.code == 1
    assert "line 9" in told.err
    assert told.out.startswith("0 of 8")


def test_a_terminal_shows_how_far_it_is(on_terminal: Callable[..., Any], recorded: Path) -> None:
    """A bar while it lasts, nothing of it afterwards; the result is there."""
    told = on_terminal("replay", "calls.jsonl", "--against", "rules", "--lang", "en")
    assert "0 of 8 messages are decided differently" in told.out
