"""``prx-router dead list``: what could not be delivered, one a line, and how many there are of each reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import Results, note, perhaps_unread, results, write_json
from prx_dingtalk_router.cli.dead_letters import documents, selection
from prx_dingtalk_router.cli.moments import moment
from prx_dingtalk_router.cli.workspace import find_workspace_in_force

MOST_SHOWN = 50


def list(  # noqa: A001 - the command's name
    *,
    since: str | None,
    agent: str | None,
    reason: str | None,
    json_wanted: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """List dead letters, the latest last; also having none is an answer."""
    found = documents(find_workspace_in_force(config, rules), selection((), since, agent, reason), config)
    with perhaps_unread():
        if json_wanted:
            for each in found:
                write_json(each)
        elif found:
            _write(results(no_color=no_color), found)
    if not found and not json_wanted:
        note(text("cli.dead.none"))
    return 0


def _write(console: Results, found: Sequence[dict[str, Any]]) -> None:
    left_out = len(found) - MOST_SHOWN
    if left_out > 0:
        note(text("cli.dead.earlier", count=left_out))
    for each in found[-MOST_SHOWN:]:
        whom = f" → {', '.join(each['agents'])}" if each["agents"] else ""
        console.print(
            (_time(each["finished_at"] or each["stored_at"]), "dim"),
            "  ",
            (each["msg_id"], "bold"),
            f"  {each['sender']['name'] or each['sender']['id']}{whom}{text('cli.why.colon')}",
            (each["reason"] or "-", "red"),
        )
    console.print("")
    write_reasons(console, found)
    console.print((text("cli.dead.next"), "dim"))


def write_reasons(console: Results, found: Sequence[dict[str, Any]]) -> None:
    """Print how many dead letters there are of each reason, the most frequent first; with what can be done."""
    console.print(text("cli.dead.count", count=len(found)))
    names = Counter(each["reason_name"] for each in found)
    for name, count in names.most_common():
        example = next(each for each in reversed(found) if each["reason_name"] == name)
        console.print(f"{count:>6}  ", (name, "bold"), f"{text('cli.why.colon')}{example['reason']}")
        if example["remedy"] is not None:
            console.print("        ", (text("cli.why.remedy", remedy=example["remedy"]), "yellow"))


def _time(written: str) -> str:
    return moment(round(datetime.fromisoformat(written).timestamp() * 1000))
