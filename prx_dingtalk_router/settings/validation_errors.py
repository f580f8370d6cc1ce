"""What the models refused, as sentences that name file and key and never show the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.settings.origin import Origin
from prx_dingtalk_router.settings.refusal import RefusedError, located
from prx_dingtalk_router.settings.schema import choices, field_at, likely_key
from prx_dingtalk_router.settings.values import type_text
from prx_dingtalk_router.text.did_you_mean import nearest

_EXPECTED = {
    "string_type": "settings.type-string",
    "int_type": "settings.type-integer",
    "bool_type": "settings.type-boolean",
    "float_type": "settings.type-float",
    "path_type": "settings.type-string",
    "is_instance_of": "settings.type-string",
}


def verdicts(
    error: ValidationError,
    tables: Mapping[str, Any],
    origins: Mapping[tuple[str, ...], Origin],
    source: Path,
) -> list[tuple[tuple[str, ...], Text]]:
    """Path and sentence of everything that ``error`` has.

    Args:
        error: what ``Settings`` raised.
        tables: what it was made of.
        origins: where each key was written.
        source: the configuration file.
    """
    found = []
    for problem in error.errors(include_url=False):
        path = _path(problem["loc"])
        what = _what(problem["type"], problem.get("ctx", {}), path, _at(tables, problem["loc"]))
        found.append((path, located(_nearest_origin(path, origins, source).place_of(path), path, what)))
    return found


def _path(location: Sequence[str | int]) -> tuple[str, ...]:
    first, *rest = (str(part) for part in location if part != "[key]")
    return ("channels_config", "dingtalk", *rest) if first == "channel" else (first, *rest)


def _nearest_origin(path: tuple[str, ...], origins: Mapping[tuple[str, ...], Origin], source: Path) -> Origin:
    for length in range(len(path), 0, -1):
        if path[:length] in origins:
            return origins[path[:length]]
    return Origin(source)


def _at(tables: Mapping[str, Any], location: Sequence[str | int]) -> Any:
    value: Any = tables
    for part in location:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _what(kind: str, context: Mapping[str, Any], path: tuple[str, ...], value: object) -> Text:
    refusal = context.get("error")
    if isinstance(refusal, RefusedError):
        return refusal.text
    field = field_at(path)
    if kind == "missing":
        return text("settings.missing")
    if kind == "extra_forbidden":
        likely = likely_key(path)
        return text("settings.unknown-key-guess", guess=likely) if likely else text("settings.unknown-key")
    if kind == "literal_error" and field is not None:
        words = choices(field)
        guess = nearest(value, words) if isinstance(value, str) else None
        listed = [f'"{word}"' for word in words]
        if guess is None:
            return text("settings.not-one-of", choices=listed)
        return text("settings.not-one-of-guess", choices=listed, guess=guess)
    if kind == "greater_than_equal":
        return text("settings.at-least", least=context["ge"])
    if kind in _EXPECTED:
        return text("settings.wrong-type", expected=text(_EXPECTED[kind]), got=type_text(value))
    if kind in ("model_type", "mapping_type", "dict_type"):
        example = "agents.NAME" if path[0] == "agents" else ".".join(path)
        return text("settings.not-a-table", table=example)
    return text("settings.wrong-value")
