"""The table of callback topics: each names its handler, and what is in it is what is subscribed to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from prx_dingtalk_router.stream.events import Callback, Event
from prx_dingtalk_router.stream.protocol.frames import FrameType
from prx_dingtalk_router.stream.protocol.registration import Subscription

Handler: TypeAlias = Callable[[Sequence[Callback]], Awaitable[None]]
"""Takes callbacks of one topic in the order in which they came, and answers each of them."""


class Topics:
    """Gives callbacks to the handlers of their topics.

    A topic that is not in the table is not subscribed to; should a callback of it come all the same, the client answers 404.

    Args:
        handlers: by topic.
    """

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self._handlers = dict(handlers)

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """What the gateway shall push, for ``StreamOptions``."""
        return tuple(Subscription(FrameType.CALLBACK, topic) for topic in self._handlers)

    async def hand_out(self, batch: Sequence[Event]) -> list[Event]:
        """Give each handler its callbacks of a batch together; what is no callback is given back, in order."""
        shares: dict[str, list[Callback]] = {}
        rest: list[Event] = []
        for event in batch:
            if isinstance(event, Callback) and event.topic in self._handlers:
                shares.setdefault(event.topic, []).append(event)
            else:
                rest.append(event)
        for topic, callbacks in shares.items():
            await self._handlers[topic](callbacks)
        return rest
