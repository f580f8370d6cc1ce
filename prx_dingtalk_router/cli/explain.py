"""``prx-router explain``: which rule takes a message, and why every earlier one did not."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.console import Results, reason, results, write_json
from prx_dingtalk_router.cli.rules import load_router
from prx_dingtalk_router.cli.workspace import Workspace, find_workspace
from prx_dingtalk_router.errors import MessageError, UsageError
from prx_dingtalk_router.matching import Decision, decision_json
from prx_dingtalk_router.matching import explain as explain_decision
from prx_dingtalk_router.message import Message, SampleMessage, read_message, recorded_callback
from prx_dingtalk_router.message.sample_message import DEFAULT_SENDER, default_type, parse_time


def explain(
    *,
    said: str | None,
    message: Path | None,
    sender: str | None,
    external: bool,
    named: str | None,
    group: bool,
    title: str | None,
    type: str | None,  # noqa: A002
    at: str | None,
    pictured: bool,
    mentioned: bool,
    admin: bool,
    json_wanted: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Explain the decision on one message."""
    workspace = find_workspace(config, rules)
    router = load_router(workspace)
    if message is not None and said is not None:
        raise UsageError("cli.explain.both")
    if message is not None:
        asked_about = _from_file(message, workspace)
    elif said is not None:
        in_group = group or bool(title)
        asked_about = SampleMessage(
            text=said,
            at=_time(at, router.rules.zone),
            sender=sender or DEFAULT_SENDER,
            external=external,
            nick=named or "",
            group=in_group,
            title=title or "",
            type=type or default_type(said, pictured=pictured),
            pictured=pictured,
            mentioned=mentioned or in_group,
            admin=admin,
        ).message(robot_name=workspace.robot_name, client_id=workspace.client_id)
    else:
        raise UsageError("cli.explain.nothing")
    decision, trace = explain_decision(router, asked_about)
    shown = decision_json(decision)
    if json_wanted:
        write_json({**shown, "trace": trace})
    else:
        _write(results(no_color=no_color), decision, shown, trace)
    return 0


def _from_file(path: Path, workspace: Workspace) -> Message:
    try:
        callback = recorded_callback(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise UsageError("cli.unreadable", path=str(path), why=reason(problem)) from problem
    except UnicodeDecodeError as problem:
        raise MessageError("cli.explain.not-json", path=str(path)) from problem
    except MessageError as problem:
        if problem.text.key == "message.not-json":  # whose column would be one of a line that nobody named
            raise MessageError("cli.explain.not-json", path=str(path)) from problem
        raise
    return read_message(
        callback,
        received_ms=time.time_ns() // 1_000_000,
        robot_name=workspace.robot_name,
        client_id=workspace.client_id,
    )


def _time(written: str | None, zone: str) -> datetime:
    if written is None:
        return datetime.now(ZoneInfo(zone))
    moment = parse_time(written.replace("T", " ", 1), zone)
    if moment is None:
        raise UsageError("cli.explain.time", found=written)
    return moment


def _write(console: Results, decision: Decision, shown: dict[str, Any], trace: list[dict[str, Any]]) -> None:
    write_trace(console, trace)
    if decision.via:
        console.print((text("cli.explain.via", rules=decision.via), "bold"))
    if decision.by is None or decision.by in ("otherwise", "denied"):
        key = {"otherwise": "otherwise", "denied": "denied"}.get(decision.by or "", "nobody")
        if key == "denied" and not decision.message.sender_key:
            key = "denied-without-id"
        console.print((text(f"cli.explain.by-{key}", reason=decision.reason or ""), "bold"))
    else:
        console.print((text("cli.explain.by-rule", rule=decision.by), "bold green"))
    for number, step in enumerate(shown["steps"], start=1):
        _write_step(console, f"  {number}. ", step)
    for name, value in decision.match.items():
        console.print(f"  match.{name} = {value}")


def write_trace(console: Results, trace: list[dict[str, Any]]) -> None:
    """Print each rule that was asked, with its conditions."""
    for rule in trace:
        _write_rule(console, rule)


def _write_rule(console: Results, rule: dict[str, Any]) -> None:
    mark, color = ("✓", "green") if rule["held"] else ("✗", "red")
    shadow = f" {text('cli.explain.shadow')}" if rule["shadow"] else ""
    place = f"{rule['file']}:{rule['line']}"
    console.print((mark, color), (f" {rule['rule']}", "bold"), f"{shadow}  ", (place, "cyan"))
    for condition in rule["conditions"]:
        value, value_color = ("✓", "green") if condition["value"] else ("✗", "red")
        seen = "" if condition["seen"] is None else f"  ← {condition['seen'] or text('cli.explain.empty')}"
        console.print("    ", (value, value_color), f" {condition['text']}", (seen, "dim"))


def _write_step(console: Results, lead: str, step: dict[str, Any]) -> None:
    content = step.get("content") or step.get("message") or step.get("reason") or ""
    name = f"{step['step']} {step['agent']}" if step["step"] == "agent" else step["step"]
    problem: Text | str = f"  ({step['failed']})" if step.get("failed") else ""
    console.print(lead, (name, "bold"), f"  {content}{problem}")
    for alternative in step.get("else", []):
        _write_step(console, "     else ", alternative)
