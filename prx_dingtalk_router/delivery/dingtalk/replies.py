"""Sends a whole reply: cut into parts, paced, over the first route that works, again where that may help."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision import rendering
from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk.bodies import reply_body
from prx_dingtalk_router.delivery.dingtalk.pacing import Pacer
from prx_dingtalk_router.delivery.dingtalk.route import Part, Posted, Refused, Route, Sent
from prx_dingtalk_router.delivery.dingtalk.splitting import MOST_BYTES, split
from prx_dingtalk_router.message import Message

logger = logging.getLogger(__name__)

_BACKOFFS = (1.0, 2.0, 4.0, 8.0, 15.0)
# The block after an overrun lasts about ten minutes: a dozen waits of a minute outlast it.
_MOST_WAITS = 12
_SMALLEST_SPLIT = 1_000


@dataclass(frozen=True, slots=True)
class Delivered:
    """All parts were taken. ``route`` names the way of the last one."""

    route: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A part was not. ``certain``: it surely did not arrive; otherwise that cannot be known."""

    reason: Text
    route: str
    certain: bool = True


AboutTo = Callable[[int], Awaitable[None]]
"""Awaited before a part is posted, with how many were sent before it; what it raises ends the sending."""

_Before = Callable[[], Awaitable[None]]


class Replies:
    """Brings replies to the conversation they answer (interfaces.md section 5.5).

    Args:
        routes: ways to a conversation, the preferred one first.
        per_minute: the most posts to one conversation in any minute.
        clock: paces and waits.
    """

    def __init__(self, routes: Sequence[Route], *, per_minute: int = 18, clock: Clock | None = None) -> None:
        self._routes = tuple(routes)
        self._clock: Clock = clock or SystemClock()
        self._pacer = Pacer(per_minute, self._clock)

    async def send(
        self, message: Message, reply: rendering.RenderedReply, about_to: AboutTo, *, sent: int = 0
    ) -> Delivered | Undelivered:
        """Send a reply to where ``message`` came from.

        Args:
            message: what is answered.
            reply: the rendered content; whom it calls out is called out once, in the first part.
            about_to: awaited when the turn of a part has come, before it is posted for the first time.
            sent: how many parts were sent before a restart.
        """
        parts = parts_of(reply)
        route = self._routes[0].name if self._routes else "none"
        conversation = f"{message.robot}/{message.conversation}"
        async with self._pacer.speaking(conversation):
            for number, part in enumerate(parts[sent:], start=sent):
                outcome = await self._part(conversation, message, part, partial(about_to, number))
                if isinstance(outcome, Undelivered):
                    return outcome
                route = outcome.route
        return Delivered(route)

    async def send_once(
        self, message: Message, reply: rendering.RenderedReply, about_to: Callable[[], Awaitable[None]]
    ) -> Delivered | Undelivered:
        """Send a reply that is not worth a second try: paced, over the first route that takes it, or not at all.

        Args:
            message: what is answered.
            reply: the rendered content.
            about_to: awaited when its turn has come, before anything is sent; what it raises ends the sending.
        """
        conversation = f"{message.robot}/{message.conversation}"
        async with self._pacer.speaking(conversation):
            outcome: Delivered | Undelivered = Undelivered(text("delivery.no-webhook"), "none")
            for number, part in enumerate(parts_of(reply)):
                await self._pacer.turn(conversation)
                if number == 0:
                    await about_to()
                outcome = await self._part_once(message, part)
                if isinstance(outcome, Undelivered):
                    break
            return outcome

    async def _part_once(self, message: Message, part: Part) -> Delivered | Undelivered:
        outcome = Undelivered(text("delivery.no-webhook"), "none")
        for route in self._routes:
            posted = await route.post(message, part)
            if isinstance(posted, Sent):
                return Delivered(route.name)
            outcome = Undelivered(posted.reason, route.name, certain=isinstance(posted, Refused))
            if not isinstance(posted, Refused) or posted.remedy != "other-route":
                break
        return outcome

    async def _part(
        self, conversation: str, message: Message, part: Part, before: _Before | None = None
    ) -> Delivered | Undelivered:
        refusal = Undelivered(text("delivery.no-webhook"), "none")
        for route in self._routes:
            posted = await self._over(route, conversation, message, part, before)
            before = None
            if isinstance(posted, Sent):
                return Delivered(route.name)
            if not isinstance(posted, Refused):
                return Undelivered(posted.reason, route.name, certain=False)
            if posted.remedy == "split":
                logger.info(text("delivery.reply-again", reason=posted.reason))
                return await self._smaller(conversation, message, part, posted, route.name)
            refusal = Undelivered(posted.reason, route.name)
            if posted.remedy != "other-route":
                break
        return refusal

    async def _over(
        self, route: Route, conversation: str, message: Message, part: Part, before: _Before | None
    ) -> Posted:
        """One part over one route, until it is taken, refused for good, or not worth trying on."""
        backoffs, waits = list(_BACKOFFS), _MOST_WAITS
        while True:
            await self._pacer.turn(conversation)
            if before is not None:
                await before()
                before = None
            posted = await route.post(message, part)
            if not isinstance(posted, Refused):
                return posted
            if posted.remedy == "backoff" and backoffs:
                logger.info(text("delivery.reply-again", reason=posted.reason))
                await self._clock.sleep(backoffs.pop(0))
            elif posted.remedy == "wait" and waits:
                waits -= 1
                logger.warning(
                    text("delivery.conversation-throttled", seconds=round(posted.wait), reason=posted.reason)
                )
                self._pacer.pause(conversation, posted.wait)
            elif posted.remedy == "as-text" and part.format == "markdown":
                logger.info(text("delivery.reply-again", reason=posted.reason))
                part = replace(part, format="text")
            else:
                return posted

    async def _smaller(
        self, conversation: str, message: Message, part: Part, refused: Refused, route: str
    ) -> Delivered | Undelivered:
        """Send a part that was too long for DingTalk after all in halves."""
        size = len(part.content.encode("utf-8", errors="replace"))
        if size < _SMALLEST_SPLIT:
            return Undelivered(refused.reason, route)
        result: Delivered | Undelivered = Delivered(route)
        pieces = split(part.content, max(256, size // 2), markdown=part.format == "markdown")
        for number, piece in enumerate(pieces):
            smaller = Part(part.format, piece, part.mentions if number == 0 else ())
            result = await self._part(conversation, message, smaller)
            if isinstance(result, Undelivered):
                return result
        return result


def parts_of(reply: rendering.RenderedReply) -> tuple[Part, ...]:
    """The posts that a reply becomes, each below the limit with everything around its content."""
    around = len(reply_body(reply.format, "", reply.mentions)) + 128
    pieces = split(reply.content, MOST_BYTES - around, markdown=reply.format == "markdown")
    return tuple(
        Part(reply.format, piece, reply.mentions if number == 0 else ())
        for number, piece in enumerate(pieces)
    )
