"""``prx-router why``: what became of a message, from the journal; a router may be running beside it, and is not held up."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.account_text import write_account
from prx_dingtalk_router.cli.console import Results, note, perhaps_unread, results, write_json
from prx_dingtalk_router.cli.explanation_text import write_reasons
from prx_dingtalk_router.cli.recorded import journal_file, since_milliseconds
from prx_dingtalk_router.cli.rules_then import RulesThen, Then
from prx_dingtalk_router.cli.workspace import find_workspace_in_force
from prx_dingtalk_router.delivery.journal import Entry
from prx_dingtalk_router.delivery.journal.sqlite.lock import is_perhaps_held
from prx_dingtalk_router.delivery.journal.sqlite.reader import entries_of_message, entries_open, entries_since
from prx_dingtalk_router.delivery.journal.states import ENDED
from prx_dingtalk_router.diagnosis.account import Account, Ahead, account_document, account_of
from prx_dingtalk_router.errors import JournalError, UsageError
from prx_dingtalk_router.matching import explanation_json

DEFAULT_SINCE = "1h"
MOST_SHOWN = 20


def why(
    *,
    msg_id: str | None,
    sender: str | None,
    since: str | None,
    json_wanted: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Tell what became of a message, or of those of a time; 1 when the journal has none."""
    if msg_id is not None and (sender is not None or since is not None):
        raise UsageError("cli.why.id-or-time")
    workspace = find_workspace_in_force(config, rules)
    journal = journal_file(workspace)
    try:
        accounts = _accounts(journal, msg_id, sender, since or DEFAULT_SINCE)
    except JournalError as problem:
        raise UsageError("cli.journal-unreadable", problem=problem.text) from problem
    if not accounts:
        missing = text("cli.why.none", since=since or DEFAULT_SINCE)
        note(text("cli.why.unknown", msg_id=msg_id) if msg_id is not None else missing)
        return 1
    then = RulesThen(workspace)
    with perhaps_unread():
        if json_wanted:
            for account in accounts:
                explained = _explained(then.explain(account.entry.decision))
                write_json({**account_document(account), "see": _see(account.entry), **explained})
        else:
            _write(results(no_color=no_color), accounts, then)
            if any(each.entry.state not in ENDED for each in accounts) and not is_perhaps_held(journal):
                note(text("cli.why.no-router"))
    return 0


def _accounts(journal: Path, msg_id: str | None, sender: str | None, since: str) -> list[Account]:
    entries = entries_of_message(journal, msg_id) if msg_id is not None else _of_time(journal, sender, since)
    if all(entry.state in ENDED for entry in entries):
        return [account_of(entry) for entry in entries]
    ahead = Ahead(entries_open(journal))
    return [account_of(entry, ahead) for entry in entries]


def _of_time(journal: Path, sender: str | None, since: str) -> list[Entry]:
    since_ms = since_milliseconds(since)
    if sender is None:
        return list(entries_since(journal, since_ms))
    by_id = list(entries_since(journal, since_ms, sender))
    named = sender.casefold()
    return by_id or [
        entry
        for entry in entries_since(journal, since_ms)
        if named in entry.decision.message.sender_name.casefold()
        or sender == entry.decision.message.sender_id
    ]


def _write(console: Results, accounts: Sequence[Account], then: RulesThen) -> None:
    left_out = len(accounts) - MOST_SHOWN
    if left_out > 0:
        note(text("cli.why.earlier", count=left_out))
    for number, account in enumerate(accounts[-MOST_SHOWN:]):
        if number:
            console.print("")
        write_account(console, account)
        see = _see(account.entry)
        if see is not None:
            console.print("    ", (text("cli.why.see", command=see), "dim"))
    last = accounts[-1].entry
    if len(accounts) > 1:
        console.print("")
        console.print((text("cli.why.one", msg_id=last.key.msg_id), "dim"))
        return
    found = then.explain(last.decision)
    if found.explanation is None:
        if found.problem is not None:
            console.print((found.problem, "dim"))
        return
    console.print((text("cli.why.because"), "bold"))
    write_reasons(console, found.explanation)
    if found.problem is not None:
        console.print((found.problem, "yellow"))


def _explained(found: Then) -> dict[str, Any]:
    """The rules that were asked, and what is said of the decision as a whole; nothing of either where nobody can tell."""
    problem = str(found.problem) if found.problem is not None else None
    if found.explanation is None:
        return {"trace": None, "explanation": None, "unexplained": problem}
    document = explanation_json(found.explanation)
    return {"trace": document["trace"], "explanation": document["explanation"], "unexplained": problem}


def _see(entry: Entry) -> str | None:
    """The command that has all that is known of a dead message, and from where it can be tried again."""
    return f"prx-router dead show {shlex.quote(entry.key.msg_id)}" if entry.state == "dead" else None
