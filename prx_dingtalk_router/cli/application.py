"""The commands in one place, with their help in the language of the process."""

from __future__ import annotations

from collections.abc import Callable

import typer

from prx_dingtalk_router import __version__
from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli import config
from prx_dingtalk_router.cli.explain import explain
from prx_dingtalk_router.cli.export import export
from prx_dingtalk_router.cli.init import init
from prx_dingtalk_router.cli.options import LanguageOption
from prx_dingtalk_router.cli.replay import replay
from prx_dingtalk_router.cli.run import run
from prx_dingtalk_router.cli.simulate import simulate
from prx_dingtalk_router.cli.test import test
from prx_dingtalk_router.cli.validate import validate
from prx_dingtalk_router.cli.wording import WordedCommand, WordedGroup

COMMANDS = (init, validate, test, explain, replay, export, run, simulate)


def application() -> typer.Typer:
    """The application with all commands."""
    app = typer.Typer(
        name="prx-router",
        cls=WordedGroup,
        help=str(text("cli.help")),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root)
    for command in COMMANDS:
        name = command.__name__
        _add(app, name, name, command)
    settings = typer.Typer(
        name="config", cls=WordedGroup, help=str(text("cli.config.help")), no_args_is_help=True
    )
    _add(settings, "show", "config", config.show)
    app.add_typer(settings)
    return app


def _add(app: typer.Typer, name: str, topic: str, command: Callable[..., int]) -> None:
    """Add a command with its help and example, which stand in the catalogue under its topic."""
    help_text, example = str(text(f"cli.{topic}.help")), str(text(f"cli.{topic}.example"))
    app.command(name, cls=WordedCommand, help=help_text, epilog=example)(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"prx-router {__version__}")
        raise typer.Exit


def _root(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True),
    lang: LanguageOption = None,
) -> None:
    """Options before the command."""
