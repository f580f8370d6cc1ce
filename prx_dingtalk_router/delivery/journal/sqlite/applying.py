"""What happened to messages, kept of many with as few statements as possible: SQLite gives the interpreter up for each."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache

from prx_dingtalk_router.decision.codec import encode_reason
from prx_dingtalk_router.delivery.journal.changes import Change, Ended, StepChanged, StopAsked, changed
from prx_dingtalk_router.delivery.journal.entry import Entry, Person
from prx_dingtalk_router.delivery.journal.forgets import Forget
from prx_dingtalk_router.delivery.journal.sqlite import operations, rows
from prx_dingtalk_router.delivery.journal.sqlite.writer import Joining
from prx_dingtalk_router.errors import JournalError

_MOVED = "arrival, was, state, revision, reason, finished_at_ms, cancelled, carrier, is_over"
# What a table of values can be joined with, which is not in every SQLite that Python runs with.
_CAN_JOIN = sqlite3.sqlite_version_info >= (3, 33)


class Applying(Joining):
    """Keeps changes of one entry; see ``operations.apply``.

    Attributes:
        entry: as the caller knows it.
        changes: in order.
        forgets: each ``forget`` among them that was new.
    """

    __slots__ = ("changes", "entry", "forgets")

    def __init__(self, entry: Entry, changes: Sequence[Change]) -> None:
        self.entry = entry
        self.changes = changes
        self.forgets: Sequence[tuple[Person, Forget]] = ()

    def __call__(self, connection: sqlite3.Connection) -> Entry:
        """Keep them by themselves."""
        forgets: list[tuple[Person, Forget]] = []
        after = operations.apply(connection, self.entry, self.changes, forgets)
        self.forgets = forgets
        return after

    @property
    def about(self) -> int | None:
        """The entry, where they are of the kinds that most are: nothing of them depends on other rows."""
        if not _CAN_JOIN or not all(map(self._is_plain, self.changes)):
            return None
        return self.entry.arrival

    def _is_plain(self, change: Change) -> bool:
        if isinstance(change, Ended):
            return not self.entry.turns
        return isinstance(change, StepChanged | StopAsked)

    @classmethod
    def all_of(cls, connection: sqlite3.Connection, several: Sequence[Applying]) -> Sequence[Entry]:
        """Keep the changes of several entries."""
        after = [changed(each.entry, each.changes) for each in several]
        moved = [_moved(each.entry, now) for each, now in zip(several, after, strict=True)]
        if operations.execute_together(connection, _move, moved) != len(several):
            raise JournalError("delivery.journal-conflict", msg_id=after[0].key.msg_id)
        steps = [
            rows.step_row(each.entry.arrival, change.step, change.record)
            for each in several
            for change in each.changes
            if isinstance(change, StepChanged)
        ]
        operations.execute_together(connection, _steps, steps)
        return after


def _moved(entry: Entry, after: Entry) -> rows.Row:
    return (
        entry.arrival,
        entry.revision,
        after.state,
        after.revision,
        encode_reason(after.reason),
        after.finished_at_ms,
        rows.stopped_number(after.stopped),
        after.carrier,
        after.state in ("done", "dropped"),
    )


@cache
def _move(count: int) -> str:
    names = _MOVED.split(", ")
    columns = {name: f"v.column{number}" for number, name in enumerate(names, 1)}
    kept = ("state", "revision", "reason", "finished_at_ms", "cancelled", "carrier")
    changes = ", ".join(f"{name} = {columns[name]}" for name in kept)
    table = operations.values(count, len(names))
    over = f"webhook = CASE WHEN {columns['is_over']} THEN NULL ELSE webhook END"
    which = f"entry.arrival = {columns['arrival']} AND entry.revision = {columns['was']}"
    return f"UPDATE entry SET {changes}, {over} FROM ({table}) AS v WHERE {which}"  # noqa: S608 - names of ours alone


@cache
def _steps(count: int) -> str:
    return operations.upsert("step", rows.STEP, "arrival, rule, position", count)
