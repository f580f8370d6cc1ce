"""What DingTalk's error codes mean for a reply (dingtalk-stream.md sections 7 and 9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Remedy = Literal["backoff", "wait", "other-route", "split", "as-text", "none"]
"""What may still bring the reply to its conversation.

backoff: the same again soon. wait: the same again after a minute, as sending on prolongs the block. other-route: this
webhook is of no use any more. split: smaller parts. as-text: no markdown. none: nothing.
"""

REMEDIES: Mapping[int, Remedy] = {
    -1: "backoff",
    300001: "other-route",
    300005: "other-route",
    310000: "none",
    40035: "none",
    43004: "none",
    400013: "none",
    400101: "none",
    400102: "none",
    400106: "none",
    400105: "as-text",
    401102: "none",
    410100: "wait",
    130101: "wait",
    660026: "wait",
    430101: "none",
    430102: "none",
    430103: "none",
    430104: "none",
    460101: "split",
    101002: "split",
    34016: "split",
    88: "backoff",
    90002: "backoff",
    90018: "backoff",
    90020: "none",
}

UNSUITABLE = frozenset({430101, 430102, 430103, 430104})

# The block after an overrun lasts about ten minutes (section 9); a minute is the shortest wait that makes sense.
THROTTLED_SECONDS = 60.0


def remedy(code: int) -> Remedy:
    """The remedy for ``code``; none for a code that is not known."""
    return REMEDIES.get(code, "none")
