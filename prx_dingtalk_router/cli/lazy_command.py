"""Commands that are loaded when they are asked for: most of what one imports is of no use to the others."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.wording import WordedCommand


class LazyCommand(WordedCommand):
    """A command known by its name and help alone, until its options are needed.

    Args:
        name: as it is typed.
        target: ``module:function`` below ``prx_dingtalk_router.cli``.
        topic: of its help and example in the catalogue.
    """

    def __init__(self, name: str, target: str, topic: str) -> None:
        super().__init__(name=name, callback=None, help=str(text(f"cli.{topic}.help")))
        self._target = target
        self._example = str(text(f"cli.{topic}.example"))

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Load the command and let it read its arguments."""
        return self._loaded.make_context(*args, **kwargs)

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters of the loaded command."""
        params: list[Any] = self._loaded.get_params(ctx)
        return params

    @cached_property
    def _loaded(self) -> Any:
        module, _, function = self._target.partition(":")
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(self.name, cls=WordedCommand, help=self.help, epilog=self._example)(
            getattr(import_module(f"prx_dingtalk_router.cli.{module}"), function)
        )
        command = get_command(alone)
        command.context_settings = CONTEXT_SETTINGS
        return command


CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
"""How every command and group reads and shows its help."""
