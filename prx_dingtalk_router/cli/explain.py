"""``prx-router explain``: which rule takes a message, and why every earlier one did not."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.text import Text as Styled

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.console import reason, results, write_json
from prx_dingtalk_router.cli.options import ConfigOption, LanguageOption, NoColorOption, RulesOption
from prx_dingtalk_router.cli.rules import load_router
from prx_dingtalk_router.cli.workspace import Workspace, find_workspace
from prx_dingtalk_router.errors import MessageError, UsageError
from prx_dingtalk_router.matching import Decision, decision_json
from prx_dingtalk_router.matching import explain as explain_decision
from prx_dingtalk_router.message import Message, SampleMessage, read_message, recorded_callback
from prx_dingtalk_router.message.sample_message import DEFAULT_SENDER, default_type, parse_time


def explain(
    said: Annotated[str | None, typer.Argument(metavar="TEXT", help=str(text("cli.explain.text")))] = None,
    message: Annotated[
        Path | None,
        typer.Option("--message", metavar="FILE", help=str(text("cli.explain.message")), readable=False),
    ] = None,
    sender: Annotated[
        str | None, typer.Option("--from", metavar="ID", help=str(text("cli.explain.from")))
    ] = None,
    external: Annotated[bool, typer.Option("--external", help=str(text("cli.explain.external")))] = False,
    named: Annotated[str, typer.Option("--named", metavar="NICK", help=str(text("cli.explain.named")))] = "",
    group: Annotated[bool, typer.Option("--group/--private", help=str(text("cli.explain.group")))] = False,
    title: Annotated[str, typer.Option("--title", metavar="T", help=str(text("cli.explain.title")))] = "",
    type: Annotated[  # noqa: A002
        str | None, typer.Option("--type", metavar="T", help=str(text("cli.explain.type")))
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help=str(text("cli.explain.at")))] = None,
    pictured: Annotated[bool, typer.Option("--pictured", help=str(text("cli.explain.pictured")))] = False,
    mentioned: Annotated[bool, typer.Option("--mentioned", help=str(text("cli.explain.mentioned")))] = False,
    admin: Annotated[bool, typer.Option("--admin", help=str(text("cli.explain.admin")))] = False,
    json_wanted: Annotated[bool, typer.Option("--json", help=str(text("cli.explain.json")))] = False,
    config: ConfigOption = None,
    rules: RulesOption = None,
    lang: LanguageOption = None,
    no_color: NoColorOption = False,
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
            nick=named,
            group=in_group,
            title=title,
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


def _write(console: Console, decision: Decision, shown: dict[str, Any], trace: list[dict[str, Any]]) -> None:
    for rule in trace:
        _write_rule(console, rule)
    if decision.via:
        console.print(Styled(str(text("cli.explain.via", rules=decision.via)), style="bold"))
    if decision.by is None or decision.by in ("otherwise", "denied"):
        key = {"otherwise": "otherwise", "denied": "denied"}.get(decision.by or "", "nobody")
        if key == "denied" and not decision.message.sender_key:
            key = "denied-without-id"
        console.print(Styled(str(text(f"cli.explain.by-{key}", reason=decision.reason or "")), style="bold"))
    else:
        console.print(Styled(str(text("cli.explain.by-rule", rule=decision.by)), style="bold green"))
    for number, step in enumerate(shown["steps"], start=1):
        _write_step(console, f"  {number}. ", step)
    for name, value in decision.match.items():
        console.print(f"  match.{name} = {value}")


def _write_rule(console: Console, rule: dict[str, Any]) -> None:
    mark, color = ("✓", "green") if rule["held"] else ("✗", "red")
    shadow = f" {text('cli.explain.shadow')}" if rule["shadow"] else ""
    console.print(
        Styled.assemble(
            (mark, color),
            (f" {rule['rule']}", "bold"),
            f"{shadow}  ",
            (f"{rule['file']}:{rule['line']}", "cyan"),
        )
    )
    for condition in rule["conditions"]:
        value, value_color = ("✓", "green") if condition["value"] else ("✗", "red")
        seen = "" if condition["seen"] is None else f"  ← {condition['seen'] or text('cli.explain.empty')}"
        console.print(Styled.assemble("    ", (value, value_color), f" {condition['text']}", (seen, "dim")))


def _write_step(console: Console, lead: str, step: dict[str, Any]) -> None:
    content = step.get("content") or step.get("message") or step.get("reason") or ""
    name = f"{step['step']} {step['agent']}" if step["step"] == "agent" else step["step"]
    problem: Text | str = f"  ({step['failed']})" if step.get("failed") else ""
    console.print(Styled.assemble(lead, (name, "bold"), f"  {content}{problem}"))
    for alternative in step.get("else", []):
        _write_step(console, "     else ", alternative)
