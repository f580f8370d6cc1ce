"""``prx-router validate``: checks rules, and against the configuration when there is one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import perhaps_unread
from prx_dingtalk_router.cli.diagnostic_formats import (
    write_concise,
    write_github,
    write_json_document,
    write_text,
)
from prx_dingtalk_router.cli.options import ConfigOption, LanguageOption, NoColorOption, RulesOption
from prx_dingtalk_router.cli.workspace import check_sets, find_workspace


class Format(StrEnum):
    """The forms in which diagnostics are shown."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"


def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help=str(text("cli.validate.paths")), readable=False),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help=str(text("cli.validate.format")))] = Format.TEXT,  # noqa: A002
    json_wanted: Annotated[bool, typer.Option("--json", help=str(text("cli.validate.json")))] = False,
    strict: Annotated[bool, typer.Option("--strict", help=str(text("cli.validate.strict")))] = False,
    config: ConfigOption = None,
    rules: RulesOption = None,
    lang: LanguageOption = None,
    no_color: NoColorOption = False,
) -> int:
    """Check sets of rules; 1 when there is an error, or a warning under ``--strict``."""
    workspace = find_workspace(config, rules)
    results = check_sets(paths or [workspace.where()], workspace.context())
    with perhaps_unread():
        match Format.JSON if json_wanted else format:
            case Format.TEXT:
                write_text(results, no_color=no_color)
            case Format.CONCISE:
                write_concise(results)
            case Format.JSON:
                write_json_document(results)
            case Format.GITHUB:
                write_github(results)
    errors = sum(result.errors for result in results)
    warnings = sum(result.warnings for result in results)
    return int(errors > 0 or (strict and warnings > 0))
