"""``validate --fix``, ``--unsafe-fixes`` and ``--diff``: what changes in files, and what never does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WRONG = 'rule a when text is “你好” && private then drop\notherwise reply "x"\n'
RIGHT = 'rule a when text is "你好" and private then drop\notherwise reply "x"\n'
MISSPELT = 'list vip = ["u1"]\nrule a when sender in vop then drop\notherwise reply "x"\n'


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_safe_fixes_are_made_in_the_file(
    invoke: Callable[..., Any], write: Callable[..., Path], end: str, mark: str
) -> None:
    """Everything else stays byte for byte: byte order mark, line ends, mode; and nothing lies beside it."""
    path = write("rules/main.rules", (mark + WRONG.replace("\n", end)).encode())
    path.chmod(0o640)
    told = invoke("validate", "--fix")
    assert (told.code, told.err) == (0, "fixed: 2, files: 1\n")
    assert path.read_bytes() == (mark + RIGHT.replace("\n", end)).encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in path.parent.iterdir()] == ["main.rules"]
    assert invoke("validate", "--fix").err == "fixed: 0, files: 0\n"


def test_suggestions_are_made_on_request_only(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """What may change the meaning waits for ``--unsafe-fixes``, which alone is a misuse."""
    path = write("rules/main.rules", MISSPELT)
    assert invoke("validate", "--fix").code == 1
    assert invoke("validate", "--unsafe-fixes").code == 2
    assert path.read_text("utf-8") == MISSPELT
    assert invoke("validate", "--fix", "--unsafe-fixes").code == 0
    assert path.read_text("utf-8") == MISSPELT.replace("vop", "vip")


def test_the_difference_is_only_shown(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """``--diff`` prints what would change and ends with 1, or prints nothing and ends with 0."""
    path = write("rules/main.rules", WRONG)
    told = invoke("validate", "--diff")
    assert told.code == 1
    assert f"-{WRONG.splitlines()[0]}\n+{RIGHT.splitlines()[0]}\n" in told.out
    assert path.read_text("utf-8") == WRONG
    path.write_text(RIGHT, "utf-8")
    assert (invoke("validate", "--diff").code, invoke("validate", "--diff").out) == (0, "")


def test_another_encoding_is_left_alone(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """A file that is not UTF-8 is never written."""
    content = WRONG.encode("gb18030")
    path = write("rules/main.rules", content)
    assert invoke("validate", "--fix").code in (1, 2)
    assert path.read_bytes() == content


def test_a_link_stays_a_link(invoke: Callable[..., Any], write: Callable[..., Path], tmp_path: Path) -> None:
    """The file that a link leads to is mended."""
    target = write("rules/real.txt", WRONG)
    (tmp_path / "rules" / "main.rules").symlink_to(target)
    assert invoke("validate", "--fix").code == 0
    assert (tmp_path / "rules" / "main.rules").is_symlink()
    assert target.read_text("utf-8") == RIGHT


def test_sets_that_share_a_file_are_mended_together(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """What one set lets be fixed in a shared file is not undone by another."""
    rules = 'use "people.rules"\nrule a when sender in vip then drop\notherwise reply “x”\n'
    first, second = write("rules/main.rules", rules), write("rules/other.rules", rules)
    people = write("rules/people.rules", 'list vip ＝ ["u1"，"u2"]\n')
    told = invoke("validate", "--fix", first, second)
    assert (told.code, told.err) == (0, "fixed: 4, files: 3\n")
    assert people.read_text("utf-8") == 'list vip = ["u1","u2"]\n'
    assert first.read_text("utf-8") == second.read_text("utf-8") == rules.replace("“x”", '"x"')
