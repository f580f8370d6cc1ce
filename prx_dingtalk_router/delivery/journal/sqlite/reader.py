"""Reading a journal from outside the router that holds it: for commands, while it runs or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from prx_dingtalk_router.delivery.journal.sqlite import queries
from prx_dingtalk_router.delivery.journal.sqlite.connections import connect_to_read
from prx_dingtalk_router.delivery.journal.sqlite.migrations import check_version
from prx_dingtalk_router.delivery.journal.sqlite.problems import journal_problem

PAGE = 1000


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


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(connect_to_read(path)) as connection:
            yield connection
    except (sqlite3.Error, OSError) as problem:
        raise journal_problem(path, problem) from problem
