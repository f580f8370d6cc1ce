"""Begins to bring replies to the conversations they answer (interfaces.md section 5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from prx_dingtalk_router.decision import rendering
from prx_dingtalk_router.decision.model import ReplyFormat
from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk.bodies import reply_body
from prx_dingtalk_router.delivery.dingtalk.line_breaks import with_line_breaks
from prx_dingtalk_router.delivery.dingtalk.pacing import Pacer
from prx_dingtalk_router.delivery.dingtalk.route import Noted, Part, Route, unnoted
from prx_dingtalk_router.delivery.dingtalk.sending import Sending
from prx_dingtalk_router.delivery.dingtalk.splitting import MOST_BYTES, split
from prx_dingtalk_router.message import Message


class Replies:
    """Knows the routes, and how fast each conversation is written to.

    Args:
        routes: ways to a conversation, the preferred one first.
        per_minute: the most posts to one conversation in any minute.
        clock: paces.
        noted: told of each post that DingTalk took.
    """

    def __init__(
        self,
        routes: Sequence[Route],
        *,
        per_minute: int = 18,
        clock: Clock | None = None,
        noted: Noted = unnoted,
    ) -> None:
        self._noted = noted
        self._routes = tuple(routes)
        self._pacer = Pacer(per_minute, clock or SystemClock())

    @property
    def per_minute(self) -> int:
        """The most posts to one conversation in any minute; may be set while replies wait."""
        return self._pacer.per_minute

    @per_minute.setter
    def per_minute(self, count: int) -> None:
        self._pacer.per_minute = count

    def begin(
        self, message: Message, reply: rendering.RenderedReply, *, sent: int = 0, once: bool = False
    ) -> Sending:
        """A reply to where ``message`` came from, to be sent by whoever has the floor there.

        Args:
            message: what is answered.
            reply: the rendered content; whom it calls out is called out once, in the first part.
            sent: how many parts were sent before a restart.
            once: it is not worth a second try.
        """
        return Sending(
            message, parts_of(reply), self._routes, self._pacer, sent=sent, once=once, noted=self._noted
        )


def parts_of(reply: rendering.RenderedReply) -> tuple[Part, ...]:
    """The posts that a reply becomes, each below the limit with everything around its content."""
    around = _around(reply.format, reply.mentions)
    markdown = reply.format == "markdown"
    content = with_line_breaks(reply.content) if markdown else reply.content
    pieces = split(content, MOST_BYTES - around, markdown=markdown)
    return tuple(
        Part(reply.format, piece, reply.mentions if number == 0 else ())
        for number, piece in enumerate(pieces)
    )


@lru_cache(maxsize=256)
def _around(format: ReplyFormat, mentions: tuple[str, ...]) -> int:  # noqa: A002
    return len(reply_body(format, "", mentions)) + 128
