"""The commands in one place, with their help in the language of the process."""

from __future__ import annotations

from typing import Any

import typer
from typer.main import get_command

from prx_dingtalk_router import __version__
from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.lazy_command import CONTEXT_SETTINGS, LazyCommand
from prx_dingtalk_router.cli.options import LanguageOption
from prx_dingtalk_router.cli.wording import WordedGroup

COMMANDS = ("init", "validate", "test", "explain", "replay", "export", "run", "simulate")
"""The commands that are functions of their own name in modules of that name."""


def application() -> Any:
    """Build the command line: the group of all commands, none of them loaded."""
    group = _group("prx-router", str(text("cli.help")), _root)
    for name in COMMANDS:
        group.add_command(LazyCommand(name, f"{name}:{name}", name))
    settings = _group("config", str(text("cli.config.help")), _config)
    settings.add_command(LazyCommand("show", "config:show", "config"))
    group.add_command(settings)
    return group


def _group(name: str, help_text: str, callback: Any) -> Any:
    app = typer.Typer(
        name=name,
        cls=WordedGroup,
        help=help_text,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=CONTEXT_SETTINGS,
        add_completion=name == "prx-router",
    )
    app.callback()(callback)
    return get_command(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"prx-router {__version__}")
        raise typer.Exit


def _root(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True),
    lang: LanguageOption = None,
) -> None:
    """Options before the command."""


def _config() -> None:
    """Settings have no options of their own."""
