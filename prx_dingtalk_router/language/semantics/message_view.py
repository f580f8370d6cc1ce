"""A message with what conditions ask of it, each worked out once: folded and plain texts, named conditions."""

from __future__ import annotations

from prx_dingtalk_router.calendar.hours import Hours
from prx_dingtalk_router.message import Field, Message
from prx_dingtalk_router.text.alignment import Alignment
from prx_dingtalk_router.text.folding import Forms, forms, forms_of_name

SPOKEN_FIELD = "text"
"""The field that may have been spoken."""
SPOKEN_TYPE = "audio"
_NAMES = frozenset({"sender.name", "conversation.title"})
"""Texts that many messages share."""


class MessageView:
    """One message while one set decides it; shared neither between messages nor between sets.

    ``known`` holds what was found once and may be asked again: of a named condition by its name and the rule that asked.
    """

    __slots__ = ("_alignments", "_forms", "known", "message")

    def __init__(self, message: Message) -> None:
        self.message = message
        self.known: dict[object, bool] = {}
        self._forms: dict[str, Forms] = {}
        self._alignments: dict[str, Alignment] | None = None

    def forms(self, field: Field) -> Forms:
        """Return the forms of a text; all those of an id are the id as it is, but that which is scanned has no case."""
        known = self._forms.get(field.name)
        if known is None:
            raw = field.string(self.message)
            if field.kind != "text":
                known = Forms(raw, raw, raw.casefold())
            elif field.name in _NAMES:
                known = forms_of_name(raw)
            else:
                known = forms(raw)
            self._forms[field.name] = known
        return known

    def compared(self, field: Field) -> str:
        """Return what literals are compared with: a text folded, an id as it is."""
        return self.forms(field).folded

    def searched(self, field: Field) -> str:
        """Return what regexes are searched in: the plain form of a text, an id as it is."""
        return self.forms(field).plain

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
        if field.kind != "text":
            return field.string(self.message)[start:end]
        return self._alignment(field).stretch(start, end)

    def place(self, field: Field, start: int, end: int) -> tuple[int, int]:
        """Return where in what was written that piece is; see ``written``."""
        return self._alignment(field).place(start, end) if field.kind == "text" else (start, end)

    def _alignment(self, field: Field) -> Alignment:
        if self._alignments is None:
            self._alignments = {}
        alignment = self._alignments.get(field.name)
        if alignment is None:
            alignment = Alignment(field.string(self.message), self.searched(field))
            self._alignments[field.name] = alignment
        return alignment

    def written_during(self, hours: Hours) -> bool:
        """Return whether the message was written within hours."""
        return hours.contains(self.message.created_at)
