"""``prx-router replay``: decides recorded callbacks, without sending anything."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import harmless, note, write_json, write_table
from prx_dingtalk_router.cli.recorded import journal_lines, lines_of
from prx_dingtalk_router.cli.rules import load_router
from prx_dingtalk_router.cli.workspace import Workspace, find_workspace
from prx_dingtalk_router.errors import MessageError, UsageError
from prx_dingtalk_router.matching import AgentStep, Decision, Router, decision_json
from prx_dingtalk_router.message import read_message, recorded_callback

SHOWN_TEXT = 40

Takers = Counter[tuple[str | None, str | None]]
"""How many messages each rule took; the reason stands for a rule where none did."""


def replay(
    *,
    file: Path | None,
    journal: bool,
    since: str | None,
    json_wanted: bool,
    summary: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """One decision a line; 1 when a line is no callback."""
    workspace = find_workspace(config, rules)
    if journal == (file is not None):
        raise UsageError("cli.replay.file-or-journal")
    router = load_router(workspace)
    errors: list[dict[str, Any]] = []
    counts: Takers = Counter()
    shadows: Counter[str] = Counter()
    for number, received_ms, line in _recorded(file, workspace, journal=journal, since=since):
        try:
            decision = _decide(line, received_ms, router, workspace)
        except MessageError as problem:
            errors.append({"line": number, "error": str(problem)})
            if json_wanted and not summary:
                write_json(errors[-1])
            elif not json_wanted:
                note(text("cli.replay.bad-line", line=number, problem=problem.text))
            continue
        counts[decision.by, None if decision.by else decision.reason] += 1
        if decision.shadow:
            shadows.update(each.rule for each in decision.shadow)
        if summary:
            continue
        if json_wanted:
            write_json(decision_json(decision))
        else:
            sys.stdout.write(_shown(number, decision))
    if summary and json_wanted:
        write_json(_summary(counts, shadows, errors))
    elif summary:
        _write_summary(counts, shadows, no_color=no_color)
    return int(bool(errors))


def _recorded(
    file: Path | None, workspace: Workspace, *, journal: bool, since: str | None
) -> Iterator[tuple[int, int, bytes | str]]:
    """The callbacks to decide, numbered from 1, with when each was received."""
    if file is None:
        for number, (stored_at_ms, callback) in enumerate(journal_lines(workspace, since), start=1):
            yield number, stored_at_ms, callback
        return
    if since is not None:
        raise UsageError("cli.replay.since-without-journal")
    for number, line in lines_of(file):
        yield number, time.time_ns() // 1_000_000, line


def _decide(line: bytes | str, received_ms: int, router: Router, workspace: Workspace) -> Decision:
    message = read_message(
        recorded_callback(line),
        received_ms=received_ms,
        robot_name=workspace.robot_name,
        client_id=workspace.client_id,
    )
    return router.decide(message)


def _shown(number: int, decision: Decision) -> str:
    # Strangers wrote this: nothing in it may act on the terminal.
    said = harmless(" ".join(decision.message.text.split()))
    said = said if len(said) <= SHOWN_TEXT else said[: SHOWN_TEXT - 1] + "…"
    agents = [step.agent for step in decision.steps if isinstance(step, AgentStep)]
    outcome = ", ".join(agents) if decision.outcome == "agent" else decision.reason or ""
    via = "".join(f"{rule} → " for rule in decision.via)
    by = decision.by or "-"
    return f"{number}\t{via}{by}\t{decision.outcome}{f' {outcome}' if outcome else ''}\t{said}\n"


def _summary(counts: Takers, shadows: Counter[str], errors: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The table as one document, and the lines that are no callback."""
    return {
        "counts": [{"by": by, "reason": why, "count": count} for (by, why), count in counts.most_common()],
        "shadow": [{"rule": name, "count": count} for name, count in shadows.most_common()],
        "errors": list(errors),
    }


def _write_summary(counts: Takers, shadows: Counter[str], *, no_color: bool) -> None:
    """A table of who took how many messages, and below it of what shadow rules would have taken."""
    from rich.table import Table

    table = Table(str(text("cli.replay.rule")), str(text("cli.replay.count")))
    for (by, why), count in counts.most_common():
        table.add_row(by or why or "-", str(count))
    if shadows:
        table.add_section()
    for name, count in shadows.most_common():
        table.add_row(f"{name} {text('cli.explain.shadow')}", str(count))
    write_table(table, no_color=no_color)
