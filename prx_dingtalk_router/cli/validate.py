"""``prx-router validate``: checks rules, and against the configuration when there is one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prx_dingtalk_router.cli.console import perhaps_unread
from prx_dingtalk_router.cli.diagnostic_formats import (
    write_concise,
    write_github,
    write_json_document,
    write_text,
)
from prx_dingtalk_router.cli.workspace import check_sets, find_workspace


def validate(
    *,
    paths: Sequence[Path],
    format: str,  # noqa: A002
    json_wanted: bool,
    strict: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Check sets of rules; 1 when there is an error, or a warning under ``--strict``."""
    workspace = find_workspace(config, rules)
    results = check_sets(paths or [workspace.where()], workspace.context())
    with perhaps_unread():
        match "json" if json_wanted else format:
            case "text":
                write_text(results, no_color=no_color)
            case "concise":
                write_concise(results)
            case "json":
                write_json_document(results)
            case "github":
                write_github(results)
    errors = sum(result.errors for result in results)
    warnings = sum(result.warnings for result in results)
    return int(errors > 0 or (strict and warnings > 0))
