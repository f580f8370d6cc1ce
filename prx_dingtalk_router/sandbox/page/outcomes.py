"""What became of the steps of each message where that was not what its decision says: told by the router."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict

KEPT = 2_000
KEPT_EACH = 20

Kind = Literal["failed", "limited", "late", "dead"]


class Outcome(TypedDict):
    """One thing that happened.

    ``kind``: a step ``failed``, was ``limited`` by its guard, or its agent answered too ``late``; or the message is
    ``dead``. ``rule`` and ``step`` say which step (``2.1``: the first alternative of the second), ``""`` for the whole
    message; ``reason`` is why, by language.
    """

    kind: Kind
    rule: str
    step: str
    reason: Mapping[str, str]


class Outcomes:
    """The outcomes of the latest messages, by message id."""

    def __init__(self) -> None:
        self._outcomes: dict[str, list[Outcome]] = {}

    def add(self, msg_id: str, outcome: Outcome) -> None:
        """Keep one more thing that happened to a message."""
        kept = self._outcomes.setdefault(msg_id, [])
        kept.append(outcome)
        del kept[:-KEPT_EACH]
        while len(self._outcomes) > KEPT:
            del self._outcomes[next(iter(self._outcomes))]

    def __getitem__(self, msg_id: str) -> list[Outcome]:
        return list(self._outcomes.get(msg_id, ()))

    def to_json(self) -> dict[str, list[Outcome]]:
        """All of them as plain data."""
        return {msg_id: list(kept) for msg_id, kept in self._outcomes.items()}
