"""What a journal keeps of what the robot said, so that a quote of it has its words again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 2_000
"""So many characters of a post are kept."""


@dataclass(frozen=True, slots=True)
class SentWords:
    """One post to a conversation.

    Attributes:
        robot: who said it.
        conversation: where.
        at_ms: when DingTalk had taken it (Unix time).
        words: the first ``LONGEST`` characters.
        process_query_key: what the robot API calls it; empty for a post to a session webhook, which is known by its time alone.
    """

    robot: str
    conversation: str
    at_ms: int
    words: str
    process_query_key: str = ""


class SentWordsInMemory:
    """Posts in memory, for ``retention_ms``."""

    def __init__(self, retention_ms: float) -> None:
        self._retention_ms = retention_ms
        self._all: deque[SentWords] = deque()
        self._by_key: dict[tuple[str, str], SentWords] = {}
        self._by_place: dict[tuple[str, str], deque[SentWords]] = {}

    def keep(self, sent: Iterable[SentWords]) -> None:
        """Keep posts, in the order in which they were made."""
        for each in sent:
            self._all.append(each)
            self._by_place.setdefault((each.robot, each.conversation), deque()).append(each)
            if each.process_query_key:
                self._by_key[each.robot, each.process_query_key] = each
        while self._all and self._all[0].at_ms <= self._all[-1].at_ms - self._retention_ms:
            self._forget(self._all.popleft())

    def of_key(self, robot: str, process_query_key: str) -> SentWords | None:
        """The post that the robot API calls so."""
        return self._by_key.get((robot, process_query_key))

    def near(self, robot: str, conversation: str, at_ms: int, within_ms: int) -> SentWords | None:
        """The post to a conversation that was made nearest to a time."""
        posts = self._by_place.get((robot, conversation), ())
        close = (each for each in posts if abs(each.at_ms - at_ms) <= within_ms)
        return min(close, key=lambda each: abs(each.at_ms - at_ms), default=None)

    def _forget(self, old: SentWords) -> None:
        place = (old.robot, old.conversation)
        posts = self._by_place[place]
        posts.popleft()
        if not posts:
            del self._by_place[place]
        if self._by_key.get((old.robot, old.process_query_key)) is old:
            del self._by_key[old.robot, old.process_query_key]
