"""The command line: all commands, and the options before them; running what was typed, or answering a shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import click
from click.exceptions import Abort, Exit

from prx_dingtalk_router import __version__
from prx_dingtalk_router.cli.commands import SECTIONS, commands
from prx_dingtalk_router.cli.lazy_command import group
from prx_dingtalk_router.cli.parameters import action, language
from prx_dingtalk_router.cli.signals import INTERRUPTED

PROGRAM = "prx-router"
COMPLETION_VARIABLE = "_PRX_ROUTER_COMPLETE"
"""What a shell asks in when it wants completions; click's name for it."""


def run_command_line(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run the command that was typed, or answer a shell that wants to complete one; return the exit code.

    Raises:
        click.UsageError: the command line is wrong.
    """
    program = command_line()
    asked = environ.get(COMPLETION_VARIABLE)
    if asked:
        from click.shell_completion import shell_complete

        return shell_complete(program, {}, PROGRAM, COMPLETION_VARIABLE, asked)
    try:
        with program.make_context(PROGRAM, [*arguments]) as context:
            return int(program.invoke(context) or 0)
    except Exit as ended:
        return ended.exit_code
    except Abort:  # Ctrl-C or Ctrl-D where something is asked
        print(file=sys.stderr)
        return INTERRUPTED


def command_line() -> click.Group:
    """Build the command line: the group of all commands."""
    return group(
        PROGRAM,
        "cli.program.help",
        action("--version", "cli.option.version", _show_version),
        language(),
        action("--install-completion", "cli.option.install-completion", _install_completion),
        action("--show-completion", "cli.option.show-completion", _show_completion),
        commands=commands(),
        sections=SECTIONS,
        epilog="cli.program.example",
    )


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        print(f"{PROGRAM} {__version__}")
        ctx.exit()


def _show_completion(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from prx_dingtalk_router.cli.completion import show_completion

        show_completion(ctx.command, os.environ)
        ctx.exit()


def _install_completion(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from prx_dingtalk_router.cli.completion import install_completion

        install_completion(ctx.command, os.environ)
        ctx.exit()
