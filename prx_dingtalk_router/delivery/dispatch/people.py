"""Whose messages are being carried out: for ``cancel``, and for the order in which a person's ``forget`` takes effect."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from prx_dingtalk_router.delivery.journal import Person
from prx_dingtalk_router.message import Message


class Cancellable(Protocol):
    """A message that is being carried out."""

    @property
    def arrival(self) -> int:
        """Its number among all stored messages."""

    async def cancel(self) -> None:
        """Stop its agent, or its waiting for one."""


def person_of(message: Message) -> Person:
    """The sender in the conversation of ``message``."""
    return Person(message.robot, message.conversation, message.sender_key)


class People:
    """The messages at work, by person."""

    def __init__(self) -> None:
        self._at_work: dict[Person, set[Cancellable]] = {}
        self._locks: dict[Person, tuple[asyncio.Lock, int]] = {}

    def enter(self, person: Person, run: Cancellable) -> None:
        """A message of ``person`` is at work."""
        self._at_work.setdefault(person, set()).add(run)

    def leave(self, person: Person, run: Cancellable) -> None:
        """It no longer is."""
        runs = self._at_work.get(person, set())
        runs.discard(run)
        if not runs:
            self._at_work.pop(person, None)

    async def cancel_before(self, person: Person, arrival: int) -> None:
        """Stop what runs or waits for ``person`` of what arrived before ``arrival``."""
        earlier = [run for run in self._at_work.get(person, ()) if run.arrival < arrival]
        await asyncio.gather(*(run.cancel() for run in earlier))

    @asynccontextmanager
    async def in_order(self, person: Person) -> AsyncIterator[None]:
        """Let the messages of a person through one at a time, in the order in which they ask."""
        lock, users = self._locks.get(person, (asyncio.Lock(), 0))
        self._locks[person] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[person]
            if users == 1:
                del self._locks[person]
            else:
                self._locks[person] = (lock, users - 1)
