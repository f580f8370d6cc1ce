"""What came of a request: an answer, the certainty that it was not sent, or neither."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Answer:
    """The peer answered, with any status.

    Attributes:
        status: of HTTP.
        headers: found in any case.
        content: the whole body.
    """

    status: int
    headers: httpx.Headers
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request certainly did not reach the peer: sending it again cannot act twice.

    Attributes:
        kind: the address may not be spoken to, the proxy refused, connecting failed or took too long.
        detail: what the network said; may hold parts of the address.
    """

    kind: Literal["address", "proxy", "connect", "timeout"]
    detail: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request may have reached the peer: whether it acted is unknown.

    Attributes:
        kind: no whole answer in time, the connection broke, the answer was no HTTP, or longer than is read.
        detail: what the network said; may hold words of the peer.
    """

    kind: Literal["timeout", "broken", "odd", "too-large"]
    detail: str = field(repr=False)


Exchange = Answer | NotSent | Unknown
