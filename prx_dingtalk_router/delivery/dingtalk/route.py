"""A way to a conversation, and what becomes of one post on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from msgspec import Struct

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import ReplyFormat
from prx_dingtalk_router.delivery.dingtalk.errcodes import Remedy
from prx_dingtalk_router.message import Message


class Part(Struct, frozen=True):
    """One post: a part of a reply."""

    format: ReplyFormat
    content: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """DingTalk said that it took the post.

    ``process_query_key``: what the robot API calls it, where it went that way.
    """

    process_query_key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Declined:
    """The post did not arrive. ``remedy`` says what may still help, ``wait`` how many seconds to wait for it."""

    reason: Text
    remedy: Remedy
    code: int | None = None
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Whether the post arrived cannot be known; there is no key that would make sending it again safe."""

    reason: Text


Posted = Sent | Declined | Unconfirmed


class Route(Protocol):
    """A way to a conversation; the session webhook is one, the robot API another."""

    @property
    def name(self) -> str:
        """As metrics call it: ``webhook`` or ``api``."""

    @property
    def most_bytes(self) -> int:
        """The most bytes of content in one post, encoded as a JSON string."""

    def barred(self, message: Message) -> Text | None:
        """Why this is no way to where ``message`` came from, now or any more; None if it may be one. Sends nothing."""

    async def post(self, message: Message, part: Part) -> Posted:
        """Send one part to the conversation that ``message`` came from. Never raises for what a peer does."""


class Noted(Protocol):
    """Told of every post that DingTalk took."""

    def __call__(self, message: Message, words: str, process_query_key: str = "") -> None:
        """Note what was said in answer to ``message``; must not raise."""


def unnoted(message: Message, words: str, process_query_key: str = "") -> None:
    """Note nothing."""
