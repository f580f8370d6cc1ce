"""What carrying out a message needs around it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.dingtalk import Replies
from prx_dingtalk_router.delivery.dispatch.floors import Floors
from prx_dingtalk_router.delivery.dispatch.running import Running
from prx_dingtalk_router.delivery.dispatch.sessions import Sessions
from prx_dingtalk_router.delivery.events import DeliveryEvent
from prx_dingtalk_router.delivery.journal import Journal
from prx_dingtalk_router.delivery.prx import AgentPool
from prx_dingtalk_router.errors import JournalError


def _future() -> asyncio.Future[JournalError]:
    return asyncio.get_running_loop().create_future()


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of all messages, shared by all. ``emit`` never raises.

    Attributes:
        failed_reply: what a sender is told when a message ends dead in silence: None for the sentence of the catalogue, in
            the language of the message; empty for nothing.
        closing: nothing new is started any more.
        failure: the journal failed in the middle of a message.
    """

    journal: Journal
    agents: AgentPool
    replies: Replies
    clock: Clock
    emit: Callable[[DeliveryEvent], None]
    failed_reply: str | None = None
    running: Running = field(default_factory=Running)
    sessions: Sessions = field(default_factory=Sessions)
    floors: Floors = field(default_factory=Floors)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    failure: asyncio.Future[JournalError] = field(default_factory=_future)

    def give_up(self, error: JournalError) -> None:
        """The journal failed in the middle of a message: from now on nothing can be recorded, so nothing may be begun."""
        self.closing.set()
        if not self.failure.done():
            self.failure.set_result(error)
