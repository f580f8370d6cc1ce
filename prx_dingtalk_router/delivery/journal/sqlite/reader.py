"""Reading a journal from outside the router that holds it: for commands, while it runs or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from prx_dingtalk_router.delivery.journal.entry import Entry
from prx_dingtalk_router.delivery.journal.sqlite import queries
from prx_dingtalk_router.delivery.journal.sqlite.connections import connect_to_look, connect_to_read
from prx_dingtalk_router.delivery.journal.sqlite.earlier import show_as_present
from prx_dingtalk_router.delivery.journal.sqlite.migrations import check_version
from prx_dingtalk_router.delivery.journal.sqlite.problems import journal_problem

PAGE = 1000
_EVER = 2**62


def recorded_callbacks(path: Path, since_ms: int = 0) -> Iterator[tuple[int, str]]:
    """The callbacks of a journal by arrival, each with when it was stored (Unix milliseconds).

    They are read page by page, so that a router that is writing meanwhile is not held up.

    Args:
        path: of the journal, which exists.
        since_ms: only what was stored from then on.

    Raises:
        JournalError: it cannot be read, or a newer version made it.
    """
    with _reading(path) as connection:
        check_version(connection, path)
        after = queries.arrival_before(connection, since_ms)
        while page := queries.callbacks(connection, since_ms, after, PAGE):
            yield from ((stored_at_ms, callback) for _, stored_at_ms, callback in page if callback)
            after = page[-1][0]


def entries_of_message(path: Path, msg_id: str) -> list[Entry]:
    """The entries of a message id, one for each robot that received it; see ``entries_since``."""
    with _reading(path, connect_to_look) as connection:
        check_version(connection, path)
        show_as_present(connection)
        return list(queries.of_message(connection, msg_id))


def entries_since(path: Path, since_ms: int, sender: str | None = None) -> Iterator[Entry]:
    """What was stored from a moment on, by arrival. Nothing is written, and a router that runs is not held up.

    Args:
        path: of the journal, which exists.
        since_ms: Unix time in milliseconds.
        sender: only of this person (``Message.sender_key``).

    Raises:
        JournalError: it cannot be read, or a newer version made it.
    """
    with _reading(path, connect_to_look) as connection:
        check_version(connection, path)
        show_as_present(connection)
        after = 0
        while page := queries.between(connection, since_ms, _EVER, after, PAGE, sender):
            yield from page
            after = page[-1].arrival


def entries_open(path: Path) -> Iterator[Entry]:
    """What is neither done nor dropped nor dead, by arrival; see ``entries_since``."""
    return _entries_in(path, queries.OPEN)


def entries_dead(path: Path) -> Iterator[Entry]:
    """The dead letters, by arrival; see ``entries_since``."""
    return _entries_in(path, queries.DEAD)


def _entries_in(path: Path, state: str) -> Iterator[Entry]:
    with _reading(path, connect_to_look) as connection:
        check_version(connection, path)
        show_as_present(connection)
        after = 0
        while page := queries.entries(connection, f"{state} AND arrival > ?", (after,), PAGE):
            yield from page
            after = page[-1].arrival


@contextmanager
def _reading(
    path: Path, connect: Callable[[Path], sqlite3.Connection] = connect_to_read
) -> Iterator[sqlite3.Connection]:
    try:
        with closing(connect(path)) as connection:
            yield connection
    except (sqlite3.Error, OSError) as problem:
        raise journal_problem(path, problem) from problem
