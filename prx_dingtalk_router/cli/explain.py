"""``prx-router explain``: which rule takes a message and why, what nearly did, and what to change for another to take it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import perhaps_unread, reason, results, write_json
from prx_dingtalk_router.cli.explanation_text import write_explanation
from prx_dingtalk_router.cli.rules import load_router
from prx_dingtalk_router.cli.workspace import Workspace, find_workspace
from prx_dingtalk_router.decision.model import DENIED, OTHERWISE
from prx_dingtalk_router.errors import MessageError, UsageError
from prx_dingtalk_router.language import RuleSet
from prx_dingtalk_router.language.ruleset import Compare
from prx_dingtalk_router.language.semantics.walk import walk
from prx_dingtalk_router.matching import explain as explain_decision
from prx_dingtalk_router.matching import explanation_json, why_not
from prx_dingtalk_router.message import Message, SampleMessage, read_message, recorded_callback
from prx_dingtalk_router.message.sample_message import DEFAULT_SENDER, default_type, parse_time
from prx_dingtalk_router.message.types import MESSAGE_TYPES
from prx_dingtalk_router.text.did_you_mean import nearest

FILE = "file"


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
    mentioned: bool | None,
    admin: bool,
    file: str | None,
    quoting: str | None,
    conversation: str | None,
    asked_rule: str | None,
    all_wanted: bool,
    json_wanted: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Explain the decision on one message."""
    described = (sender, named, title, type, at, mentioned, file, quoting, conversation)
    flags = external or group or pictured or admin
    if message is not None and (said is not None or flags or any(each is not None for each in described)):
        raise UsageError("cli.explain.both")
    if message is None and said is None and file is None and not pictured:
        raise UsageError("cli.explain.nothing")
    workspace = find_workspace(config, rules)
    router = load_router(workspace)
    if type is not None:
        _check_type(type, router.rules)
    if asked_rule is not None:
        _check_rule(asked_rule, router.rules)
    if message is not None:
        asked_about = _from_file(message, workspace)
    else:
        in_group = group or bool(title)
        words = said or ""
        asked_about = SampleMessage(
            text=words,
            at=_time(at, router.rules.zone),
            sender=sender or DEFAULT_SENDER,
            external=external,
            nick=named or "",
            group=in_group,
            title=title or "",
            type=type or (FILE if file is not None else default_type(words, pictured=pictured)),
            pictured=pictured,
            mentioned=in_group if mentioned is None else mentioned,
            admin=admin,
            quoted=quoting or "",
            conversation=conversation or "",
            file=file or "",
        ).message(robot_name=workspace.robot_name, client_id=workspace.client_id)
    explanation = explain_decision(router, asked_about)
    why = why_not(explanation, asked_rule) if asked_rule is not None else None
    with perhaps_unread():
        if json_wanted:
            write_json(explanation_json(explanation, why))
        else:
            write_explanation(results(no_color=no_color), explanation, why, all_wanted=all_wanted)
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


def _check_type(given: str, rules: RuleSet) -> None:
    """Refuse a type that no message is known to have and no rule names.

    Raises:
        UsageError: it is such a type.
    """
    if given in MESSAGE_TYPES or given in _types_named(rules):
        return
    meant = nearest(given, MESSAGE_TYPES)
    known = ", ".join(MESSAGE_TYPES)
    if meant is not None:
        raise UsageError("cli.explain.type-meant", found=given, meant=meant, known=known)
    raise UsageError("cli.explain.unknown-type", found=given, known=known)


def _types_named(rules: RuleSet) -> Iterable[str]:
    """The types that rules ask for: DingTalk may have more of them than this program knows."""
    return (
        literal
        for rule in rules.rules
        for test in walk(rule.condition)
        if isinstance(test, Compare) and test.field.name == "type"
        for literal in test.literals
    )


def _check_rule(name: str, rules: RuleSet) -> None:
    """Refuse the name of a rule that there is not.

    Raises:
        UsageError: there is none of that name.
    """
    names = [rule.name for rule in rules.rules]
    if name in names or name in (OTHERWISE, DENIED):
        return
    meant = nearest(name, names)
    raise UsageError(
        "cli.explain.no-such-rule",
        found=name,
        meant=text("cli.explain.meant", meant=meant) if meant is not None else "",
    )
