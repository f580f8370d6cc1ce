"""What became of the steps of each message: told by the router, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict

KEPT = 2_000
KEPT_EACH = 60

Kind = Literal["started", "sent", "answered", "failed", "limited", "late", "done", "dead"]


class Outcome(TypedDict):
    """One thing that happened.

    ``kind``: a step was ``started``, ``failed``, or was ``limited`` by its guard; its reply was ``sent``; its agent ``answered``,
    or did so too ``late``; or the message is ``done`` or ``dead``. ``rule`` and ``step`` say which step (``2.1``: the first
    alternative of the second), ``""`` for the whole message; ``reason`` is why, by language.
    """

    kind: Kind
    rule: str
    step: str
    reason: Mapping[str, str]


class Happened(Outcome):
    """An outcome and when: real milliseconds after the message was written, ``None`` if that was not seen."""

    after_ms: int | None


class Outcomes:
    """The outcomes of the latest messages, by message id."""

    def __init__(self) -> None:
        self._outcomes: dict[str, list[Happened]] = {}

    def add(self, msg_id: str, outcome: Outcome, after_ms: int | None = None) -> None:
        """Keep one more thing that happened to a message."""
        kept = self._outcomes.setdefault(msg_id, [])
        kept.append({**outcome, "after_ms": after_ms})
        del kept[:-KEPT_EACH]
        while len(self._outcomes) > KEPT:
            del self._outcomes[next(iter(self._outcomes))]

    def __getitem__(self, msg_id: str) -> list[Happened]:
        return list(self._outcomes.get(msg_id, ()))

    def to_json(self) -> dict[str, list[Happened]]:
        """All of them as plain data."""
        return {msg_id: list(kept) for msg_id, kept in self._outcomes.items()}
