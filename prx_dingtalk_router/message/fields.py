"""The one table of fields that conditions may name (language.md section 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from prx_dingtalk_router.message.model import Message

FieldKind = Literal["text", "id", "flag"]
"""``text`` is compared folded, ``id`` exactly, a ``flag`` takes no operator."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in rules, its kind, and how a message gives it."""

    name: str
    kind: FieldKind
    read: Callable[[Message], str | bool]

    def string(self, message: Message) -> str:
        """The value of a text or id field."""
        value = self.read(message)
        assert isinstance(value, str), self.name
        return value

    def flag(self, message: Message) -> bool:
        """The value of a flag."""
        return bool(self.read(message))


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        each.name: each
        for each in (
            Field("text", "text", lambda m: m.text),
            Field("quoted", "text", lambda m: m.quoted),
            Field("sender.name", "text", lambda m: m.sender_name),
            Field("conversation.title", "text", lambda m: m.conversation_title),
            Field("file.name", "text", lambda m: m.file_name),
            Field("sender", "id", lambda m: m.sender),
            Field("conversation", "id", lambda m: m.conversation),
            Field("robot", "id", lambda m: m.robot),
            Field("corp", "id", lambda m: m.corp),
            Field("type", "id", lambda m: m.type),
            Field("private", "flag", lambda m: m.private),
            Field("group", "flag", lambda m: m.group),
            Field("pictured", "flag", lambda m: m.pictured),
            Field("mentioned", "flag", lambda m: m.mentioned),
            Field("admin", "flag", lambda m: m.admin),
            Field("external", "flag", lambda m: m.external),
        )
    }
)
