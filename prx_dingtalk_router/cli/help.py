"""``prx-router help``: the help of a command, for those who ask for it in this way."""

from __future__ import annotations

from collections.abc import Sequence

import click

from prx_dingtalk_router.cli.command_line import PROGRAM, command_line
from prx_dingtalk_router.cli.wording import ExtraArguments, WordedContext


def help(*, names: Sequence[str]) -> int:  # noqa: A001 - the command's name
    """Print the help of a command, or of the program.

    Raises:
        click.UsageError: there is no such command.
    """
    command: click.Command = command_line()
    context = WordedContext(command, info_name=PROGRAM, **command.context_settings)
    for at, name in enumerate(names):
        if not isinstance(command, click.Group):
            raise ExtraArguments(names[at:], context)
        found = command.get_command(context, name)
        if found is None:
            command.resolve_command(context, [name])  # says which there are
            break
        command = found
        context = WordedContext(command, parent=context, info_name=name, **command.context_settings)
    print(command.get_help(context))
    return 0
