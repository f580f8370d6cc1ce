"""From a file, or a table, and the environment to checked ``Settings``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.errors import SettingsError
from prx_dingtalk_router.settings.model import Settings
from prx_dingtalk_router.settings.origin import Origin
from prx_dingtalk_router.settings.refusal import RefusedError, in_file
from prx_dingtalk_router.settings.sources import Sources
from prx_dingtalk_router.settings.toml_file import read_toml
from prx_dingtalk_router.settings.validation_errors import verdicts
from prx_dingtalk_router.settings.values import ValidationContext


def load_settings(path: Path, environ: Mapping[str, str], *, credentials: bool = True) -> Settings:
    """The settings in the file at ``path``, with the environment's overrides.

    Args:
        path: the configuration file.
        environ: the environment: overrides, and values for ``${env:NAME}``.
        credentials: false for commands that only check rules: then the channel and its credentials,
            and secrets whose variable or file is missing, may be absent and come out empty.

    Returns:
        Checked settings, with absolute paths, durations in seconds and no placeholders left.

    Raises:
        SettingsError: with a problem for everything that is wrong, not only the first.
    """
    try:
        table = read_toml(path)
    except RefusedError as refusal:
        problems = [in_file(path, refusal)]
    else:
        return settings_from_table(table, path, environ, credentials=credentials)
    raise _unusable(path, problems)


def settings_from_table(
    table: Mapping[str, Any], source: Path, environ: Mapping[str, str], *, credentials: bool = True
) -> Settings:
    """Like ``load_settings``, of a table that was read or made already.

    Args:
        table: what TOML would give; not changed.
        source: the file that problems name, and whose folder relative paths start from; it need not exist.
        environ: the environment: overrides, and values for ``${env:NAME}``.
        credentials: as in ``load_settings``.

    Returns:
        Checked settings.

    Raises:
        SettingsError: with a problem for everything that is wrong.
    """
    around = ValidationContext(source.absolute().parent, credentials)
    sources = Sources(source, environ, around)
    tables = sources.gather(table)
    settings, found = _validated(tables, around, sources.origins, source)
    problems = [*sources.problems, *(problem for path, problem in found if path not in sources.refused)]
    if settings is None or problems:
        raise _unusable(source, problems)
    return settings


def _validated(
    tables: dict[str, Any], around: ValidationContext, origins: dict[tuple[str, ...], Origin], source: Path
) -> tuple[Settings | None, list[tuple[tuple[str, ...], Text]]]:
    try:
        settings = Settings.model_validate({**tables, "source": source.absolute()}, context=around)
    except ValidationError as error:
        # Not chained: the error holds the values, and so might what prints it.
        return None, verdicts(error, tables, origins, source)
    settings.remember(origins)
    return settings, []


def _unusable(source: Path, problems: list[Text]) -> SettingsError:
    return SettingsError("settings.unusable", file=source, count=len(problems), problems=problems)
