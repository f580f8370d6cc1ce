"""The four forms of diagnostics, each a promise to somebody who reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.language import CheckContext


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "concise", "github"])
def test_diagnostics_as_people_see_them(
    invoke: Callable[..., Any], faulty: Path, snapshot: SnapshotAssertion, form: str, language: str
) -> None:
    """Place, line, mark, advice and repair of two errors and a warning, in both languages."""
    assert invoke("validate", "--format", form, "--lang", language).out == snapshot


def test_the_document_key_by_key(
    invoke: Callable[..., Any], faulty: Path, snapshot: SnapshotAssertion
) -> None:
    """The JSON document has the keys of interfaces.md section 2, and nothing else is written."""
    told = invoke("validate", "--format", "json")
    (document,) = told.documents
    assert list(document) == ["diagnostics", "summary"]
    assert list(document["summary"]) == ["errors", "warnings", "files", "rules", "notes"]
    for diagnostic in document["diagnostics"]:
        assert list(diagnostic) == [
            *("code", "name", "severity", "message", "help", "file", "range", "related", "fix")
        ]
        assert set(diagnostic["range"]) == {"start", "end"}
        assert set(diagnostic["range"]["start"]) == {"line", "column"}
    assert document == snapshot


def test_json_is_short_for_the_format(invoke: Callable[..., Any], faulty: Path) -> None:
    """``--json`` gives the document of ``--format json``."""
    assert invoke("validate", "--json").out == invoke("validate", "--format", "json").out


def test_chinese_stays_readable_in_json(invoke: Callable[..., Any], faulty: Path) -> None:
    """The document carries Chinese as it is, in one line."""
    told = invoke("validate", "--json", "--lang", "zh")
    assert told.out.count("\n") == 1
    assert "\\u" not in told.out


def test_columns_count_code_points(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """An emoji and a wide letter are one column each (interfaces.md section 2)."""
    write("main.rules", 'rule 客服 when text is "😀中" and sender in vop then drop\notherwise reply "x"\n')
    (document,) = invoke("validate", ".", "--json").documents
    (wrong,) = [each for each in document["diagnostics"] if each["severity"] == "error"]
    line = (Path("main.rules").read_text("utf-8")).splitlines()[0]
    begin, end = wrong["range"]["start"], wrong["range"]["end"]
    assert (begin["line"], end["line"]) == (1, 1)
    assert line[begin["column"] - 1 : end["column"] - 1] == "vop"


def test_the_mark_stands_below_wide_letters(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """On a terminal a Chinese character takes two cells, so the mark moves on by two."""
    write("main.rules", 'rule a when text is "中文" and sender in vop then drop\notherwise reply "x"\n')
    shown = invoke("validate", ".").out.splitlines()
    at = next(number for number, line in enumerate(shown) if line.strip("| ^") == "" and "^^^" in line)
    assert shown[at].index("^") == shown[at - 1].index("vop") + 2


@pytest.mark.parametrize("before", ["\u3000", "\u00a0\u200b", "⚠\ufe0f", "👨\u200d👩", "e\u0301", "\t"])
def test_the_mark_stands_right_behind_what_cannot_be_seen(
    invoke: Callable[..., Any], write: Callable[..., Path], before: str
) -> None:
    """Blanks and signs out of a chat that a terminal shows otherwise than Python counts them move the mark as far as the text."""
    write("main.rules", f'rule a when text is "{before}x" and sender in vop then drop\notherwise reply "x"\n')
    shown = invoke("validate", ".").out.splitlines()
    at = next(n for n, line in enumerate(shown) if line.strip("| ^") == "" and line.count("^") == 3)
    assert cell_len(shown[at][: shown[at].index("^")]) == cell_len(
        shown[at - 1][: shown[at - 1].index("vop")]
    )


def test_github_s_special_characters_are_escaped(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """Percent signs, line ends, colons and commas cannot break a workflow command."""
    write("a,b:100%.rules", 'rule a when sender in vop then drop\notherwise reply "x"\n')
    told = invoke("validate", "a,b:100%.rules", "--format", "github")
    for line in told.out.splitlines():
        properties, _, message = line.removeprefix("::").partition("::")
        assert "file=a%2Cb%3A100%25.rules" in properties
        assert message


def test_the_fix_of_a_document_repairs_the_file(invoke: Callable[..., Any], faulty: Path) -> None:
    """Carrying out the edits of a fix makes its diagnostic go away."""
    (document,) = invoke("validate", "--json").documents
    fixable = next(each for each in document["diagnostics"] if each["fix"])
    lines = faulty.read_text("utf-8").splitlines()
    for edit in fixable["fix"]["edits"]:
        begin, end = edit["range"]["start"], edit["range"]["end"]
        assert begin["line"] == end["line"]
        line = lines[begin["line"] - 1]
        lines[begin["line"] - 1] = line[: begin["column"] - 1] + edit["text"] + line[end["column"] - 1 :]
    faulty.write_text("\n".join(lines), "utf-8")
    (after,) = invoke("validate", "--json").documents
    assert json.dumps(fixable["code"]) not in json.dumps([each["code"] for each in after["diagnostics"]])


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("text", "note[PRX322] "),
        ("concise", ": note PRX322 "),
        ("github", "::notice file="),
        ("sarif", '"level":"note"'),
        ("json", '"notes":2'),
    ],
)
def test_a_note_is_no_warning(
    invoke: Callable[..., Any],
    write: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    said: str,
) -> None:
    """A note is told as one in every form, and never fails."""
    monkeypatch.setattr(CheckContext, "current_date", lambda _: date(2098, 5, 1))
    hours = 'hours h = workdays calendar "CN"\n'
    write("main.rules", f'{hours}rule a when text is "x" and during h then drop\notherwise drop\n')
    told = invoke("validate", ".", "--strict", "--format", form)
    assert told.code == 0
    assert said in told.out.replace('": ', '":')
