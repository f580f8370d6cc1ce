"""How fast a conversation is written to: a sliding minute each, and pauses that DingTalk asked for."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from prx_dingtalk_router.delivery.clock import Clock

_WINDOW = 60.0
_CROWDED = 1024


@dataclass(slots=True)
class _Conversation:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    sent: deque[float] = field(default_factory=deque)
    not_before: float = 0.0


class Pacer:
    """Spaces the replies of each conversation (dingtalk-stream.md section 9).

    Args:
        per_minute: the most replies of one conversation in any 60 seconds.
        clock: waits and tells the time.
    """

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._conversations: dict[str, _Conversation] = {}
        self._crowded = _CROWDED

    @asynccontextmanager
    async def speaking(self, conversation: str) -> AsyncIterator[None]:
        """Hold the conversation, in order of asking, so that the parts of a reply follow each other."""
        self._tidy()
        state = self._conversations.setdefault(conversation, _Conversation())
        state.users += 1
        try:
            async with state.lock:
                yield
        finally:
            state.users -= 1

    async def turn(self, conversation: str) -> None:
        """Wait until one more reply is in order, and count it; the caller is ``speaking`` there."""
        state = self._conversations[conversation]
        while (wait := self._wait(state)) > 0:
            await self._clock.sleep(wait)
        state.sent.append(self._clock.monotonic())

    def pause(self, conversation: str, seconds: float) -> None:
        """Send nothing there for so long."""
        self._conversations[conversation].not_before = self._clock.monotonic() + seconds

    def _wait(self, state: _Conversation) -> float:
        now = self._clock.monotonic()
        while state.sent and state.sent[0] <= now - _WINDOW:
            state.sent.popleft()
        full = len(state.sent) >= self._per_minute
        return max(state.sent[0] + _WINDOW - now if full else 0.0, state.not_before - now)

    def _tidy(self) -> None:
        """Forget conversations that nothing is known about any more, once there are many."""
        if len(self._conversations) < self._crowded:
            return
        horizon = self._clock.monotonic() - _WINDOW
        idle = [
            name
            for name, state in self._conversations.items()
            if not state.users
            and (not state.sent or state.sent[-1] <= horizon)
            and state.not_before <= horizon
        ]
        for name in idle:
            del self._conversations[name]
        self._crowded = max(_CROWDED, 2 * len(self._conversations))
