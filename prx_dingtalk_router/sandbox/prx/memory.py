"""What the daemon remembers of a conversation (prx-gateway.md section 5.5); survives restarts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

from prx_dingtalk_router.sandbox.prx.settings import PrxSettings

RECALLED_ROWS = 24
LINE_BYTES = 3_072
BLOCK_BYTES = 12_288
AUTOSAVED_FROM_CHARACTERS = 30
ANONYMOUS = "webhook-client"
_BACKENDS_WITH_EVENTS = frozenset({"sqlite", "postgres", "lucid"})
_GROUP_MARKS = ("group:", "@g.us")

Role = Literal["user", "assistant", "event"]


@dataclass(frozen=True, slots=True)
class Row:
    """One stored event of a conversation."""

    turn_id: str
    role: Role
    text: str

    def line(self) -> str:
        """The row as the model sees it, cut at 3,072 bytes."""
        return _cut(f"{self.role}: {self.text}", LINE_BYTES)

    def seen(self) -> str:
        """What the model sees of the text."""
        return self.line().removeprefix(f"{self.role}: ")


class Memory:
    """The event store and the semantic store of one agent.

    A plain turn writes six rows, so the 24 newest show about four turns. Rows of turns that still run are not
    recalled: turns side by side do not see each other.
    """

    def __init__(self, settings: PrxSettings) -> None:
        self._settings = settings
        self._rows: dict[str, list[Row]] = {}
        self._asked: set[str] = set()
        self._running: set[str] = set()
        self.autosaved: list[str] = []

    def recall(self, session: str) -> tuple[Row, ...]:
        """The rows that fit into the block before a message, in time order; the newest drop out when it is full."""
        if self._settings.memory_backend not in _BACKENDS_WITH_EVENTS:
            return ()
        seen = (row for row in reversed(self._rows.get(session, [])) if row.turn_id not in self._running)
        rows = list(itertools.islice(seen, RECALLED_ROWS))[::-1]
        fitting: list[Row] = []
        used = 0
        for row in rows:
            used += len(row.line().encode()) + 1
            if used > BLOCK_BYTES:
                break
            fitting.append(row)
        return tuple(fitting)

    def begin(self, session: str, turn_id: str, message: str, *, origin: str | None) -> None:
        """Store what was asked. A rerun with the same ``origin`` (namespace and key) does not store it twice."""
        self._running.add(turn_id)
        self._store(session, turn_id, "event", "turn started")
        if origin is not None and origin in self._asked:
            return
        if origin is not None:
            self._asked.add(origin)
        if self._settings.record_user_messages:
            self._store(session, turn_id, "user", message)

    def finish(self, session: str, turn_id: str, response: str, *, tool_calls: int = 0) -> None:
        """Store what was answered and the events around it, two more for each tool call."""
        for number in range(1, tool_calls + 1):
            self._store(session, turn_id, "event", f"tool {number} called")
            self._store(session, turn_id, "event", f"tool {number} answered")
        self._store(session, turn_id, "event", "model answered")
        if self._settings.record_assistant_messages:
            self._store(session, turn_id, "assistant", response)
        self._store(session, turn_id, "event", "memory updated")
        self._store(session, turn_id, "event", "turn completed")
        self._running.discard(turn_id)

    def abandon(self, turn_id: str) -> None:
        """A turn ended without an answer: what it stored so far is seen from now on."""
        self._running.discard(turn_id)

    def autosaves(self, message: str, reply_target: str) -> bool:
        """Whether ``message`` goes into the daemon-wide semantic store: long, and not said in a group."""
        return (
            self._settings.auto_save
            and len(message) >= AUTOSAVED_FROM_CHARACTERS
            and not any(mark in reply_target for mark in _GROUP_MARKS)
        )

    def _store(self, session: str, turn_id: str, role: Role, text: str) -> None:
        self._rows.setdefault(session, []).append(Row(turn_id, role, text))


def session_key(reply_target: str | None) -> str:
    """The durable key of a conversation; callers without a target share one."""
    return f"gateway:webhook:{(reply_target or '').strip() or ANONYMOUS}:prx"


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode("utf-8", "ignore")
