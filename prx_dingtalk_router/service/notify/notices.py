"""Notices to the owner: how often they are told, and that repeats are gathered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from prx_dingtalk_router.catalogue import Text, text

NoticeKind = Literal["reload-refused", "dead", "budget", "agent", "connection"]

FIRST_GAP = 600.0
LONGEST_GAP = 6 * 3600.0
"""Of what goes on for days an owner is told four times a day."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the owner should know.

    Attributes:
        kind: what it is about; repeats of one kind are gathered.
        sentence: for people; nothing that a person wrote is in it, and no secret.
        about: tells what is gathered apart within a kind: the name of an agent.
        is_news: the end of a trouble: does not wait, where the owner was told of that.
    """

    kind: NoticeKind
    sentence: Text
    about: str = ""
    is_news: bool = False


@dataclass(slots=True)
class _Gathered:
    """What there is to tell of one thing: the last notice, how many there were, and when the next message may go."""

    last: Notice
    count: int = 0
    not_before: float = 0.0
    gap: float = FIRST_GAP


class Notices:
    """Takes notices at any time, and gives them out as seldom as people can bear.

    The first of a kind is given out at once. Repeats are gathered for ten minutes, then for twenty, and so on up to six hours; once
    a whole such time was quiet the next is a first one again. They are kept in memory alone.

    Args:
        now: the monotonic clock.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._gathered: dict[tuple[NoticeKind, str], _Gathered] = {}
        self._came = asyncio.Event()

    def tell(self, notice: Notice) -> None:
        """Note that the owner is to be told; never waits and never fails."""
        now, key = self._now(), (notice.kind, notice.about)
        gathered = self._gathered.get(key)
        if gathered is None or now >= gathered.not_before + gathered.gap:
            gathered = self._gathered[key] = _Gathered(notice, gathered.count if gathered else 0, now)
        if notice.is_news and not gathered.count:
            gathered.not_before = now
        gathered.last = notice
        gathered.count += 1
        self._came.set()

    async def run(self, send: Callable[[Text], Awaitable[None]]) -> None:
        """Give notices out until cancelled.

        Args:
            send: tells the owner; what it cannot deliver is lost.
        """
        while True:
            self._came.clear()
            for words in self.due():
                await send(words)
            await self._until_due()

    def due(self) -> list[Text]:
        """Take what is to be told now."""
        now, found = self._now(), []
        for gathered in self._gathered.values():
            if gathered.count and now >= gathered.not_before:
                sentence, more = gathered.last.sentence, gathered.count - 1
                found.append(text("service.notify.more", sentence=sentence, count=more) if more else sentence)
                gathered.count = 0
                gathered.not_before = now + gathered.gap
                gathered.gap = min(2 * gathered.gap, LONGEST_GAP)
        return found

    async def _until_due(self) -> None:
        times = [each.not_before for each in self._gathered.values() if each.count]
        wait = max(0.0, min(times) - self._now()) if times else None
        try:
            async with asyncio.timeout(wait):
                await self._came.wait()
        except TimeoutError:
            return
