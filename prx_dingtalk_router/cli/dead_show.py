"""``prx-router dead show``: all that is known of a message that could not be delivered."""

from __future__ import annotations

from pathlib import Path

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.account_text import write_account
from prx_dingtalk_router.cli.console import note, perhaps_unread, results, write_json
from prx_dingtalk_router.cli.dead_letters import documents, in_file, selection
from prx_dingtalk_router.cli.workspace import find_workspace_in_force
from prx_dingtalk_router.diagnosis.account import account_of
from prx_dingtalk_router.diagnosis.dead_letters import letter_document


def show(
    *,
    ids: tuple[str, ...],
    json_wanted: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Show dead letters by their message ids; 1 when one of them is not there.

    Those of a journal in memory are shown as JSON, as the router tells them.
    """
    workspace, selected = find_workspace_in_force(config, rules), selection(ids)
    entries = in_file(workspace, selected)
    with perhaps_unread():
        if entries is None or json_wanted:
            told = (
                documents(workspace, selected, config) if entries is None else map(letter_document, entries)
            )
            found = set()
            for each in told:
                write_json(each)
                found.add(each["msg_id"])
        else:
            console = results(no_color=no_color)
            for number, entry in enumerate(entries):
                if number:
                    console.print("")
                write_account(console, account_of(entry))
            found = {entry.key.msg_id for entry in entries}
    missing = [each for each in ids if each not in found]
    for msg_id in missing:
        note(text("delivery.not-dead", msg_id=msg_id))
    return int(bool(missing))
