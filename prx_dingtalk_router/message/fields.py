"""The one table of fields that conditions may name (language.md section 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct

from prx_dingtalk_router.message.model import Message

FieldKind = Literal["text", "id", "flag"]
"""``text`` is compared folded, ``id`` exactly, a ``flag`` takes no operator."""

_TABLE: tuple[tuple[str, FieldKind, str], ...] = (
    ("text", "text", "text"),
    ("quoted", "text", "quoted"),
    ("sender", "id", "sender"),
    ("sender.name", "text", "sender_name"),
    ("conversation", "id", "conversation"),
    ("conversation.title", "text", "conversation_title"),
    ("file.name", "text", "file_name"),
    ("type", "id", "type"),
    ("robot", "id", "robot"),
    ("corp", "id", "corp"),
    ("private", "flag", "private"),
    ("group", "flag", "group"),
    ("pictured", "flag", "pictured"),
    ("mentioned", "flag", "mentioned"),
    ("admin", "flag", "admin"),
    ("external", "flag", "external"),
)
"""Its name in rules, its kind, and the attribute of a message that gives it.

A line here is a field of the language: grammar, keywords and diagnostics are made from this table (`make table` stores the grammar).
"""

_READ: Mapping[str, Callable[[Message], Any]] = {name: attrgetter(given) for name, _, given in _TABLE}


class Field(Struct, frozen=True):
    """A field: its name in rules and its kind. There is one object for each field of the table."""

    name: str
    kind: FieldKind

    def string(self, message: Message) -> str:
        """The value of a text or id field."""
        value = _READ[self.name](message)
        assert isinstance(value, str), self.name
        return value

    def flag(self, message: Message) -> bool:
        """The value of a flag."""
        return bool(_READ[self.name](message))

    def __reduce__(self) -> tuple[Callable[[str], Field], tuple[str]]:
        return _of_table, (self.name,)


FIELDS: Mapping[str, Field] = MappingProxyType({name: Field(name, kind) for name, kind, _ in _TABLE})


def _of_table(name: str) -> Field:
    return FIELDS[name]
