"""Which messages are being carried out, parked ones included; by person, for ``cancel``; and in which order they begin."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from sys import intern
from typing import Protocol

from prx_dingtalk_router.delivery.dispatch.floors import Conversation
from prx_dingtalk_router.delivery.journal import Person, StepRef, StopReason
from prx_dingtalk_router.message import Message


class Carried(Protocol):
    """A message that is being carried out."""

    @property
    def arrival(self) -> int:
        """Its number among all stored messages."""

    @property
    def person(self) -> Person:
        """Who sent it, and where."""

    async def stop(self, reason: StopReason) -> None:
        """Stop its agent, or its waiting for one; a restart does not bring it back."""

    async def join(self, step: StepRef, carrier: str, fits: Callable[[str], bool]) -> str | None:
        """End it as told to its agent together with another message, if it only waits for its session.

        Args:
            step: the one that waits.
            carrier: the message id of the other one.
            fits: whether the other one has room for these words.

        Returns:
            What its agent is to be told; None if it goes on by itself.
        """


def person_of(message: Message) -> Person:
    """The sender in the conversation of ``message``; names that thousands share are kept once."""
    return Person(intern(message.robot), intern(message.conversation), intern(message.sender_key))


MOST_READ = 64
"""Entries that are read again at the same time, before others are woken that have to be."""


class Running:
    """The messages that are not at their end."""

    def __init__(self) -> None:
        # A list needs less than a dictionary, and what ends is mostly the first of it.
        self._by_person: dict[Person, list[Carried]] = {}
        self._count = self._read = 0
        self._locks: dict[Conversation, tuple[asyncio.Lock, int]] = {}
        self._none = asyncio.Event()
        self._none.set()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Carried]:
        return (each for of_person in self._by_person.values() for each in of_person)

    def add(self, message: Carried) -> None:
        """A message is to be carried out."""
        self._by_person.setdefault(message.person, []).append(message)
        self._count += 1
        self._none.clear()

    def remove(self, message: Carried) -> None:
        """It is over."""
        of_person = self._by_person.get(message.person, [])
        if message in of_person:
            of_person.remove(message)
            self._count -= 1
        if not of_person:
            self._by_person.pop(message.person, None)
        if not self._count:
            self._none.set()

    @property
    def is_reading_many(self) -> bool:
        """Whether so many entries are being read again that nobody should be woken who can wait."""
        return self._read >= MOST_READ

    @contextmanager
    def reading(self) -> Iterator[None]:
        """An entry is read again while this lasts."""
        self._read += 1
        try:
            yield
        finally:
            self._read -= 1

    async def none(self) -> None:
        """Wait until no message is being carried out."""
        await self._none.wait()

    async def cancel_before(self, person: Person, arrival: int) -> None:
        """Stop what runs or waits for ``person`` of what arrived before ``arrival``."""
        earlier = [each for each in self._by_person.get(person, ()) if each.arrival < arrival]
        await asyncio.gather(*(each.stop("cancelled") for each in earlier))

    @asynccontextmanager
    async def in_order(self, conversation: Conversation) -> AsyncIterator[None]:
        """Let the messages of a conversation through one at a time, in the order in which they ask."""
        lock, users = self._locks.get(conversation, (asyncio.Lock(), 0))
        self._locks[conversation] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[conversation]
            if users == 1:
                del self._locks[conversation]
            else:
                self._locks[conversation] = (lock, users - 1)
