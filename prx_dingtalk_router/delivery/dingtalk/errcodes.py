"""What DingTalk's error codes mean for a reply, and for an operator: the one table of them (dingtalk-stream.md sections 7 and 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Remedy = Literal["backoff", "once-more", "wait", "other-route", "split", "as-text", "none"]
"""What may still bring the reply to its conversation.

backoff: the same again soon. once-more: the same again, but only once, as it may have arrived. wait: the same again after a
minute, as sending on prolongs the block. other-route: this webhook is of no use any more. split: smaller parts. as-text: no
markdown. none: nothing.
"""


@dataclass(frozen=True, slots=True)
class Errcode:
    """What one code means.

    Attributes:
        remedy: what may still bring the reply to its conversation.
        advice: key of the sentence that says what an operator can do; None where nothing is to be done.
        is_about_content: what the reply says was refused.
    """

    remedy: Remedy = "none"
    advice: str | None = None
    is_about_content: bool = False


ERRCODES: Mapping[int, Errcode] = {
    -1: Errcode("backoff"),
    88: Errcode("backoff"),
    34016: Errcode("split"),
    40035: Errcode(),
    43004: Errcode(),
    90002: Errcode("backoff", "delivery.remedy-calls"),
    90018: Errcode("backoff", "delivery.remedy-calls"),
    90020: Errcode("other-route", "delivery.remedy-quota"),
    101002: Errcode("split"),
    130101: Errcode("wait"),
    300001: Errcode("other-route", "delivery.remedy-write-again"),
    300005: Errcode("other-route", "delivery.remedy-write-again"),
    310000: Errcode("none", "delivery.remedy-security"),
    400013: Errcode("none", "delivery.remedy-group-gone"),
    400101: Errcode("none", "delivery.remedy-robot-gone"),
    400102: Errcode("none", "delivery.remedy-robot-stopped"),
    400105: Errcode("as-text"),
    400106: Errcode("none", "delivery.remedy-robot-gone"),
    401102: Errcode(),
    410100: Errcode("wait"),
    430101: Errcode("none", "delivery.remedy-link", is_about_content=True),
    430102: Errcode("none", "delivery.remedy-words", is_about_content=True),
    430103: Errcode("none", "delivery.remedy-picture", is_about_content=True),
    430104: Errcode("none", "delivery.remedy-words", is_about_content=True),
    460101: Errcode("split"),
    660026: Errcode("wait"),
    1111: Errcode("wait", "delivery.remedy-calls"),
}

WEBHOOK_GONE = frozenset({300001, 300005})
"""Codes by which a webhook takes nothing any more."""

# The block after an overrun lasts about ten minutes (section 9); a minute is the shortest wait that makes sense.
THROTTLED_SECONDS = 60.0

_UNKNOWN = Errcode()


def meaning_of(code: object) -> Errcode:
    """What ``code`` means; that nothing helps where it is not known, or no code."""
    return ERRCODES.get(code, _UNKNOWN) if isinstance(code, int) else _UNKNOWN
