"""The options that every command has (interfaces.md section 1)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from prx_dingtalk_router.catalogue import text


class LanguageChoice(StrEnum):
    """What ``--lang`` takes; it is read before the command line is parsed."""

    ZH = "zh"
    EN = "en"


# Whether a path can be read is told by whoever reads it, in the language of the process.
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help=str(text("cli.option.config")), show_default=False, readable=False
    ),
]
RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="PATH", help=str(text("cli.option.rules")), show_default=False, readable=False
    ),
]
LanguageOption = Annotated[
    LanguageChoice | None, typer.Option("--lang", help=str(text("cli.option.lang")), show_default=False)
]
NoColorOption = Annotated[bool, typer.Option("--no-color", help=str(text("cli.option.no-color")))]
JsonOption = Annotated[bool, typer.Option("--json", help=str(text("cli.option.json")))]
