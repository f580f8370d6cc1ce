"""Who speaks in a conversation: one reply after the other, in the order in which they were ready."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.delivery.journal import EntryKey
from prx_dingtalk_router.delivery.room import Room
from prx_dingtalk_router.message import Message

Conversation = tuple[str, str]


def conversation_of(message: Message) -> Conversation:
    """Where a message came from."""
    return message.robot, message.conversation


class Floors:
    """The floor of each conversation in which somebody speaks or wants to."""

    def __init__(self) -> None:
        self._rooms: dict[Conversation, Room] = {}

    def take(self, conversation: Conversation, key: EntryKey, wake: Callable[[], None]) -> bool:
        """Get the floor, or in line for it; ``wake`` is called once one has it."""
        return self._rooms.setdefault(conversation, Room(1)).enter(key, wake)

    def leave(self, conversation: Conversation, key: EntryKey) -> None:
        """Have the floor no more, nor wait for it; the next one speaks."""
        room = self._rooms.get(conversation)
        if room is None:
            return
        room.leave(key)
        if room.is_empty:
            self._rooms.pop(conversation, None)
