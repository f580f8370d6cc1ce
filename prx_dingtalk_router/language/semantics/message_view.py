"""A message with what conditions ask of it, each worked out once: folded and plain texts, named conditions."""

from __future__ import annotations

from prx_dingtalk_router.calendar.hours import Hours
from prx_dingtalk_router.message import Field, Message
from prx_dingtalk_router.text.alignment import Alignment
from prx_dingtalk_router.text.folding import fold, plain

SPOKEN_FIELD = "text"
"""The field that may have been spoken."""
SPOKEN_TYPE = "audio"


class MessageView:
    """One message while one set decides it; shared neither between messages nor between sets.

    ``named`` holds what named conditions were found to be, by their name and the rule that asked.
    """

    __slots__ = ("_alignments", "_folded", "_plain", "message", "named")

    def __init__(self, message: Message) -> None:
        self.message = message
        self.named: dict[tuple[str, str], bool] = {}
        self._folded: dict[str, str] = {}
        self._plain: dict[str, str] = {}
        self._alignments: dict[str, Alignment] = {}

    def compared(self, field: Field) -> str:
        """Return what literals are compared with: a text folded, an id as it is."""
        value = self._folded.get(field.name)
        if value is None:
            raw = field.string(self.message)
            value = self._folded[field.name] = fold(raw) if field.kind == "text" else raw
        return value

    def searched(self, field: Field) -> str:
        """Return what regexes are searched in: the plain form of a text, an id as it is."""
        value = self._plain.get(field.name)
        if value is None:
            raw = field.string(self.message)
            value = self._plain[field.name] = plain(raw) if field.kind == "text" else raw
        return value

    def is_spoken(self, field: Field) -> bool:
        """Return whether a text is what speech recognition heard."""
        return field.name == SPOKEN_FIELD and self.message.type.casefold() == SPOKEN_TYPE

    def written(self, field: Field, start: int, end: int) -> str:
        """Return what was written where a regex took a piece of what it was searched in (section 5, captures).

        Args:
            field: the text or id.
            start: where the piece begins in what ``searched`` gives.
            end: where it ends.
        """
        raw = field.string(self.message)
        if field.kind != "text":
            return raw[start:end]
        alignment = self._alignments.get(field.name)
        if alignment is None:
            alignment = self._alignments[field.name] = Alignment(raw, self.searched(field))
        return alignment.stretch(start, end)

    def written_during(self, hours: Hours) -> bool:
        """Return whether the message was written within hours."""
        return hours.contains(self.message.created_at)
