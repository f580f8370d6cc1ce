"""How fast a conversation is written to: a sliding minute each, and pauses that DingTalk asked for. Nothing waits here."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field

from prx_dingtalk_router.delivery.clock import Clock

_WINDOW = 60.0
_CROWDED = 1024


@dataclass(slots=True)
class _Conversation:
    sent: deque[float] = field(default_factory=deque)
    not_before: float = 0.0


class Pacer:
    """Spaces the replies of each conversation (dingtalk-stream.md section 9).

    Args:
        per_minute: the most replies of one conversation in any 60 seconds.
        clock: tells the time.
    """

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._conversations: dict[Hashable, _Conversation] = {}
        self._crowded = _CROWDED

    def take(self, conversation: Hashable) -> float:
        """Count one more reply, if it is in order now.

        Returns:
            0, or the seconds until one is in order; then nothing is counted.
        """
        self._tidy()
        state = self._conversations.setdefault(conversation, _Conversation())
        now = self._clock.monotonic()
        while state.sent and state.sent[0] <= now - _WINDOW:
            state.sent.popleft()
        full = len(state.sent) >= self.per_minute
        wait = max(state.sent[0] + _WINDOW - now if full else 0.0, state.not_before - now)
        if wait > 0:
            return wait
        state.sent.append(now)
        return 0.0

    def pause(self, conversation: Hashable, seconds: float) -> None:
        """Let nothing be in order there for so long."""
        state = self._conversations.setdefault(conversation, _Conversation())
        state.not_before = self._clock.monotonic() + seconds

    def _tidy(self) -> None:
        """Forget conversations that nothing is known about any more, once there are many."""
        if len(self._conversations) < self._crowded:
            return
        now = self._clock.monotonic()
        idle = [
            name
            for name, state in self._conversations.items()
            if (not state.sent or state.sent[-1] <= now - _WINDOW) and state.not_before <= now
        ]
        for name in idle:
            del self._conversations[name]
        self._crowded = max(_CROWDED, 2 * len(self._conversations))
