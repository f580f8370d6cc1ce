"""Commands whose function is imported when they run, and groups of commands."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click
from click.exceptions import NoArgsIsHelpError

from prx_dingtalk_router.cli.importing import importing
from prx_dingtalk_router.cli.wording import Section, WordedCommand, WordedGroup

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
"""How every command and group reads and shows its help."""


def command(name: str, *parameters: click.Parameter, module: str | None = None) -> WordedCommand:
    """Return a command: the function ``name`` of the module ``module``, by default one of the same name.

    Its help and example are ``cli.MODULE.help`` and ``cli.MODULE.example`` of the catalogue.
    """
    topic = module or name

    def run(**given: object) -> object:
        with importing():
            function = getattr(import_module(f"prx_dingtalk_router.cli.{topic}"), name)
        return function(**given)

    return WordedCommand(
        name,
        callback=run,
        params=[*parameters],
        help=f"cli.{topic}.help",
        epilog=f"cli.{topic}.example",
        context_settings=CONTEXT_SETTINGS,
    )


def group(
    name: str,
    help_key: str,
    *parameters: click.Parameter,
    commands: list[click.Command],
    sections: Sequence[Section] = (),
    epilog: str | None = None,
) -> WordedGroup:
    """Return a group of commands; without a command it shows its help, by sections if there are any, and what ``epilog`` is the key of."""
    return WordedGroup(
        name,
        commands=commands,
        sections=sections,
        params=[*parameters],
        help=help_key,
        epilog=epilog,
        no_args_is_help=True,
        invoke_without_command=True,
        subcommand_metavar="COMMAND [ARGS]...",
        callback=_help_without_command,
        context_settings=CONTEXT_SETTINGS,
    )


@click.pass_context
def _help_without_command(ctx: click.Context) -> None:
    """Show the help where options alone were typed, such as ``--lang en``."""
    if ctx.invoked_subcommand is None:
        raise NoArgsIsHelpError(ctx)
