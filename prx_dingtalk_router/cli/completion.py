"""Completion of the command line in bash, zsh and fish: shown, or installed for the shell in use.

click writes the scripts and answers them; only where a shell finds them is said here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.command_line import COMPLETION_VARIABLE, PROGRAM
from prx_dingtalk_router.cli.console import note, quoted, reason
from prx_dingtalk_router.errors import UsageError

SHELLS = ("bash", "zsh", "fish")
_LOAD_COMPINIT = "autoload -Uz compinit\n(( $+functions[compdef] )) || compinit\n"


def show_completion(command_line: click.Command, environ: Mapping[str, str]) -> None:
    """Print the script of the shell in use.

    Raises:
        UsageError: the shell is none of ``SHELLS``.
    """
    print(_script(command_line, _shell(environ)))


def install_completion(command_line: click.Command, environ: Mapping[str, str]) -> None:
    """Write the script of the shell in use to where it is found from now on; doing so again changes nothing.

    fish looks for it by itself. For bash and zsh a line is added to ``~/.bashrc`` or ``~/.zshrc``, once.

    Raises:
        UsageError: the shell is none of ``SHELLS``, or a file cannot be written.
    """
    shell = _shell(environ)
    home = Path.home()
    if shell == "fish":
        settings = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
        script, startup = settings / "fish" / "completions" / f"{PROGRAM}.fish", None
    else:
        data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        script, startup = data / PROGRAM / f"completion.{shell}", home / f".{shell}rc"
    try:
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(_script(command_line, shell) + "\n", encoding="utf-8")
        if startup is not None:
            _add_line(startup, f"source {quoted(script)}")
    except OSError as problem:
        path = problem.filename if isinstance(problem.filename, str) else str(script)
        raise UsageError("cli.completion.unwritable", path=path, why=reason(problem)) from problem
    note(text("cli.completion.installed", path=str(script)))


def _shell(environ: Mapping[str, str]) -> str:
    shell = Path(environ.get("SHELL", "")).name
    if shell not in SHELLS:
        raise UsageError("cli.completion.shell", found=shell or "?", shells=SHELLS)
    return shell


def _script(command_line: click.Command, shell: str) -> str:
    kind = get_completion_class(shell)
    assert kind is not None
    written = kind(command_line, {}, PROGRAM, COMPLETION_VARIABLE)
    script = (
        written.source_template % written.source_vars()
    )  # its source() would run bash to learn its release
    return (_LOAD_COMPINIT if shell == "zsh" else "") + script.strip()


def _add_line(path: Path, line: str) -> None:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if line not in before.splitlines():
        path.write_text(
            f"{before}{'' if before.endswith(chr(10)) or not before else chr(10)}{line}\n", "utf-8"
        )
