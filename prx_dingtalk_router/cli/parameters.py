"""Arguments and options: how each is made, and those that several commands have (interfaces.md section 1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from prx_dingtalk_router.cli.wording import Choice, Integer, WordedArgument, WordedOption

# Whether a path can be read is told by whoever reads it, in the language of the process.
PATH = click.Path(path_type=Path, readable=False)
PORT = Integer(min=0, max=65_535)


def option(names: str, help_key: str, *name: str, **attributes: Any) -> click.Parameter:
    """Return an option with a value.

    Args:
        names: as it is typed, ``--from``.
        help_key: of the catalogue.
        name: of the parameter that gets its value, where that is not ``names`` without the dashes.
        attributes: what else ``click.Option`` takes.
    """
    return WordedOption([names, *name], help=help_key, show_default=True, **attributes)


def flag(names: str, help_key: str, *name: str, **attributes: Any) -> click.Parameter:
    """Return an option without a value; see ``option``."""
    return WordedOption(
        [names, *name],
        help=help_key,
        is_flag=True,
        **{"default": False, "show_default": True, **attributes},
    )


def argument(name: str, help_key: str, **attributes: Any) -> click.Parameter:
    """Return an argument that may be left out, unless ``required`` says otherwise; see ``option``."""
    return WordedArgument([name], help=help_key, **{"required": False, **attributes})


def action(name: str, help_key: str, callback: Any) -> click.Parameter:
    """Return an option that does something of its own and ends the program."""
    return WordedOption(
        [name], help=help_key, is_flag=True, is_eager=True, expose_value=False, callback=callback
    )


# ---- what several commands have


def common(*, no_color_given: bool = True) -> list[click.Parameter]:
    """Return what every command has that works with a configuration and rules."""
    return [
        option("--config", "cli.option.config", type=PATH, metavar="FILE"),
        option("--rules", "cli.option.rules", type=PATH, metavar="PATH"),
        language(),
        no_color(given=no_color_given),
    ]


def language() -> click.Parameter:
    """Return ``--lang``, which is acted on before the command line is parsed."""
    return option("--lang", "cli.option.lang", type=Choice(["zh", "en"]), expose_value=False)


def is_language_given() -> bool:
    """Tell whether ``--lang`` was typed, behind the command that runs or before it."""
    context = click.get_current_context(silent=True)
    while context is not None:
        if context.get_parameter_source("lang") is ParameterSource.COMMANDLINE:
            return True
        context = context.parent
    return False


def no_color(*, given: bool = True) -> click.Parameter:
    """Return ``--no-color``; not given to commands whose output is never coloured."""
    return flag("--no-color", "cli.option.no-color", expose_value=given)


def since() -> click.Parameter:
    """Return ``--since``, how far back the journal is read."""
    return option("--since", "cli.option.since", metavar="1d")
