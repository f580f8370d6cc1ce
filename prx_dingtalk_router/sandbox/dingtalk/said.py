"""What a person writes to a robot, before it is a payload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

MessageType = Literal["text", "richText", "picture", "audio", "video", "file", "chatRecord", "unknownMsgType"]

MESSAGE_TYPES: tuple[MessageType, ...] = get_args(MessageType)

GROUP_TYPES: frozenset[str] = frozenset({"text", "richText", "picture", "unknownMsgType"})
"""Types that can carry the mention of a robot; the others reach it in private chats only (section 6)."""

PICTURE_MARK = "![]"
"""Stands in the text of a richText message for the next of its pictures."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a person.

    Args:
        staff_id_or_sender: who writes.
        conversation_id: where; ``None`` for the private chat with the robot.
        type: the message type of dingtalk-stream.md section 6.
        text: what is written; of ``audio`` the recognised speech, of ``unknownMsgType`` the notice, of
            ``chatRecord`` the forwarded lines as ``name: words``.
        mentions: staff or sender ids of other people mentioned.
        quote: message id of an earlier line of the conversation that this one answers.
        file_name: name of a ``file``.
        pictures: names of the pictures of a ``picture`` or ``richText`` message; each ``![]`` in the text stands for
            the next, the rest follow the text.
        duration: milliseconds of ``audio`` and ``video``.
        at_robot: whether a group message mentions the robot; without it nothing is pushed.
        robots: codes of the robots that are mentioned; empty for the first of the directory.
        over_quota: the organisation's quota is used up: a 20001 notice without text and content comes instead.
        hosted_for: staff id of a hosted user: pushed on the delegate topic.
        created_at: Unix milliseconds that the message says it was written at; ``None`` for now. Everything else happens now.
        extra: fields merged into the payload last.
    """

    staff_id_or_sender: str
    conversation_id: str | None = None
    type: MessageType = "text"
    text: str = ""
    mentions: tuple[str, ...] = ()
    quote: str | None = None
    file_name: str = ""
    pictures: tuple[str, ...] = ()
    duration: int = 4000
    at_robot: bool = True
    robots: tuple[str, ...] = ()
    over_quota: bool = False
    created_at: int | None = None
    hosted_for: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
