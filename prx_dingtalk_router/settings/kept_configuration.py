"""The configuration that was in force last, kept beside the journal for a start at which the file is broken.

What is kept is the table as it is written, with its placeholders. A secret that stands in the file itself is not copied: it is
taken from the file again, which may be broken elsewhere.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from prx_dingtalk_router.settings.loading import settings_from_table
from prx_dingtalk_router.settings.model import JournalSettings, Settings
from prx_dingtalk_router.settings.overrides import PREFIX, read_overrides
from prx_dingtalk_router.settings.placeholders import placeholders
from prx_dingtalk_router.settings.refusal import RefusedError, dotted
from prx_dingtalk_router.settings.schema import field_at, is_secret
from prx_dingtalk_router.settings.toml_file import read_text, read_toml
from prx_dingtalk_router.settings.values import journal_path

FILE = "configuration.json"
FILE_MODE = 0o600
_VERSION = 1
_URL = re.compile(r"sqlite:///[^\"'\r\n]+")
_DEFAULT_URL = "sqlite:///prx-router.db"
_Path = tuple[str, ...]


class MissingSecretsError(Exception):
    """There is a last good configuration, but secrets of it stood in the file, and cannot be read there any more."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(keys)
        self.keys = keys


class _Kept(Struct):
    source: str
    table: dict[str, Any]
    withheld: list[list[str]]
    version: int = _VERSION


def state_folder(journal: JournalSettings) -> Path | None:
    """Where what outlasts a process is kept: beside the journal, under its name; ``None`` for a journal in memory."""
    return _folder_of(journal.path)


def keep_configuration(source: Path, content: bytes, folder: Path) -> None:
    """Keep the configuration that is in force.

    Args:
        source: its file.
        content: what that holds.
        folder: where it is kept; its owner's alone.

    Raises:
        OSError: it cannot be written.
    """
    table = tomllib.loads(content.decode("utf-8-sig"))
    withheld = [list(path) for path in _written_secrets(table)]
    for path in withheld:
        _at(table, path[:-1]).pop(path[-1])
    kept = _Kept(str(source.absolute()), table, withheld)
    beside = folder / f"{FILE}.new"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(kept)))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / FILE)


def last_good_settings(
    source: Path, environ: Mapping[str, str], *, credentials: bool = True
) -> Settings | None:
    """The settings that were in force before ``source`` was broken; None where nothing is kept.

    Args:
        source: the configuration file, whatever it holds now, or does not.
        environ: the environment of today.
        credentials: false for commands that only look: then secrets may be missing.

    Raises:
        MissingSecretsError: they are kept without secrets that cannot be had.
        SettingsError: they are not in order with the environment and files of today.
    """
    kept = next((found for folder in _folders(source, environ) if (found := _read(folder, source))), None)
    if kept is None:
        return None
    try:
        today = read_toml(source)
    except RefusedError:
        today = {}
    overrides, _ = read_overrides(environ, [*_at(kept.table, ["agents"])])
    overridden, missing = {each.path for each in overrides}, []
    for path in kept.withheld:
        value = _at(today, path[:-1]).get(path[-1])
        if isinstance(value, str) and value:
            _at(kept.table, path[:-1])[path[-1]] = value
        elif tuple(path) not in overridden:
            missing.append(dotted(path))
    if missing and credentials:
        raise MissingSecretsError(tuple(missing))
    return settings_from_table(kept.table, source, environ, credentials=credentials)


def _folders(source: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    """Where it may be kept: beside each journal that the environment or the file names, however broken, and the usual one."""
    try:
        written = read_text(source)
    except RefusedError:
        written = ""
    for url in (environ.get(f"{PREFIX}JOURNAL__URL", ""), *_URL.findall(written), _DEFAULT_URL):
        path = journal_path(url.strip())
        folder = _folder_of(source.absolute().parent / path if path is not None else None)
        if folder is not None:
            yield folder


def _folder_of(journal: Path | None) -> Path | None:
    return journal.with_suffix(".state") if journal is not None and journal.name else None


def _read(folder: Path, source: Path) -> _Kept | None:
    try:
        kept = msgspec.json.decode((folder / FILE).read_bytes(), type=_Kept)
    except (OSError, ValueError, msgspec.DecodeError):
        return None
    return kept if (kept.version, kept.source) == (_VERSION, str(source.absolute())) else None


def _written_secrets(table: Mapping[str, Any], around: _Path = ()) -> Iterator[_Path]:
    """Where a secret stands in the file itself: wholly, or beside a placeholder."""
    for name, value in table.items():
        path = (*around, name)
        if isinstance(value, Mapping):
            yield from _written_secrets(value, path)
            continue
        field = field_at(path)
        if field is None or not is_secret(field):
            continue
        rest = str(value)
        for placeholder in placeholders(rest):
            rest = rest.replace(placeholder, "")
        if rest:
            yield path


def _at(table: Any, path: list[str]) -> dict[str, Any]:
    for name in path:
        table = table.get(name) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}
