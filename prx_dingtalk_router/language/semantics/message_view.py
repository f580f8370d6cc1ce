"""A message with what conditions ask of it, each worked out once: folded and plain texts."""

from __future__ import annotations

from prx_dingtalk_router.message import Field, Message
from prx_dingtalk_router.text.folding import fold, plain


class MessageView:
    """One message while it is decided; not shared between messages."""

    __slots__ = ("_folded", "_plain", "message")

    def __init__(self, message: Message) -> None:
        self.message = message
        self._folded: dict[str, str] = {}
        self._plain: dict[str, str] = {}

    def compared(self, field: Field) -> str:
        """What literals are compared with: a text folded, an id as it is."""
        value = self._folded.get(field.name)
        if value is None:
            raw = field.string(self.message)
            value = self._folded[field.name] = fold(raw) if field.kind == "text" else raw
        return value

    def searched(self, field: Field) -> str:
        """What expressions are searched in: the plain form of a text, an id as it is."""
        value = self._plain.get(field.name)
        if value is None:
            raw = field.string(self.message)
            value = self._plain[field.name] = plain(raw) if field.kind == "text" else raw
        return value
