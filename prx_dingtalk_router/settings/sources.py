"""Gathering what is set: the file, the environment, PRX's own file, and what placeholders stand for."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.settings.model import TABLES, ChannelSettings
from prx_dingtalk_router.settings.origin import Origin
from prx_dingtalk_router.settings.overrides import Override, read_overrides
from prx_dingtalk_router.settings.placeholders import filled, placeholders
from prx_dingtalk_router.settings.prx_config import read_prx_channel
from prx_dingtalk_router.settings.refusal import RefusedError, located
from prx_dingtalk_router.settings.schema import TOP_LEVEL, field_at, is_secret, likely_key
from prx_dingtalk_router.settings.values import ValidationContext

_CHANNEL = ("channels_config", "dingtalk")
# Tables that may be left out in the file and have fixed names.
_PLAIN = tuple(path[0] for path in TABLES if len(path) == 1)


class Sources:
    """Brings all places together into the tables that ``Settings`` is made of.

    Attributes:
        origins: where each key that is set came from.
        problems: what was wrong on the way.
        refused: paths of keys that were told about already, so that no check tells of them again.
    """

    def __init__(self, source: Path, environ: Mapping[str, str], around: ValidationContext) -> None:
        self.origins: dict[tuple[str, ...], Origin] = {}
        self.problems: list[Text] = []
        self.refused: set[tuple[str, ...]] = set()
        self._source = source
        self._environ = environ
        self._around = around

    def gather(self, written: Mapping[str, Any]) -> dict[str, Any]:
        """The tables for ``Settings``, by its attributes, out of the tables of the file."""
        table: dict[str, Any] = copy.deepcopy(dict(written))
        overrides, problems = read_overrides(self._environ, _names(table.get("agents")))
        self.problems += problems
        in_file = _CHANNEL[1] in _names(table.get(_CHANNEL[0]))
        self._note(table, ())
        for override in overrides:
            self._apply(override, table)
        table = {key: self._filled(value, (key,)) for key, value in table.items()}
        self._refuse_unknown(table)
        return {
            **{name: table.get(name, {}) for name in (*_PLAIN, "agents")},
            "channel": self._channel(table, in_file),
        }

    def _note(self, value: Mapping[str, Any], path: tuple[str, ...]) -> None:
        for key, inner in value.items():
            self.origins[*path, key] = Origin(
                self._source, placeholders=placeholders(inner) if isinstance(inner, str) else _in_list(inner)
            )
            if isinstance(inner, dict):
                self._note(inner, (*path, key))

    def _apply(self, override: Override, table: dict[str, Any]) -> None:
        inner = table
        for part in override.path[:-1]:
            inner = inner.setdefault(part, {})
            if not isinstance(inner, dict):
                # The file has something else where a table belongs; the check of that table says so.
                return
        inner[override.path[-1]] = override.value
        self.origins[override.path] = Origin(
            variable=override.variable,
            placeholders=placeholders(override.value)
            if isinstance(override.value, str)
            else _in_list(override.value),
        )

    def _filled(self, value: Any, path: tuple[str, ...]) -> Any:
        if isinstance(value, dict):
            return {key: self._filled(inner, (*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(inner, path) for inner in value]
        if not isinstance(value, str):
            return value
        try:
            return filled(value, self._environ, self._around.base)
        except RefusedError as refusal:
            field = field_at(path)
            lenient = field is not None and (is_secret(field) or path == (*_CHANNEL, "client_id"))
            if self._around.credentials or not lenient:
                self._refuse(path, refusal.text)
            return ""

    def _refuse_unknown(self, table: Mapping[str, Any]) -> None:
        for key in table:
            if key not in TOP_LEVEL:
                self._refuse((key,), _unknown((key,)))
        channels = table.get(_CHANNEL[0], {})
        if not isinstance(channels, dict):
            self._refuse(_CHANNEL[:1], text("settings.not-a-table", table=_CHANNEL[0]))
            return
        for key in channels:
            if key != _CHANNEL[1]:
                self._refuse((_CHANNEL[0], key), _unknown((_CHANNEL[0], key)))

    def _channel(self, table: Mapping[str, Any], in_file: bool) -> Any:
        channels = table.get(_CHANNEL[0], {})
        here = channels.get(_CHANNEL[1]) if isinstance(channels, dict) else {}
        prx = table.get("prx")
        config = prx.get("config") if isinstance(prx, dict) else None
        if isinstance(config, str) and config.strip() and "\0" not in config:
            if in_file:
                self._refuse(("prx", "config"), text("settings.prx-both"))
            else:
                return self._from_prx(self._around.base / config, here or {})
        elif not self.refused.isdisjoint({_CHANNEL[:1], ("prx", "config")}):
            self._pass_over_channel()
        elif here is None and self._around.credentials:
            self._refuse(_CHANNEL, text("settings.channel-missing"))
            self._pass_over_channel()
        return self._without_credentials({} if here is None else here)

    def _from_prx(self, config: Path, overriding: dict[str, Any]) -> Any:
        channel, problems = read_prx_channel(config)
        if channel is None:
            self.problems += problems
            self._pass_over_channel()
            return {}
        # It is PRX's file: what this program does not know there is none of its business.
        known = {
            key: value
            for key, value in channel.table.items()
            if key in ChannelSettings.model_fields and key != "mention_only"
        }
        for key in known:
            self.origins.setdefault((*_CHANNEL, key), Origin(channel.files[key]))
        self.origins.setdefault(_CHANNEL, Origin(config))
        return self._without_credentials({**known, **overriding})

    def _pass_over_channel(self) -> None:
        """The whole table was told about: that its keys are missing is no news."""
        self.refused |= {(*_CHANNEL, key) for key in ChannelSettings.model_fields}

    def _without_credentials(self, channel: Any) -> Any:
        if self._around.credentials or not isinstance(channel, dict):
            return channel
        return {"client_id": "", "client_secret": "", **channel}

    def _refuse(self, path: tuple[str, ...], what: Text) -> None:
        self.refused.add(path)
        origin = self.origins.get(path, Origin(self._source))
        self.problems.append(located(origin.place_of(path), path, what))


def _unknown(path: tuple[str, ...]) -> Text:
    likely = likely_key(path)
    if likely is None:
        return text("settings.unknown-key")
    return text("settings.unknown-key-guess", guess=likely)


def _names(value: Any) -> list[str]:
    return list(value) if isinstance(value, dict) else []


def _in_list(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(found for entry in value if isinstance(entry, str) for found in placeholders(entry))
