"""``prx-router export``: recorded callbacks out of the journal, with or without what people wrote in them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from prx_dingtalk_router.cli.console import perhaps_unread, write_json
from prx_dingtalk_router.cli.recorded import journal_lines
from prx_dingtalk_router.cli.workspace import find_workspace
from prx_dingtalk_router.message.json_text import structure_in
from prx_dingtalk_router.message.redacting import Redactor


def export(*, since: str | None, redact: bool, config: Path | None, rules: Path | None) -> int:
    """One callback a line, by arrival; session webhooks are never among them."""
    redactor = Redactor() if redact else None
    with perhaps_unread():
        for _, callback in journal_lines(find_workspace(config, rules), since):
            if redactor is not None:
                write_json(redactor.redacted(_fields(callback)))
            elif len(callback.splitlines()) == 1:
                sys.stdout.write(f"{callback}\n")
            else:
                write_json(_fields(callback))
    return 0


def _fields(callback: str) -> Mapping[str, object]:
    fields = structure_in(callback)
    return fields if isinstance(fields, dict) else {}
