"""``prx-router rollback``: serve an earlier set until the files change again; ``--list`` shows which there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.asking import RunningRouter
from prx_dingtalk_router.cli.console import results, write_json
from prx_dingtalk_router.cli.moments import moment
from prx_dingtalk_router.cli.reload import tell
from prx_dingtalk_router.decision.fingerprint import short


def rollback(
    *,
    number: int | None,
    list_wanted: bool,
    json_wanted: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Return 0 when the earlier set is in force, 1 when there is none or it is refused."""
    router = RunningRouter(config)
    if list_wanted:
        return _list(router.get("/history").document, json_wanted=json_wanted, no_color=no_color)
    document = {"number": number} if number is not None else None
    return tell(router.post("/rollback", document), json_wanted=json_wanted, no_color=no_color)


def _list(history: dict[str, Any], *, json_wanted: bool, no_color: bool) -> int:
    if json_wanted:
        write_json(history)
        return 0
    out = results(no_color=no_color)
    for each in history["sets"]:
        is_running = each["number"] == history["running"]
        who = f" {each['by']}" if each["by"] else ""
        again = f" = {each['again']}" if each["again"] else ""
        out.print(
            ("● " if is_running else "  ", "green"),
            (f"{each['number']:>4}{again}", "bold"),
            f"  {moment(each['at_ms'])}  {short(each['fingerprint'])}  ",
            text("cli.rollback.set", rules=each["rules"], files=each["files"]),
            "  ",
            text(f"cli.trigger.{each['trigger']}"),
            who,
        )
    return 0
