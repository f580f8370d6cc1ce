"""``prx-router replay``: decides recorded callbacks, without sending anything."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import note, write_json
from prx_dingtalk_router.cli.progress import progress
from prx_dingtalk_router.cli.recorded import journal_lines, lines_of
from prx_dingtalk_router.cli.replay_against import Comparison, other_router
from prx_dingtalk_router.cli.replay_summary import Summary, said
from prx_dingtalk_router.cli.rules import load_router
from prx_dingtalk_router.cli.workspace import Workspace, find_workspace
from prx_dingtalk_router.errors import MessageError, UsageError
from prx_dingtalk_router.matching import AgentStep, Decision, Router, decision_json
from prx_dingtalk_router.message import read_message, recorded_callback


def replay(
    *,
    file: Path | None,
    journal: bool,
    since: str | None,
    json_wanted: bool,
    summary: bool,
    against: Path | None,
    max_changed: float | None,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """One decision a line, or what they come to; 1 when a line is no callback, or too many are decided differently.

    Raises:
        UsageError: it is not said what to decide, or options do not go together.
    """
    workspace = find_workspace(config, rules)
    if journal == (file is not None):
        raise UsageError("cli.replay.file-or-journal")
    if max_changed is not None and against is None:
        raise UsageError("cli.replay.max-without-against")
    router = load_router(workspace)
    comparison = (
        Comparison(
            other_router(workspace, against, router.baseline), lines_wanted=json_wanted and not summary
        )
        if against is not None
        else None
    )
    counted = Summary()
    errors: list[dict[str, Any]] = []
    take: Callable[[int, Decision], None]
    if comparison is not None:
        take = comparison.add
    elif summary:
        take = counted.add
    else:
        take = _write_json_line if json_wanted else _write_line
    decide = _decider(router, workspace)
    gc.freeze()  # the rules stay as long as the command: nothing is found by looking through them again and again
    lines_wanted = not summary and (comparison is None or json_wanted)
    quiet = not (lines_wanted and sys.stdout.isatty())
    with progress(text("cli.replay.deciding"), _size(file), wanted=quiet) as advance:
        for number, received_ms, line in _recorded(file, workspace, journal=journal, since=since):
            try:
                take(number, decide(line, received_ms))
            except MessageError as problem:
                errors.append({"line": number, "error": str(problem)})
                if json_wanted and not summary:
                    write_json(errors[-1])
                elif not json_wanted:
                    note(text("cli.replay.bad-line", line=number, problem=problem.text))
            advance(len(line) + 1)
    if comparison is not None:
        if not lines_wanted:
            comparison.write(errors, json_wanted=json_wanted, no_color=no_color)
        return int(bool(errors) or comparison.is_too_much(max_changed or 0.0))
    if summary:
        counted.write(errors, json_wanted=json_wanted, no_color=no_color)
    return int(bool(errors))


def _size(file: Path | None) -> int | None:
    """How many bytes a file has, where that can be told."""
    try:
        return file.stat().st_size if file is not None and file.is_file() else None
    except OSError:
        return None


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


def _decider(router: Router, workspace: Workspace) -> Callable[[bytes | str, int], Decision]:
    """What decides a line that was received then (Unix milliseconds)."""
    robot_name, client_id = workspace.robot_name, workspace.client_id

    def decide(line: bytes | str, received_ms: int) -> Decision:
        callback = recorded_callback(line)
        return router.decide(
            read_message(callback, received_ms=received_ms, robot_name=robot_name, client_id=client_id)
        )

    return decide


def _write_json_line(_: int, decision: Decision) -> None:
    write_json(decision_json(decision))


def _write_line(number: int, decision: Decision) -> None:
    done: str = decision.outcome
    if done == "agent":
        done += f" {', '.join([step.agent for step in decision.steps if isinstance(step, AgentStep)])}"
    elif decision.reason:
        done += f" {decision.reason}"
    taker = decision.by or "-"
    if decision.via:
        taker = " → ".join([*decision.via, taker])
    sys.stdout.write(f"{number}\t{taker}\t{done}\t{said(decision)}\n")
