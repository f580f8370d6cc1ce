"""Where messages wait whose quote has to be looked up, so that nobody in another conversation waits with them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

from prx_dingtalk_router.service.taken import Taken

MOST_WAITING = 1_000
"""Beyond so many whoever takes more waits, too: the journal is not keeping up."""

_Conversation = tuple[str, str]


class QuotingLane:
    """Sets messages apart that quote without words, and whatever comes after one of them in its conversation: their order stays.

    Args:
        carry: looks up, decides, stores and answers a group; never raises.
    """

    def __init__(self, carry: Callable[[Sequence[Taken]], Awaitable[None]]) -> None:
        self._carry = carry
        self._waiting: list[Taken] = []
        self._conversations: Counter[_Conversation] = Counter()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether anything is set apart."""
        return self._task is not None

    def set_apart(self, taken: Sequence[Taken]) -> list[Taken]:
        """Keep those that have to wait; give back the others."""
        if not self._conversations and all(each.quoted is None for each in taken):
            return [*taken]
        here: list[Taken] = []
        for each in taken:
            conversation = _conversation_of(each)
            if each.quoted is not None or conversation in self._conversations:
                self._conversations[conversation] += 1
                self._waiting.append(each)
            else:
                here.append(each)
        return here

    async def go_on(self) -> None:
        """Begin with what was set apart; returns at once, unless too much waits."""
        if self._waiting and self._task is None:
            self._task = asyncio.create_task(self._run(), name="intake-quoting")
        if len(self._waiting) > MOST_WAITING:
            await self.settled()

    async def settled(self) -> None:
        """Wait until nothing is set apart."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting, []
                try:
                    await self._carry(group)
                finally:
                    self._conversations -= Counter(map(_conversation_of, group))
        finally:
            self._task = None


def _conversation_of(taken: Taken) -> _Conversation:
    return taken.key.robot, taken.message.conversation
