"""Having dead letters tried again or given up: by the router that runs, or in the journal's file where none does."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import click

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.asking import RunningRouter
from prx_dingtalk_router.cli.console import note, results, write_json
from prx_dingtalk_router.cli.dead_letters import documents, selection
from prx_dingtalk_router.cli.dead_list import write_reasons
from prx_dingtalk_router.cli.workspace import Workspace, find_workspace_in_force
from prx_dingtalk_router.delivery import EntryKey, SqliteJournal
from prx_dingtalk_router.delivery.dispatch.incoming import retried
from prx_dingtalk_router.delivery.journal import Discarded, Journal
from prx_dingtalk_router.errors import DeliveryError, JournalError, UsageError

What = Literal["retry", "drop"]

AT_ONCE = 50
"""So many are named in one request."""
_TAKEN = "delivery.journal-taken"


@dataclass(slots=True)
class Outcome:
    """What became of those that were asked for."""

    done: list[dict[str, str]] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)


def change(
    what: What,
    *,
    ids: tuple[str, ...],
    since: str | None,
    agent: str | None,
    reason: str | None,
    all_wanted: bool,
    yes: bool,
    json_wanted: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Have dead letters tried again or given up: those with these ids, or those that fit a filter.

    Of a filter it is told first how many it finds; a person at a terminal is asked, anybody else says ``--yes``.

    Returns:
        1 if one could not be, or nobody agreed.

    Raises:
        UsageError: nothing is chosen, or both ids and a filter are; nobody can be asked; a router holds the journal and does
            not answer.
    """
    is_filtered = since is not None or agent is not None or reason is not None or all_wanted
    if is_filtered == bool(ids):
        raise UsageError("cli.dead.choose")
    workspace = find_workspace_in_force(config, rules)
    found = documents(workspace, selection(ids, since, agent, reason), config)
    if not found and not ids:
        note(text("cli.dead.none"))
        return 0
    if is_filtered and not yes and not _is_agreed(what, found, no_color=no_color):
        return 1
    keys = [EntryKey(each["robot"], each["msg_id"]) for each in found]
    outcome, in_file = _changed(what, workspace, keys, config)
    known = {key.msg_id for key in keys}
    outcome.refused += [
        {"msg_id": each, "why": str(text("delivery.not-dead", msg_id=each))}
        for each in ids
        if each not in known
    ]
    _tell(what, outcome, in_file=in_file, json_wanted=json_wanted, no_color=no_color)
    return int(bool(outcome.refused))


def _is_agreed(what: What, found: Sequence[dict[str, Any]], *, no_color: bool) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("cli.dead.say-yes", count=len(found))
    write_reasons(results(no_color=no_color), found)
    return click.confirm(str(text(f"cli.dead.really.{what}", count=len(found))), err=True)


def _changed(
    what: What, workspace: Workspace, keys: Sequence[EntryKey], config: Path | None
) -> tuple[Outcome, bool]:
    """Change them; what came of it, and whether that was done in the file."""
    settings = workspace.settings
    if keys and settings is not None and settings.journal.path is not None:
        try:
            journal = SqliteJournal(settings.journal.path, settings.journal.retention)
            return asyncio.run(_in_file(journal, what, keys)), True
        except JournalError as problem:
            if problem.text.key != _TAKEN:
                raise
    outcome = Outcome()
    router = RunningRouter(config)
    for some in _portions(keys):
        asked = {"messages": [key._asdict() for key in some]}
        answer = router.done(router.post(f"/dead/{what}", asked))
        outcome.done += answer["done"]
        outcome.refused += answer["refused"]
    return outcome, False


async def _in_file(journal: Journal, what: What, keys: Sequence[EntryKey]) -> Outcome:
    """Change them as the router would, holding the journal meanwhile.

    Raises:
        JournalError: a router holds it, or it cannot be used.
    """
    outcome = Outcome()
    await journal.claim()
    try:
        for some in _portions(keys):  # together, so that they share commits
            problems = await asyncio.gather(*(_change_one(journal, what, key) for key in some))
            for key, problem in zip(some, problems, strict=True):
                if problem is None:
                    outcome.done.append(key._asdict())
                else:
                    outcome.refused.append({**key._asdict(), "why": str(problem)})
    finally:
        await journal.close()
    return outcome


async def _change_one(journal: Journal, what: What, key: EntryKey) -> DeliveryError | None:
    """Change one; why that cannot be."""
    entry, now_ms = await journal.get(key), time.time_ns() // 1_000_000
    try:
        if entry is None or entry.state != "dead":
            raise DeliveryError("delivery.not-dead", msg_id=key.msg_id)
        await journal.apply(entry, retried(entry, now_ms) if what == "retry" else [Discarded(now_ms)])
    except DeliveryError as problem:
        return problem
    return None


def _portions(keys: Sequence[EntryKey]) -> Iterator[Sequence[EntryKey]]:
    for at in range(0, len(keys), AT_ONCE):
        yield keys[at : at + AT_ONCE]


def _tell(what: What, outcome: Outcome, *, in_file: bool, json_wanted: bool, no_color: bool) -> None:
    if json_wanted:
        write_json({"done": outcome.done, "refused": outcome.refused})
    else:
        console = results(no_color=no_color)
        if outcome.done:
            console.print((text(f"cli.dead.done.{what}", count=len(outcome.done)), "green"))
        for each in outcome.refused:
            console.print((each["why"], "red"))
    if in_file and what == "retry" and outcome.done:
        note(text("cli.dead.no-router"))
