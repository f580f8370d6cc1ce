"""``PRX_ROUTER_<TABLE>__<KEY>`` in the environment, in place of what the file says.

Written by hand because pydantic-settings cannot do what interfaces.md promises: it reads the process's
own environment only, passes over names it does not know, cannot name the variable that a wrong value
came from, and knows no tables whose names the configuration chooses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_origin

from pydantic.fields import FieldInfo

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.settings.discovery import CONFIG_VARIABLE
from prx_dingtalk_router.settings.model import TABLES
from prx_dingtalk_router.settings.refusal import RefusedError
from prx_dingtalk_router.settings.schema import field_at
from prx_dingtalk_router.text.did_you_mean import nearest

PREFIX = "PRX_ROUTER_"
# What Kubernetes puts into every container beside a service called prx-router.
_SERVICE_LINK = re.compile(
    r"PRX_ROUTER_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)"
)


@dataclass(frozen=True, slots=True)
class Override:
    """One key that the environment sets: the variable, the key's path, and the value in TOML's types."""

    variable: str
    path: tuple[str, ...]
    value: object


def read_overrides(environ: Mapping[str, str], agents: Sequence[str]) -> tuple[list[Override], list[Text]]:
    """The overrides in ``environ``.

    Args:
        environ: the environment.
        agents: names of the agents in the file. A variable means the agent whose name is the same but
            for case and ``-`` for ``_``; otherwise a new agent, if its ``url`` is set too.

    Returns:
        The overrides in order of their names, and what is wrong with the others.
    """
    found: list[Override] = []
    problems: list[Text] = []
    names = sorted(name for name in environ if name.startswith(PREFIX) and name != CONFIG_VARIABLE)
    for name in names:
        if _SERVICE_LINK.fullmatch(name):
            continue
        try:
            path = _path(name, agents, names)
            field = field_at(path)
            if field is None:
                raise _unknown(name, agents)
            found.append(Override(name, path, _value(environ[name], field)))
        except RefusedError as refusal:
            problems.append(text("settings.in-variable", variable=name, what=refusal.text))
    return found, problems


def _path(variable: str, agents: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    parts = variable.removeprefix(PREFIX).split("__")
    key = parts[-1].lower()
    if parts[0] == "AGENTS" and len(parts) > 2:
        # The name may have the separator in it; the first part and the last cannot.
        return ("agents", _agent(variable, "__".join(parts[1:-1]), agents, names), key)
    return (*(part.lower() for part in parts[:-1]), key)


def _agent(variable: str, written: str, agents: Sequence[str], names: Sequence[str]) -> str:
    meant = [name for name in agents if _folded(name) == _folded(written)]
    if len(meant) > 1:
        raise RefusedError("settings.override-ambiguous", agents=meant)
    if meant:
        return meant[0]
    if f"{PREFIX}AGENTS__{written}__URL" not in names:
        raise _unknown(variable, agents)
    return written.lower()


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_")


def _unknown(variable: str, agents: Sequence[str]) -> RefusedError:
    known = [CONFIG_VARIABLE]
    for pattern, table in TABLES.items():
        for name in agents if "*" in pattern else ("",):
            parts = [_folded(name).upper() if part == "*" else part.upper() for part in pattern]
            known += [PREFIX + "__".join([*parts, key.upper()]) for key in table.model_fields]
    guess = nearest(variable.removeprefix(PREFIX), [name.removeprefix(PREFIX) for name in known])
    if guess is None:
        return RefusedError("settings.override-unknown")
    return RefusedError("settings.override-unknown-guess", guess=PREFIX + guess)


def _value(raw: str, field: FieldInfo) -> object:
    if field.annotation is bool:
        if raw.strip().lower() not in ("true", "false"):
            raise RefusedError("settings.override-boolean")
        return raw.strip().lower() == "true"
    if field.annotation is int:
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", raw.strip()):
            raise RefusedError("settings.override-integer")
        return int(raw)
    if get_origin(field.annotation) is tuple:
        return _entries(raw)
    return raw


def _entries(raw: str) -> list[Any]:
    if not raw.lstrip().startswith("["):
        return [entry.strip() for entry in raw.split(",") if entry.strip()]
    try:
        entries = json.loads(raw)
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, list):
        raise RefusedError("settings.override-list")
    return entries
