"""Finding dead letters for the commands ``dead …``: in the journal's file, or where there is none, in the running router."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from prx_dingtalk_router.cli.asking import RunningRouter
from prx_dingtalk_router.cli.recorded import since_milliseconds
from prx_dingtalk_router.cli.workspace import Workspace
from prx_dingtalk_router.delivery.journal import Entry
from prx_dingtalk_router.delivery.journal.sqlite.reader import entries_dead
from prx_dingtalk_router.diagnosis.dead_letters import Selection, letter_document
from prx_dingtalk_router.errors import JournalError, UsageError


def selection(
    ids: Sequence[str] = (),
    since: str | None = None,
    agent: str | None = None,
    reason: str | None = None,
) -> Selection:
    """Return which dead letters a command line means.

    Raises:
        UsageError: ``since`` is no duration.
    """
    return Selection(tuple(ids), since_milliseconds(since), agent, reason)


def in_file(workspace: Workspace, selected: Selection) -> list[Entry] | None:
    """Return the dead letters that are meant, by arrival; None where the journal is in memory.

    A router may be writing meanwhile; it is not held up. Before its first run there are none.

    Raises:
        UsageError: there is no configuration, or the journal cannot be read.
    """
    if workspace.settings is None:
        raise UsageError("cli.no-configuration")
    path = workspace.settings.journal.path
    if path is None:
        return None
    if not path.exists():
        return []
    try:
        return [entry for entry in entries_dead(path) if selected.takes(entry)]
    except JournalError as problem:
        raise UsageError("cli.journal-unreadable", problem=problem.text) from problem


def documents(workspace: Workspace, selected: Selection, config: Path | None) -> list[Any]:
    """Return the dead letters that are meant as documents, by arrival.

    Raises:
        UsageError: as in ``in_file``; or the journal is in memory and no router answers.
    """
    found = in_file(workspace, selected)
    if found is not None:
        return [letter_document(entry) for entry in found]
    return list(_of_router(RunningRouter(config), selected))


def _of_router(router: RunningRouter, selected: Selection) -> Iterator[Any]:
    asked = [("id", each) for each in selected.ids]
    asked += [("since_ms", str(selected.since_ms))]
    asked += [("agent", selected.agent)] if selected.agent is not None else []
    asked += [("reason", selected.reason)] if selected.reason is not None else []
    after: int | None = 0
    while after is not None:
        answer = router.done(router.get(f"/dead?{urlencode([*asked, ('after', str(after))])}"))
        yield from answer["dead"]
        after = answer["next"]
