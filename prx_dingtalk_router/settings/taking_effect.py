"""What changes while the router runs, and what waits for a restart: one table (interfaces.md section 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from prx_dingtalk_router.settings.model import Settings, Table
from prx_dingtalk_router.settings.refusal import dotted

Effect = Literal["reload", "restart"]

RELOADED: frozenset[str] = frozenset(
    {
        "channels_config.dingtalk.allowed_users",
        "dingtalk.replies_per_minute",
        "dingtalk.api_calls_per_month",
        "dingtalk.webhook_and_stream_per_month",
        "dingtalk.reserve",
        "rules.timezone",
        "rules.calendar",
        "rules.reload",
        "rules.tests",
        "agents.*",
        "log.level",
        "log.format",
        "validate.ignore",
    }
)
"""Keys, and tables all of whose keys, that a reload takes over. All others keep their running value until a restart."""

_TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "channel": ("channels_config", "dingtalk"),
        "dingtalk": ("dingtalk",),
        "rules": ("rules",),
        "journal": ("journal",),
        "admin": ("admin",),
        "notify": ("notify",),
        "log": ("log",),
        "validation": ("validate",),
        "prx": ("prx",),
    }
)
"""The tables of fixed name, by their attribute of ``Settings``."""


def effect_of(key: str) -> Effect:
    """Return when a change of a key takes effect.

    Args:
        key: dotted, with ``*`` for the name of an agent: ``agents.*.url``.
    """
    return "reload" if key in RELOADED or key.rpartition(".")[0] in RELOADED else "restart"


def reloaded(running: Settings, loaded: Settings) -> tuple[Settings, Sequence[str]]:
    """Return the settings that are in force after a reload, and the keys whose new value waits for a restart.

    Args:
        running: what is in force.
        loaded: what the configuration says now.
    """
    tables: dict[str, Any] = {"agents": loaded.agents}
    waiting: list[str] = []
    for attribute, path in _TABLES.items():
        before: Table = getattr(running, attribute)
        after: Table = getattr(loaded, attribute)
        taken = {}
        for name in type(before).model_fields:
            value = getattr(after, name)
            if value == getattr(before, name):
                continue
            key = dotted((*path, name))
            if effect_of(key) == "reload":
                taken[name] = value
            else:
                waiting.append(key)
        tables[attribute] = before.model_copy(update=taken)
    settings = running.model_copy(update=tables)
    settings.remember(loaded.origins)
    return settings, tuple(waiting)


def changed_keys(before: Settings, after: Settings) -> Sequence[str]:
    """Return the dotted keys whose values differ; an agent that is only in one of them stands as ``agents.NAME``."""
    found = [
        dotted((*path, name))
        for attribute, path in _TABLES.items()
        for name in type(getattr(before, attribute)).model_fields
        if getattr(getattr(before, attribute), name) != getattr(getattr(after, attribute), name)
    ]
    for agent in sorted({*before.agents, *after.agents}):
        old, new = before.agents.get(agent), after.agents.get(agent)
        if old is None or new is None:
            found.append(dotted(("agents", agent)))
        else:
            found += [
                dotted(("agents", agent, name))
                for name in type(new).model_fields
                if getattr(old, name) != getattr(new, name)
            ]
    return tuple(found)
