"""One reply on its way: its parts in order, over the first route that works, again where that may help. Nothing waits here."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass

from msgspec import structs

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.dingtalk.line_breaks import without_line_breaks
from prx_dingtalk_router.delivery.dingtalk.pacing import Pacer
from prx_dingtalk_router.delivery.dingtalk.route import Declined, Noted, Part, Route, Sent, unnoted
from prx_dingtalk_router.delivery.dingtalk.splitting import MOST_BYTES_EACH, encoded_size, split
from prx_dingtalk_router.message import Message

logger = logging.getLogger(__name__)

_BACKOFFS = (1.0, 2.0, 4.0, 8.0, 15.0)
# The block after an overrun lasts about ten minutes: a dozen waits of a minute outlast it.
_MOST_WAITS = 12
_SMALLEST_SPLIT = 1_000
_SMALLEST_PIECE = 256


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


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing more can be sent there now: go on after so many seconds. Nothing is on its way."""

    seconds: float


AboutTo = Callable[[int], Awaitable[None]]
"""Awaited before a part is posted, with how many were sent before it; what it raises ends the sending."""


class Sending:
    """Brings one reply to its conversation, as far as that can be done now; ``go_on`` takes it up again.

    Args:
        message: what is answered.
        parts: of the reply, in order.
        routes: ways to the conversation, the preferred one first.
        pacer: of all conversations.
        sent: how many parts were sent before a restart.
        once: it is not worth a second try: the first route that takes it has it, or none.
        noted: told of each post that was taken.
    """

    def __init__(
        self,
        message: Message,
        parts: Sequence[Part],
        routes: Sequence[Route],
        pacer: Pacer,
        *,
        sent: int = 0,
        once: bool = False,
        noted: Noted = unnoted,
    ) -> None:
        self._message = message
        self._noted = noted
        self._conversation: Hashable = (message.robot, message.conversation)
        self._left: deque[Part] = deque(parts[sent:])
        self._routes = tuple(routes)
        self._pacer = pacer
        self._once = once
        self._sent = sent
        # Of a part that DingTalk found too long; they count as that part.
        self._pieces: deque[Part] = deque()
        self._is_told = False
        self._wait = 0.0
        self._last_route = self._routes[0].name if self._routes else "none"
        self._next_route = 0
        self._retries()

    async def go_on(self, about_to: AboutTo) -> Delivered | Undelivered | Later:
        """Send what is left, as far as that is in order now.

        Args:
            about_to: awaited before each part when its turn has come; again when it had to wait after that.
        """
        while self._pieces or self._left:
            if not self._pieces:
                self._pieces.append(self._left.popleft())
            ended = await self._piece(about_to)
            if ended is not None:
                return ended
        return Delivered(self._last_route)

    async def _piece(self, about_to: AboutTo) -> Undelivered | Later | None:
        """Send the next piece; None once it was taken, or is to be tried again at once."""
        barred = self._seek_route()
        if barred is not None:
            return barred
        route = self._routes[self._next_route]
        content = self._pieces[0].content
        if len(content) * MOST_BYTES_EACH > route.most_bytes < encoded_size(content):
            self._cut(route.most_bytes)
        if not self._is_in_order():
            return Later(self._wait)
        if not self._is_told:
            await about_to(self._sent)
            self._is_told = True
        part = self._pieces[0]
        posted = await route.post(self._message, part)
        if isinstance(posted, Sent):
            self._last_route = route.name
            self._noted(self._message, part.content, posted.process_query_key)
            self._taken()
            return None
        if not isinstance(posted, Declined):
            return Undelivered(posted.reason, route.name, certain=False)
        if posted.remedy == "other-route" and self._next_route + 1 < len(self._routes):
            self._next_route += 1
            self._retries()
            return None
        later = None if self._once else self._mended(part, posted)
        if later is None:
            return Undelivered(posted.reason, route.name)
        if later == 0.0:
            return None
        self._is_told = False
        return Later(later)

    def _seek_route(self) -> Undelivered | None:
        """Turn to the first route, from that in use on, that is not barred; why there is none otherwise."""
        barred = Undelivered(text("delivery.no-webhook"), "none")
        for number, route in enumerate(self._routes[self._next_route :], self._next_route):
            reason = route.barred(self._message)
            if reason is None:
                self._next_route = number
                return None
            barred = Undelivered(reason, route.name)
        return barred

    def _is_in_order(self) -> bool:
        """Whether a post is in order now, which is counted then; of what is sent once only the first waits."""
        self._wait = self._pacer.take(self._conversation)
        return self._wait <= 0 or (self._once and self._is_told)

    def _mended(self, part: Part, refused: Declined) -> float | None:
        """Seconds until the piece, perhaps another one, is tried again; None if nothing helps."""
        if refused.remedy == "backoff" and self._backoffs:
            logger.info(text("delivery.reply-again", reason=refused.reason))
            return self._backoffs.pop(0)
        if refused.remedy == "once-more" and self._again:
            logger.info(text("delivery.reply-again", reason=refused.reason))
            self._again -= 1
            return _BACKOFFS[1]
        if refused.remedy == "wait" and self._waits:
            self._waits -= 1
            logger.warning(
                text("delivery.conversation-throttled", seconds=round(refused.wait), reason=refused.reason)
            )
            self._pacer.pause(self._conversation, refused.wait)
            return refused.wait
        if refused.remedy == "as-text" and part.format == "markdown":
            logger.info(text("delivery.reply-again", reason=refused.reason))
            self._pieces[0] = structs.replace(part, format="text", content=without_line_breaks(part.content))
            return 0.0
        size = len(part.content.encode("utf-8", errors="replace"))
        if refused.remedy == "split" and size >= _SMALLEST_SPLIT:
            logger.info(text("delivery.reply-again", reason=refused.reason))
            self._cut(max(_SMALLEST_PIECE, size // 2))
            self._retries()
            return 0.0
        return None

    def _cut(self, most_bytes: int) -> None:
        """Cut the next piece; whom it calls out is called out in the first of what it becomes."""
        part = self._pieces.popleft()
        pieces = split(part.content, most_bytes, markdown=part.format == "markdown")
        self._pieces.extendleft(
            Part(part.format, piece, part.mentions if number == 0 else ())
            for number, piece in reversed(list(enumerate(pieces)))
        )

    def _taken(self) -> None:
        self._pieces.popleft()
        if not self._pieces:
            self._sent += 1
            self._is_told = self._once
        self._retries()

    def _retries(self) -> None:
        """Begin to count the tries of a piece anew."""
        self._backoffs, self._waits, self._again = list(_BACKOFFS), _MOST_WAITS, 1
