"""``prx-router fmt``: which files are written, and what scripts and editors are told."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

UNTIDY = 'rule a when text is "x" then drop\notherwise   reply "y"\n'
TIDY = 'rule a\n  when text is "x"\n  then drop\n\notherwise reply "y"\n'
FAULTY = "rule a when drop\n"


def test_the_rules_of_the_configuration_are_formatted(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """All files below the folder, but hidden ones; mode, byte order mark and everything else stay."""
    main = write("rules/main.rules", ("\ufeff" + UNTIDY).encode())
    main.chmod(0o640)
    other = write("rules/more/other.rules", UNTIDY)
    hidden = write("rules/.git/x.rules", UNTIDY)
    write("rules/tidy.rules", TIDY)
    told = invoke("fmt")
    assert (told.code, told.out) == (
        0,
        "formatted rules/main.rules\nformatted rules/more/other.rules\n",
    )
    assert told.err == "formatted: 2, already in order: 1, left alone for syntax errors: 0\n"
    assert main.read_bytes() == ("\ufeff" + TIDY).encode()
    assert main.stat().st_mode & 0o777 == 0o640
    assert other.read_text("utf-8") == TIDY
    assert hidden.read_text("utf-8") == UNTIDY
    assert invoke("fmt").out == ""


def test_check_only_lists_what_would_change(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """Exit code 1 if anything would, for hooks and CI."""
    path = write("rules/main.rules", UNTIDY)
    told = invoke("fmt", "--check")
    assert (told.code, told.out) == (1, "would change rules/main.rules\n")
    assert path.read_text("utf-8") == UNTIDY
    path.write_text(TIDY, "utf-8")
    assert (invoke("fmt", "--check").code, invoke("fmt", "--diff").code) == (0, 0)


def test_the_difference_is_only_shown(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """``--diff`` prints a unified diff."""
    path = write("rules/main.rules", UNTIDY)
    told = invoke("fmt", "--diff")
    assert told.code == 1
    assert '-otherwise   reply "y"\n+rule a\n' in told.out
    assert path.read_text("utf-8") == UNTIDY


def test_a_file_with_syntax_errors_is_left_alone(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """It is said where and what; the other files are formatted all the same."""
    faulty, other = write("rules/main.rules", FAULTY), write("rules/other.rules", UNTIDY)
    told = invoke("fmt", "rules")
    assert told.code == 1
    assert told.err.startswith("rules/main.rules:1:13: PRX")
    assert "validate" in told.err
    assert faulty.read_text("utf-8") == FAULTY
    assert other.read_text("utf-8") == TIDY


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        (UNTIDY, (), (0, TIDY)),
        (UNTIDY, ("--check",), (1, "")),
        (TIDY, ("--check",), (0, "")),
        (FAULTY, (), (1, "")),
        ("", (), (0, "")),
        ("\ufeff" + UNTIDY, (), (0, "\ufeff" + TIDY)),
    ],
)
def test_editors_format_their_buffer(
    invoke: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    options: tuple[str, ...],
    expected: tuple[int, str],
) -> None:
    """``-`` goes from standard input to standard output; what cannot be formatted gives nothing to put in its place."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    told = invoke("fmt", "-", *options)
    assert (told.code, told.out) == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "there is no nowhere"),
        (("empty",), "there are no .rules files in empty"),
        (("-", "rules"), "standard input"),
        (("gbk.rules",), "save it as UTF-8"),
    ],
)
def test_what_cannot_be_formatted_is_told(
    invoke: Callable[..., Any], write: Callable[..., Path], arguments: tuple[str, ...], said: str
) -> None:
    """Used wrongly, exit code 2, and nothing is written."""
    write("gbk.rules", '# 规则\notherwise reply "您好"\n'.encode("gb18030"))
    write("empty/note.txt", "")
    told = invoke("fmt", *arguments)
    assert told.code == 2
    assert said in told.err


def test_what_is_in_order_is_not_laid_out_again(
    invoke: Callable[..., Any], write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that was once formatted is known; one of its letters changed, it is another text."""
    path = write("rules/main.rules", UNTIDY)
    assert invoke("fmt").code == 0
    with monkeypatch.context() as patched:
        patched.setattr("prx_dingtalk_router.cli.fmt.format_rules", None)
        assert invoke("fmt", "--check").code == 0
    path.write_text(TIDY.replace("  then", " then"), "utf-8")
    assert invoke("fmt", "--check").code == 1


def test_a_link_leads_to_the_file_that_is_written(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """A symbolic link stays one."""
    path = write("real/main.rules", UNTIDY)
    link = path.parent.parent / "main.rules"
    link.symlink_to(path)
    assert invoke("fmt", "main.rules").code == 0
    assert link.is_symlink()
    assert path.read_text("utf-8") == TIDY


def test_a_file_that_may_not_be_written_is_left_alone(
    invoke: Callable[..., Any], write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever made a file read-only meant it, though another could be put in its place."""
    path = write("main.rules", UNTIDY)
    path.chmod(0o444)
    if os.geteuid() == 0:  # whom nothing is forbidden
        monkeypatch.setattr(os, "access", lambda *_: False)
    told = invoke("fmt", "main.rules")
    assert (told.code, told.err) == (2, "prx-router: main.rules cannot be written: Permission denied\n")
    assert path.read_text("utf-8") == UNTIDY
    assert [each.name for each in path.parent.glob("*main*")] == ["main.rules"]


def test_a_file_keeps_its_mode_and_owner(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """What root formats stays its owner's."""
    path = write("main.rules", UNTIDY)
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 1235)
    before = path.stat()
    assert invoke("fmt", "main.rules").code == 0
    after = path.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert path.read_text("utf-8") == TIDY
