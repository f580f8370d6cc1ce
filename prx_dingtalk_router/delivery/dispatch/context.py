"""What carrying out a message needs around it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.dingtalk import Replies
from prx_dingtalk_router.delivery.dispatch.people import People
from prx_dingtalk_router.delivery.dispatch.sessions import Sessions
from prx_dingtalk_router.delivery.events import DeliveryEvent
from prx_dingtalk_router.delivery.journal import Journal
from prx_dingtalk_router.delivery.prx import AgentPool
from prx_dingtalk_router.errors import JournalError

T = TypeVar("T")


class Suspended(Exception):  # noqa: N818 - reads as what happened, like Cancelled
    """The process stops: what is left stays in the journal."""


class Cancelled(Exception):  # noqa: N818
    """The sender asked to stop."""


def _future() -> asyncio.Future[JournalError]:
    return asyncio.get_running_loop().create_future()


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of every run, shared by all. ``emit`` never raises.

    ``failed_reply`` is what a sender is told when a message ends dead in silence: None for the sentence of the catalogue,
    in the language of the message; empty for nothing.
    """

    journal: Journal
    agents: AgentPool
    replies: Replies
    clock: Clock
    emit: Callable[[DeliveryEvent], None]
    failed_reply: str | None = None
    people: People = field(default_factory=People)
    sessions: Sessions = field(default_factory=Sessions)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    failure: asyncio.Future[JournalError] = field(default_factory=_future)

    def give_up(self, error: JournalError) -> None:
        """The journal failed in the middle of a message: from now on nothing can be recorded, so nothing may be begun."""
        self.closing.set()
        if not self.failure.done():
            self.failure.set_result(error)


async def unless(work: Coroutine[Any, Any, T], cancelled: asyncio.Event, closing: asyncio.Event) -> T:
    """The result of ``work``, which is abandoned when one of the events comes first.

    Raises:
        Cancelled: ``cancelled`` was set.
        Suspended: ``closing`` was set.
    """
    task = asyncio.ensure_future(work)
    signals = [asyncio.ensure_future(event.wait()) for event in (cancelled, closing)]
    try:
        await asyncio.wait({task, *signals}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
    finally:
        for each in (task, *signals):
            each.cancel()
        await asyncio.gather(task, *signals, return_exceptions=True)
    raise Cancelled if cancelled.is_set() else Suspended
