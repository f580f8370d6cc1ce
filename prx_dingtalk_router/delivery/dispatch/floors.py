"""Who speaks where: in a conversation one after the other, in the order in which they were ready, and not too many in all.

Whoever has to wait, for others or because the conversation takes nothing now, has no task for it, only a place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from prx_dingtalk_router.delivery.dispatch.alarms import Alarms
from prx_dingtalk_router.message import Message

Conversation = tuple[str, str]
Wake = Callable[[], None]

MOST_SPEAKERS = 256
"""More posts at a time would only wait for each other's connections."""

MOST_WAITING = 1_000
"""Who may wait in one conversation: at 18 posts a minute the last of them speaks after an hour, when nobody listens any more."""


def conversation_of(message: Message) -> Conversation:
    """Where a message came from."""
    return message.robot, message.conversation


@dataclass(slots=True)
class _Floor:
    """Of one conversation: who has it, who waits for it, and whether nobody may have it for a while."""

    speaker: Hashable | None = None
    waiting: dict[Hashable, Wake] = field(default_factory=dict)
    is_closed: bool = False

    @property
    def is_free(self) -> bool:
        return self.speaker is None and not self.is_closed


class Floors:
    """The floor of each conversation in which somebody speaks or wants to.

    Args:
        alarms: opens what was closed for a while.
        most: who may speak at a time, in all conversations together.
        most_waiting: who may wait in one conversation.
    """

    def __init__(self, alarms: Alarms, most: int = MOST_SPEAKERS, most_waiting: int = MOST_WAITING) -> None:
        self._alarms = alarms
        self._most = most
        self.most_waiting = most_waiting
        self._floors: dict[Conversation, _Floor] = {}
        self._speakers = 0
        # Conversations where somebody may speak once fewer do elsewhere, in the order in which that came about.
        self._crowd: dict[Conversation, None] = {}

    @property
    def is_anybody_postponed(self) -> bool:
        """Whether somebody waits only because their conversation takes nothing for a while."""
        return any(floor.is_closed and floor.waiting for floor in self._floors.values())

    @property
    def postponed(self) -> int:
        """How many wait only because their conversation takes nothing for a while."""
        return sum(len(floor.waiting) for floor in self._floors.values() if floor.is_closed)

    def is_full(self, conversation: Conversation, who: Hashable) -> bool:
        """Whether as many wait in a conversation as may, and ``who`` is not among them."""
        floor = self._floors.get(conversation)
        if floor is None or len(floor.waiting) < self.most_waiting:
            return False
        return floor.speaker != who and who not in floor.waiting

    def take(self, conversation: Conversation, who: Hashable, wake: Wake) -> bool:
        """Get the floor, or in line for it; whoever has it keeps it.

        Returns:
            Whether ``who`` has it. If not, ``wake`` is called once they have.
        """
        floor = self._floors.setdefault(conversation, _Floor())
        if floor.speaker == who:
            return True
        if who not in floor.waiting:
            floor.waiting[who] = wake
        if floor.is_free and next(iter(floor.waiting)) == who and self._speakers < self._most:
            self._give(floor)
            return True
        if floor.is_free:
            self._crowd.setdefault(conversation)
        return False

    def postpone(self, conversation: Conversation, who: Hashable, wake: Wake, seconds: float) -> None:
        """Give the floor back until the conversation takes something again, and be the first then.

        Args:
            conversation: where ``who`` has the floor.
            who: has it.
            wake: called once they have it again.
            seconds: for so long nobody has it.
        """
        floor = self._floors[conversation]
        floor.speaker, floor.is_closed = None, True
        floor.waiting = {who: wake, **floor.waiting}
        self._speakers -= 1
        self._alarms.after(seconds, lambda: self._open(conversation))
        self._let_others_in()

    def leave(self, conversation: Conversation, who: Hashable) -> None:
        """Have the floor no more, nor wait for it; the next one speaks."""
        floor = self._floors.get(conversation)
        if floor is None:
            return
        floor.waiting.pop(who, None)
        if floor.speaker == who:
            floor.speaker = None
            self._speakers -= 1
        self._advance(conversation)
        self._let_others_in()

    def _open(self, conversation: Conversation) -> None:
        floor = self._floors.get(conversation)
        if floor is not None:
            floor.is_closed = False
            self._advance(conversation)

    def _advance(self, conversation: Conversation) -> None:
        """Let the first of a conversation speak, if that is in order."""
        floor = self._floors[conversation]
        if not floor.is_free:
            return
        if not floor.waiting:
            del self._floors[conversation]
            self._crowd.pop(conversation, None)
        elif self._speakers < self._most:
            self._give(floor)()
        else:
            self._crowd.setdefault(conversation)

    def _let_others_in(self) -> None:
        while self._crowd and self._speakers < self._most:
            conversation = next(iter(self._crowd))
            del self._crowd[conversation]
            if conversation in self._floors:
                self._advance(conversation)

    def _give(self, floor: _Floor) -> Wake:
        who = next(iter(floor.waiting))
        floor.speaker = who
        self._speakers += 1
        return floor.waiting.pop(who)
