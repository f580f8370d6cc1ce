"""Recorded callbacks, one JSON text each: in a file of lines, or in the journal of the configuration."""

from __future__ import annotations

import sys
import time
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from prx_dingtalk_router.calendar.durations import parse_duration
from prx_dingtalk_router.cli.console import reason
from prx_dingtalk_router.cli.workspace import Workspace
from prx_dingtalk_router.errors import JournalError, UsageError


def lines_of(file: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file (``-``: of standard input) that are not blank, numbered from 1.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        stream = sys.stdin.buffer if str(file) == "-" else file.open("rb")
    except OSError as problem:
        raise UsageError("cli.unreadable", path=str(file), why=reason(problem)) from problem
    with stream:
        first = stream.readline().removeprefix(BOM_UTF8)
        for number, line in enumerate(chain([first], stream), start=1):
            shown = line.strip()
            if shown:
                yield number, shown


def journal_lines(workspace: Workspace, since: str | None) -> Iterator[tuple[int, str]]:
    """The callbacks in the journal of the configuration, by arrival, each with when it was stored (Unix milliseconds).

    Args:
        workspace: with the configuration.
        since: how far back, as a duration; None for all.

    Raises:
        UsageError: there is no configuration or no journal, it cannot be read, or ``since`` is no duration.
    """
    since_ms = since_milliseconds(since)
    path = journal_file(workspace)
    # What keeps the journal brings the network with it, which no other command that decides needs.
    from prx_dingtalk_router.delivery.journal.sqlite.reader import recorded_callbacks

    try:
        yield from recorded_callbacks(path, since_ms)
    except JournalError as problem:
        raise UsageError("cli.journal-unreadable", problem=problem.text) from problem


def journal_file(workspace: Workspace) -> Path:
    """The journal of the configuration.

    Raises:
        UsageError: there is no configuration, or no journal.
    """
    if workspace.settings is None:
        raise UsageError("cli.no-configuration")
    path = workspace.settings.journal.path
    if path is None:
        raise UsageError("cli.journal-in-memory")
    if not path.exists():
        raise UsageError("cli.no-journal", path=str(path))
    return path


def since_milliseconds(since: str | None) -> int:
    """When a time before now began, in Unix milliseconds; 0 where none is said.

    Raises:
        UsageError: it is no duration.
    """
    if since is None:
        return 0
    seconds = parse_duration(since)
    if seconds is None:
        raise UsageError("cli.since-form", written=since)
    return time.time_ns() // 1_000_000 - round(seconds * 1000)
