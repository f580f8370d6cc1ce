"""A wire for reactions that does as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from prx_dingtalk_router.delivery import MemoryJournal, ReactionChanged, SystemClock
from prx_dingtalk_router.delivery.dingtalk import Accepted, Outcome, Unmetered
from prx_dingtalk_router.delivery.dispatch.reaction_rate import MOST_AT_ONCE
from prx_dingtalk_router.delivery.dispatch.reactions import Reactions
from prx_dingtalk_router.message import Message

YES = Accepted({})


@dataclass
class Wire:
    """Both calls. ``answers`` are given in turn by call, then success."""

    made: list[tuple[str, ...]] = field(default_factory=list)
    answers: dict[str, list[Outcome]] = field(default_factory=dict)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """While it is not set, calls wait for their answers."""
    full: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once ``MOST_AT_ONCE`` calls wait at the same time."""
    now: int = 0
    most: int = 0

    async def attach(self, *args: str) -> Outcome:
        """Set one."""
        return await self._take("attach", args)

    async def recall(self, *args: str) -> Outcome:
        """Take it away."""
        return await self._take("recall", args)

    async def _take(self, call: str, args: tuple[str, ...]) -> Outcome:
        self.made.append((call, *args))
        self.now += 1
        self.most = max(self.most, self.now)
        if self.now >= MOST_AT_ONCE:
            self.full.set()
        await self.open.wait()
        self.now -= 1
        given = self.answers.get(call)
        return given.pop(0) if given else YES

    @property
    def calls(self) -> list[str]:
        """Which calls were made, in order."""
        return [call for call, *_ in self.made]


class FastClock(SystemClock):
    """A clock on which two seconds pass in one."""

    def monotonic(self) -> float:
        """Its seconds."""
        return super().monotonic() * 2

    async def sleep(self, seconds: float) -> None:
        """Wait that many of them."""
        await super().sleep(seconds / 2)


@pytest.fixture
def fast_clock() -> FastClock:
    """A clock on which those who wait, wait at the same time."""
    return FastClock()


@pytest.fixture
def wire():
    """A wire that answers at once."""
    made = Wire()
    made.open.set()
    return made


@pytest.fixture
def told():
    """The events that were told."""
    return []


@pytest.fixture
async def marks():
    """A journal that keeps marks."""
    return MemoryJournal()


@pytest.fixture
async def reactions(marks, wire, hand_clock, told):
    """Reactions on the wire."""
    return Reactions(marks, wire, Unmetered(), hand_clock, told.append)


@pytest.fixture
def results(told) -> Callable[[], list[str]]:
    """What became of reactions so far, in order."""
    return lambda: [event.result for event in told if isinstance(event, ReactionChanged)]


@pytest.fixture
def settled():
    """Lets everything happen that needs no more than the hand clock."""

    async def settle(turns: int = 60) -> None:
        for _ in range(turns):
            await asyncio.sleep(0)

    return settle


@pytest.fixture
def said():
    """Makes a message that somebody wrote."""

    def make(msg_id: str = "m1", words: str = "密码忘了", conversation: str = "cid==") -> Message:
        return Message(msg_id, "bot", conversation, group=True, text=words)

    return make
