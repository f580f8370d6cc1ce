"""Small inputs made after public reports of people who run such bots: each is decided, or diagnosed, as its page says.

``callbacks.jsonl`` are decided by ``rules/`` (without one by the set that ``init`` writes) and compared with
``expected.json`` by message id; the sets in ``bad/`` are checked and compared with it by file name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.cli.main import run

CASES = Path(__file__).parent
DECIDED = sorted(path.parent for path in CASES.glob("*/callbacks.jsonl"))
DIAGNOSED = sorted(path.parent for path in CASES.glob("*/bad"))

Decisions = Mapping[str, Mapping[str, Any]]


def name_of(folder: Path) -> str:
    """The case."""
    return folder.name


def told(decision: Mapping[str, Any]) -> str:
    """What the first step that says anything says."""
    return next(
        (said for step in decision["steps"] if (said := step.get("message") or step.get("content"))), ""
    )


def in_order(text: str, pieces: list[str]) -> bool:
    """Whether the pieces stand in the text one after the other."""
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


DECISION_CHECKS: Mapping[str, Callable[[Mapping[str, Any], Any, Decisions], bool]] = {
    "by": lambda decision, want, _: decision["by"] == want,
    "not_by": lambda decision, want, _: decision["by"] != want,
    "outcome": lambda decision, want, _: decision["outcome"] == want,
    "said": lambda decision, want, _: told(decision) == want,
    "said_in_order": lambda decision, want, _: in_order(told(decision), want),
    "said_lacks": lambda decision, want, _: not any(piece in told(decision) for piece in want),
    "unlike": lambda decision, want, all_: (
        (decision["by"], decision["steps"]) != (all_[want]["by"], all_[want]["steps"])
    ),
}


@pytest.mark.parametrize("case", DECIDED, ids=name_of)
def test_each_message_is_decided_as_its_page_says(
    case: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Rule, outcome and what is said first, for every recorded callback."""
    rules = case / "rules"
    if not rules.exists():
        assert run(["init", str(tmp_path / "bot")], {}) == 0
        rules = tmp_path / "bot" / "rules"
    capfd.readouterr()
    run(["replay", "--json", "--rules", str(rules), str(case / "callbacks.jsonl")], {})
    decisions = {each["msg_id"]: each for each in map(json.loads, capfd.readouterr().out.splitlines())}
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    wrong = [
        (msg_id, key, want, decisions[msg_id]["by"], told(decisions[msg_id]))
        for msg_id, wants in expected.items()
        for key, want in wants.items()
        if not DECISION_CHECKS[key](decisions[msg_id], want, decisions)
    ]
    assert wrong == []


def everything_told(diagnostics: list[dict[str, Any]]) -> str:
    """Sentences, advice and repairs in one text."""
    return " | ".join(
        f"{each['message']} / {each['help']} / {json.dumps(each['fix'], ensure_ascii=False)}"
        for each in diagnostics
    )


def fixes(diagnostics: list[dict[str, Any]]) -> list[str]:
    """The texts that repairs put in."""
    return [edit["text"] for each in diagnostics for edit in (each["fix"] or {}).get("edits", ())]


DIAGNOSTIC_CHECKS: Mapping[str, Callable[[list[dict[str, Any]], Any], bool]] = {
    "count": lambda found, want: len(found) == want,
    "tells": lambda found, want: re.search(want, everything_told(found)) is not None,
    "does_not_tell": lambda found, want: re.search(want, everything_told(found)) is None,
    "fix": lambda found, want: want in fixes(found),
}


@pytest.mark.parametrize("case", DIAGNOSED, ids=name_of)
def test_each_set_is_diagnosed_as_its_page_says(case: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """How many diagnostics, and what they say and repair, for every set that somebody wrote."""
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    assert expected.keys() == {path.name for path in (case / "bad").iterdir()}
    for name, wants in expected.items():
        run(["validate", "--format", "json", "--lang", "en", str(case / "bad" / name)], {})
        found = json.loads(capfd.readouterr().out)["diagnostics"]
        wrong = [key for key, want in wants.items() if not DIAGNOSTIC_CHECKS[key](found, want)]
        assert wrong == [], (name, everything_told(found))
