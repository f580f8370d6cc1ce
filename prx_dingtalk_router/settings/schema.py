"""What keys there are: the models, asked by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from prx_dingtalk_router.settings.model import TABLES, Table
from prx_dingtalk_router.settings.refusal import dotted
from prx_dingtalk_router.settings.synonyms import key_meant
from prx_dingtalk_router.text.did_you_mean import nearest

# Names that may stand at the top of the file.
TOP_LEVEL = tuple(dict.fromkeys(path[0] for path in TABLES))


def known_keys() -> Iterator[tuple[str, FieldInfo]]:
    """Every key by its dotted name, ``agents.*.url`` for those of each agent, in the order of the file."""
    for path, table in TABLES.items():
        for name, field in table.model_fields.items():
            yield ".".join((*path, name)), field


def table_at(path: Sequence[str | int]) -> type[Table] | None:
    """The model of the table at ``path``, or ``None`` where no such table can be."""
    for pattern, table in TABLES.items():
        if len(pattern) == len(path) and all(
            part in ("*", given) for part, given in zip(pattern, path, strict=True)
        ):
            return table
    return None


def field_at(path: Sequence[str | int]) -> FieldInfo | None:
    """The field of the key at ``path``, or ``None`` where there is none."""
    table = table_at(path[:-1]) if path else None
    return table.model_fields.get(str(path[-1])) if table else None


def is_secret(field: FieldInfo) -> bool:
    """Whether the values of ``field`` are never shown."""
    return field.annotation is SecretStr


def choices(field: FieldInfo) -> tuple[str, ...]:
    """The words that ``field`` takes; empty when it takes others than listed ones."""
    return get_args(field.annotation) if get_origin(field.annotation) is Literal else ()


def likely_key(path: Sequence[str | int]) -> str | None:
    """The known key that the unknown ``path`` was probably meant to be, dotted."""
    parent, name = path[:-1], str(path[-1])
    table = table_at(parent)
    if not parent:
        siblings = set(TOP_LEVEL)
    elif table is not None:
        siblings = set(table.model_fields)
    else:
        siblings = {pattern[1] for pattern in TABLES if len(pattern) == 2 and pattern[0] == parent[0]} - {"*"}
    close = nearest(name, siblings)
    if close is not None:
        return dotted([*parent, close])
    meant = key_meant(path)
    if meant is not None:
        return dotted(meant)
    elsewhere = [pattern for pattern, other in TABLES.items() if name in other.model_fields]
    return ".".join((*elsewhere[0], name)).replace("*", "NAME") if elsewhere else None
