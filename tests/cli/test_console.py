"""Styles on a terminal only; results and remarks kept apart."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import complain, note, write_json

ESCAPE = "\x1b["


def test_a_terminal_gets_colour(on_terminal: Callable[..., Any], faulty: Path) -> None:
    """On a terminal diagnostics are coloured, and Chinese is shown as it is."""
    told = on_terminal("validate", "--lang", "zh")
    assert told.code == 1
    assert f"{ESCAPE}31m{ESCAPE}1m错误[PRX" in told.out


@pytest.mark.parametrize(
    ("arguments", "environ"),
    [(["--no-color"], {}), ([], {"NO_COLOR": "1"}), (["--no-color"], {"FORCE_COLOR": "1"})],
    ids=["--no-color", "NO_COLOR", "against FORCE_COLOR"],
)
def test_no_escapes_for_those_who_want_none(
    on_terminal: Callable[..., Any], faulty: Path, arguments: list[str], environ: dict[str, str]
) -> None:
    """``--no-color`` and ``NO_COLOR`` leave no escape sequence at all, not even bold."""
    told = on_terminal("validate", *arguments, **environ)
    assert told.code == 1
    assert "PRX" in told.out
    assert ESCAPE not in told.out


def test_a_narrow_terminal_cuts_nothing(
    on_terminal: Callable[..., Any], execute: Callable[..., Any], faulty: Path
) -> None:
    """On 20 columns every line of a diagnostic is whole: the terminal wraps, the command does not cut."""
    narrow = on_terminal("validate", "--no-color", COLUMNS="20")
    assert narrow.out.replace("\r\n", "\n") == execute("validate").out


def test_a_pipe_gets_no_escapes(execute: Callable[..., Any], faulty: Path) -> None:
    """Piped output is plain."""
    assert ESCAPE not in execute("validate").out


def test_colour_can_be_asked_for(execute: Callable[..., Any], faulty: Path) -> None:
    """With ``FORCE_COLOR`` a pipe gets colour, too."""
    assert ESCAPE in execute("validate", FORCE_COLOR="1").out


def test_a_terminal_without_colour_gets_none(on_terminal: Callable[..., Any], faulty: Path) -> None:
    """A terminal that says it can show text alone gets text alone."""
    assert ESCAPE not in on_terminal("validate", TERM="dumb").out


def test_results_and_remarks_are_kept_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """Remarks and complaints go to standard error, documents to standard output, one a line."""
    write_json({"a": "你好\n"})
    note(text("cli.everybody-admitted"))
    complain(text("cli.no-configuration"))
    out, err = capsys.readouterr()
    assert (json.loads(out), out.count("\n")) == ({"a": "你好\n"}, 1)
    remark, complaint = err.splitlines()
    assert remark == text("cli.everybody-admitted").render()
    assert complaint == f"prx-router: {text('cli.no-configuration').render()}"


def test_a_document_can_go_elsewhere() -> None:
    """A stream that is named gets the document instead."""
    stream = io.StringIO()
    write_json([1], stream)
    assert stream.getvalue() == "[1]\n"


def test_a_document_is_one_line_for_every_reader(capsys: pytest.CaptureFixture[str]) -> None:
    """What only Unicode takes for the end of a line is escaped, so ``splitlines`` finds whole documents."""
    said = {"text": "a\u2028b\u2029c\x85d\x0b\x1c中"}
    write_json(said)
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line) for line in lines] == [said]
