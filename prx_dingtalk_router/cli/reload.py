"""``prx-router reload``: put in force what the files hold, now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.asking import Reply, RunningRouter
from prx_dingtalk_router.cli.console import Results, results, write_json
from prx_dingtalk_router.decision.fingerprint import short

MOST_SHOWN = 20


def reload(*, json_wanted: bool, config: Path | None, rules: Path | None, no_color: bool) -> int:
    """Return 0 when the files are in force, 1 when they are refused, with what is wrong."""
    return tell(RunningRouter(config).post("/reload"), json_wanted=json_wanted, no_color=no_color)


def tell(reply: Reply, *, json_wanted: bool, no_color: bool) -> int:
    """Tell what came of a reload or a rollback; the exit code."""
    if json_wanted:
        write_json(reply.document)
        return int(not reply.is_done)
    out, document = results(no_color=no_color), reply.document
    match document.get("result"):
        case "applied":
            out.print(
                (text("cli.reload.applied", number=document["number"], rules=document["rules"]), "green"),
                f" ({short(document['fingerprint'])})",
            )
            if document.get("waiting"):
                out.print((text("cli.reload.waiting", keys=document["waiting"]), "yellow"))
        case "unchanged":
            out.print(text("cli.reload.unchanged"), f" ({short(document['fingerprint'])})")
        case "refused":
            show_findings(out, document)
            out.print((text("cli.reload.refused", errors=document["summary"]["errors"]), "red"))
        case _:
            out.print((str(document.get("error", "")), "red"))
    return int(not reply.is_done)


def show_findings(out: Results, document: dict[str, Any], most: int = MOST_SHOWN, indent: str = "") -> None:
    """Print what is wrong, one a line."""
    found = document["diagnostics"]
    for each in found[:most]:
        begin = each["range"]["start"] if each["range"] else None
        place = f"{each['file']}:{begin['line']}:{begin['column']}: " if begin and each["file"] else ""
        out.print(
            indent, (place, "cyan"), (f"{each['code']} " if each["code"] else "", "bold"), each["message"]
        )
    more = document["summary"]["errors"] - min(len(found), most)
    if more > 0:
        out.print(indent, text("cli.reload.more", count=more))
