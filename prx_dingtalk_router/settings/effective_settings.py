"""The settings in force, as ``config show`` and ``doctor`` need them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from prx_dingtalk_router.calendar.durations import format_duration
from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.settings.addresses import shown_proxy
from prx_dingtalk_router.settings.model import Settings
from prx_dingtalk_router.settings.origin import Origin
from prx_dingtalk_router.settings.refusal import dotted
from prx_dingtalk_router.settings.schema import is_secret

MASK = "********"
# A key of PRX's that has no effect (prx-gateway.md section 17.1) is not shown.
_SILENT = ("mention_only",)


class Effective(NamedTuple):
    """One setting in force: its key and value as TOML writes them, and where it came from.

    ``missing``: it is empty although it has to be set, or was to be filled from a variable or file that gives nothing.
    """

    key: str
    value: str
    origin: Text
    missing: bool = False


def effective(settings: Settings) -> list[Effective]:
    """Every setting in force, in the order of interfaces.md section 3, with secrets masked."""
    return [
        Effective(
            dotted(path),
            _shown(table, name),
            _origin(settings, path),
            _is_missing(settings, path, table, name),
        )
        for path, table, name, field in _fields(settings)
    ]


def written_secrets(settings: Settings) -> list[tuple[str, Path]]:
    """Dotted key and file of each secret that is written in a file itself, not in a variable or a file of its own."""
    found = []
    for path, table, name, field in _fields(settings):
        origin = settings.origins.get(path)
        file = origin.file if origin and not origin.placeholders else None
        # An empty secret, or a proxy without a password, betrays nothing.
        if file and is_secret(field) and MASK in _shown(table, name):
            found.append((dotted(path), file))
    return found


def _fields(settings: Settings) -> Iterator[tuple[tuple[str, ...], BaseModel, str, FieldInfo]]:
    tables: list[tuple[tuple[str, ...], BaseModel]] = [
        (("channels_config", "dingtalk"), settings.channel),
        (("prx",), settings.prx),
        (("dingtalk",), settings.dingtalk),
        (("rules",), settings.rules),
        *((("agents", name), agent) for name, agent in settings.agents.items()),
        (("journal",), settings.journal),
        (("admin",), settings.admin),
        (("notify",), settings.notify),
        (("log",), settings.log),
        (("validate",), settings.validation),
    ]
    for path, table in tables:
        for name, field in type(table).model_fields.items():
            if name not in _SILENT:
                yield (*path, name), table, name, field


def _is_missing(settings: Settings, path: tuple[str, ...], table: BaseModel, name: str) -> bool:
    if _shown(table, name) != _toml(""):
        return False
    origin = settings.origins.get(path)
    return type(table).model_fields[name].is_required() or bool(origin and origin.placeholders)


def _origin(settings: Settings, path: tuple[str, ...]) -> Text:
    origin: Origin | None = settings.origins.get(path)
    return origin.described() if origin else text("settings.where-default")


def _shown(table: BaseModel, name: str) -> str:
    value = getattr(table, name)
    if isinstance(value, SecretStr):
        secret = value.get_secret_value()
        # Which proxy is used matters to whoever looks; only a name and password in it are secret.
        return _toml(shown_proxy(secret, MASK) if name == "proxy" else MASK if secret else "")
    if isinstance(value, float):
        return _toml(format_duration(value))
    return _toml(value)


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(entry) for entry in value) + "]"
    if isinstance(value, (bool, int)):
        return json.dumps(value)
    return json.dumps("" if value is None else str(value), ensure_ascii=False)
