"""What conversations show: one line a message, in the order in which they appeared."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

Author = Literal["person", "robot"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button or link entry of a card."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One message as the people of the conversation see it.

    ``mentions`` are the ids that DingTalk would highlight. ``in_reply_to`` is the message whose session webhook
    carried a robot's line; ``None`` for people and for the robot API. ``at`` is in Unix milliseconds, as is ``created_at``:
    what a message says that it was written at, where that is pretended.
    """

    at: int
    conversation_id: str
    author: Author
    name: str
    staff_id: str
    msg_id: str
    type: str
    text: str = ""
    title: str = ""
    markdown: bool = False
    mentions: tuple[str, ...] = ()
    in_reply_to: str | None = None
    buttons: tuple[Button, ...] = ()
    pictures: tuple[str, ...] = ()
    file_name: str = ""
    quote: str | None = None
    route: Literal["", "webhook", "api"] = ""
    sender_id: str = ""
    process_query_key: str = ""
    created_at: int | None = None

    @property
    def said_at(self) -> int:
        """When the line says that it was written."""
        return self.at if self.created_at is None else self.created_at

    def to_json(self) -> dict[str, object]:
        """The line as plain JSON values."""
        return dataclasses.asdict(self)


class Transcript:
    """The lines of all conversations."""

    def __init__(self) -> None:
        self._lines: defaultdict[str, list[Line]] = defaultdict(list)
        self._by_id: dict[str, Line] = {}

    def add(self, line: Line) -> None:
        """Append a line to its conversation."""
        self._lines[line.conversation_id].append(line)
        self._by_id[line.msg_id] = line

    def lines(self, conversation_id: str) -> list[Line]:
        """What the conversation shows; empty for one in which nothing was written."""
        return list(self._lines.get(conversation_id, ()))

    def find(self, conversation_id: str, msg_id: str) -> Line | None:
        """The line of a message id, if it is in this conversation."""
        line = self._by_id.get(msg_id)
        return line if line and line.conversation_id == conversation_id else None

    def sent(self, process_query_key: str) -> list[Line]:
        """The lines that one call of the robot API wrote, as long as they are there."""
        return [line for line in self._by_id.values() if line.process_query_key == process_query_key]

    def remove(self, line: Line) -> None:
        """Take a line out of its conversation, as if it had never been there."""
        self._by_id.pop(line.msg_id, None)
        self._lines[line.conversation_id] = [
            each for each in self._lines[line.conversation_id] if each.msg_id != line.msg_id
        ]
