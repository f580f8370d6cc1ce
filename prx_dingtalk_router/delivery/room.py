"""Room for so many at a time; who comes too late waits, not as a task but as a call that is owed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable


class Room:
    """First come, first served.

    Args:
        size: how many have room at a time.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._inside: set[Hashable] = set()
        self._waiting: dict[Hashable, Callable[[], None]] = {}
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def inside(self) -> int:
        """How many have room now."""
        return len(self._inside)

    @property
    def waiting(self) -> int:
        """How many wait for room now."""
        return len(self._waiting)

    @property
    def is_empty(self) -> bool:
        """Whether nobody is inside, and nobody waits."""
        return self._empty.is_set()

    def enter(self, who: Hashable, wake: Callable[[], None]) -> bool:
        """Get in, or in line; whoever is in already has room.

        Returns:
            Whether there is room. If not, ``wake`` is called once there is, and then ``who`` is inside.
        """
        if who in self._inside:
            return True
        self._empty.clear()
        if len(self._inside) < self._size and not self._waiting:
            self._inside.add(who)
            return True
        self._waiting.setdefault(who, wake)
        return False

    def squeeze_in(self, who: Hashable) -> None:
        """Be inside, whether there is room or not: for what is there already."""
        self._empty.clear()
        self._inside.add(who)

    def leave(self, who: Hashable) -> None:
        """Be neither inside nor in line any more; the next one follows."""
        self._waiting.pop(who, None)
        self._inside.discard(who)
        while self._waiting and len(self._inside) < self._size:
            following = next(iter(self._waiting))
            wake = self._waiting.pop(following)
            self._inside.add(following)
            wake()
        if not self._inside and not self._waiting:
            self._empty.set()

    async def emptied(self) -> None:
        """Wait until nobody is inside, and nobody waits."""
        await self._empty.wait()
