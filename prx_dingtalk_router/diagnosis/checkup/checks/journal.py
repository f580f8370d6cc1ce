"""Can the journal be written, and for how long? Without it nothing is acknowledged."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.delivery.journal.sqlite.connections import connect_to_look
from prx_dingtalk_router.delivery.journal.sqlite.migrations import check_version
from prx_dingtalk_router.delivery.journal.sqlite.problems import journal_problem
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.installation import Installation
from prx_dingtalk_router.errors import JournalError

_NAME = "journal"
_MEGABYTE = 1024 * 1024


async def check_journal(installation: Installation) -> Sequence[Finding]:
    """Look at the file, its folder and the disk, without writing anything: a router may be running."""
    path = installation.settings.journal.path
    if path is None:
        return [found("warning", _NAME, "memory")]
    folder = path.parent
    if not folder.is_dir():
        return [found("failed", _NAME, "no-folder", folder=str(folder))]
    if not os.access(folder, os.W_OK | os.X_OK) or (path.exists() and not os.access(path, os.W_OK)):
        return [found("failed", _NAME, "read-only", path=str(path), user=_user())]
    problem = _problem(path) if path.exists() else None
    if problem is not None:
        return [found("failed", _NAME, "unusable", problem=problem)]
    free = shutil.disk_usage(folder).free
    status, outcome = ("failed", "full") if free < installation.least_free else ("ok", "ok")
    return [found(status, _NAME, outcome, path=str(path), free=free // _MEGABYTE)]  # type: ignore[arg-type]


def _problem(path: Path) -> Text | None:
    """Why it is no journal for this version."""
    try:
        with closing(connect_to_look(path)) as connection:
            check_version(connection, path)
    except JournalError as error:
        return error.text
    except (sqlite3.Error, OSError) as error:
        return journal_problem(path, error).text
    return None


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "?"
