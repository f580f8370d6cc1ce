"""``prx-router doctor``: what is wrong with an installation, and what to do."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import Results, perhaps_unread, results, write_json
from prx_dingtalk_router.cli.signals import termination_ends_at_once
from prx_dingtalk_router.cli.workspace import Workspace, settings_to_run
from prx_dingtalk_router.diagnosis.checkup import Finding, Installation, Status, examine

_MARKS: dict[Status, tuple[str, str]] = {
    "ok": ("✓", "green"),
    "warning": ("!", "yellow"),
    "failed": ("✗", "red"),
    "skipped": ("-", "dim"),
}


def doctor(
    *,
    json_wanted: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Carry out all checks; 1 when one failed."""
    settings = settings_to_run(config)
    workspace = Workspace(settings, rules or settings.rules.path)
    installation = Installation(settings, workspace.rules, workspace.context())
    console = results(no_color=no_color)
    with termination_ends_at_once(), perhaps_unread():
        findings = asyncio.run(
            _examine(installation, (lambda _: None) if json_wanted else lambda each: _write(console, each))
        )
        counts = Counter(each.status for each in findings)
        summary = {status: counts[status] for status in get_args(Status)}
        if json_wanted:
            write_json({"checks": [_document(each) for each in findings], "summary": summary})
        else:
            console.print("")
            console.print((text("cli.doctor.summary", **summary), "bold red" if counts["failed"] else "bold"))
    return int(counts["failed"] > 0)


async def _examine(installation: Installation, tell: Callable[[Finding], None]) -> list[Finding]:
    findings = []
    async with installation:
        async for finding in examine(installation):
            findings.append(finding)
            tell(finding)
    return findings


def _write(console: Results, finding: Finding) -> None:
    mark, color = _MARKS[finding.status]
    name = text(f"cli.doctor.name.{finding.check}")
    subject = f" {finding.subject}" if finding.subject else ""
    console.print((mark, color), " ", (f"{name}{subject}", "bold"), f"  {finding.summary}")
    if finding.remedy is not None and finding.status != "ok":
        console.print("    ", (text("cli.doctor.remedy", remedy=finding.remedy), "yellow"))


def _document(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "subject": finding.subject or None,
        "status": finding.status,
        "summary": str(finding.summary),
        "remedy": str(finding.remedy) if finding.remedy is not None else None,
    }
