"""The message as rules, templates and delivery see it: one frozen value, no trace of the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from msgspec import Struct

Notice = Literal["quota", "own"]
"""Why no rule sees a message (language.md section 4): an over-quota notice, or the robot's own words."""


class Message(Struct, frozen=True, omit_defaults=True):
    """One inbound message (language.md section 4). Absent ids and texts are empty strings, and left out where it is stored.

    ``text`` is the *shown* text; ``pictures`` counts those of the message itself. ``session_webhook`` is a secret and stays out of the representation.
    """

    msg_id: str
    robot: str
    conversation: str
    group: bool
    text: str = ""
    quoted: str = ""
    sender: str = ""
    sender_id: str = ""
    sender_name: str = ""
    conversation_title: str = ""
    file_name: str = ""
    pictures: int = 0
    corp: str = ""
    type: str = "text"
    mentioned: bool = False
    admin: bool = False
    created_at_ms: int = 0
    notice: Notice | None = None
    session_webhook: str = ""
    session_webhook_expires_ms: int = 0

    def __repr__(self) -> str:
        shown = (
            f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__ if name != "session_webhook"
        )
        return f"Message({', '.join(shown)})"

    @property
    def private(self) -> bool:
        """Whether this is a one-to-one chat."""
        return not self.group

    @property
    def external(self) -> bool:
        """Whether the sender has no staff ID: somebody outside the organisation."""
        return not self.sender

    @property
    def pictured(self) -> bool:
        """Whether the message holds a picture of its own; one in a quote does not count."""
        return self.pictures > 0

    @property
    def sender_key(self) -> str:
        """Who sent it, for percentages, guards and sessions: the staff ID, else ``ext:`` and ``senderId``.

        Empty when the callback names no sender at all.
        """
        if self.sender:
            return self.sender
        return f"ext:{self.sender_id}" if self.sender_id else ""

    @property
    def created_at(self) -> datetime:
        """When it was written, aware, in UTC."""
        return datetime.fromtimestamp(self.created_at_ms / 1000, UTC)

    @property
    def kind(self) -> Literal["private", "group"]:
        """The kind of conversation, in the word that sessions and templates use."""
        return "group" if self.group else "private"
