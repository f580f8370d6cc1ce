"""``prx-router config show``: the effective settings, secrets masked, each with where it came from."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import results, write_json
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.settings import effective, find_settings, load_settings


def show(*, json_wanted: bool, config: Path | None, rules: Path | None, no_color: bool) -> int:
    """Every setting, one a line; secrets that are missing do not keep it from showing the rest."""
    path = find_settings(config, os.environ, Path.cwd())
    if path is None:
        raise UsageError("cli.no-configuration")
    settings = effective(load_settings(path, os.environ, credentials=False))
    if rules is not None:
        named = json.dumps(str(rules.absolute()), ensure_ascii=False)
        settings = [
            each._replace(value=named, origin=text("cli.config.rules")) if each.key == "rules.path" else each
            for each in settings
        ]
    if json_wanted:
        for setting in settings:
            value = tomllib.loads(f"value = {setting.value}")["value"]
            write_json({"key": setting.key, "value": value, "origin": str(setting.origin)})
        return 0
    console = results(no_color=no_color)
    for setting in settings:
        value = text("settings.not-set") if setting.missing else setting.value
        console.print((setting.key, "bold"), f" = {value}", (f"  # {setting.origin}", "dim"))
    return 0
