"""Completion: what a shell is answered, and where its script is put."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.cli.completion import SHELLS

BASH = shutil.which("bash")


@pytest.mark.parametrize(
    ("words", "at", "offered"),
    [
        ("prx-router va", 1, ["plain,validate"]),
        ("prx-router config ", 2, ["plain,show"]),
        ("prx-router dead re", 2, ["plain,retry"]),
        ("prx-router validate --f", 2, ["plain,--format", "plain,--fix"]),
        ("prx-router validate --format g", 3, ["plain,github"]),
        ("prx-router simulate p", 2, ["plain,prx"]),
        ("prx-router validate --lang ", 3, ["plain,zh", "plain,en"]),
        ("prx-router validate ma", 2, ["file,ma"]),
    ],
)
def test_a_shell_is_answered(invoke: Callable[..., Any], words: str, at: int, offered: list[str]) -> None:
    """Commands, options, values and paths are offered."""
    told = invoke(_PRX_ROUTER_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(at))
    assert (told.code, told.out.splitlines(), told.err) == (0, offered, "")


def test_what_is_offered_is_explained_in_the_language(invoke: Callable[..., Any]) -> None:
    """Shells that show what an option does show it in the language of the process."""
    asked = {
        "_PRX_ROUTER_COMPLETE": "fish_complete",
        "COMP_WORDS": "prx-router validate ",
        "COMP_CWORD": "--s",
    }
    assert "有警告也算失败" in invoke(**asked, LANG="zh_CN.UTF-8").out


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_shown(invoke: Callable[..., Any], shell: str) -> None:
    """``--show-completion`` prints the script of the shell in use, which asks this program."""
    told = invoke("--show-completion", SHELL=f"/usr/bin/{shell}")
    assert (told.code, told.err) == (0, "")
    assert f"_PRX_ROUTER_COMPLETE={shell}_complete" in told.out


@pytest.mark.parametrize(
    ("shell", "script", "startup"),
    [
        ("bash", ".local/share/prx-router/completion.bash", ".bashrc"),
        ("zsh", ".local/share/prx-router/completion.zsh", ".zshrc"),
        ("fish", ".config/fish/completions/prx-router.fish", None),
    ],
)
def test_installing_twice_is_installing_once(
    invoke: Callable[..., Any], tmp_path: Path, shell: str, script: str, startup: str | None
) -> None:
    """The script is written, and the shell's own file gains one line and loses nothing."""
    around = {"SHELL": shell, "HOME": str(tmp_path), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}
    if startup is not None:
        (tmp_path / startup).write_text("alias ll='ls -l'", "utf-8")
    for _ in range(2):
        told = invoke("--install-completion", **around)
        assert (told.code, told.out) == (0, "")
        assert str(tmp_path / script) in told.err
    assert "_PRX_ROUTER_COMPLETE" in (tmp_path / script).read_text("utf-8")
    if startup is not None:
        lines = (tmp_path / startup).read_text("utf-8").splitlines()
        assert lines == ["alias ll='ls -l'", f"source {tmp_path / script}"]


@pytest.mark.skipif(BASH is None, reason="needs bash")
def test_bash_takes_the_script(invoke: Callable[..., Any], tmp_path: Path) -> None:
    """After reading its start-up file, bash completes the command by it."""
    assert invoke("--install-completion", SHELL="bash", HOME=str(tmp_path), XDG_DATA_HOME="").code == 0
    asked = subprocess.run(
        [str(BASH), "--norc", "-c", "source ~/.bashrc && complete -p prx-router"],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.split()[-1] == "prx-router"


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
def test_an_unknown_shell_is_a_sentence(invoke: Callable[..., Any], option: str) -> None:
    """Another shell ends with 2, and which ones there are."""
    told = invoke(option, SHELL="/bin/tcsh")
    assert (told.code, told.out) == (2, "")
    assert "`tcsh`" in told.err
    assert "bash, zsh, fish" in told.err


def test_a_folder_that_cannot_be_written_is_a_sentence(invoke: Callable[..., Any], tmp_path: Path) -> None:
    """Where the script cannot be written, the place and the system's reason are told."""
    (tmp_path / ".local").touch()
    told = invoke("--install-completion", SHELL="bash", HOME=str(tmp_path), XDG_DATA_HOME="")
    assert told.code == 2
    assert str(tmp_path / ".local") in told.err
