"""Steps, guards and chains: trees to nodes (language.md section 7)."""

from __future__ import annotations

from typing import Literal, cast

from prx_dingtalk_router.language.syntax.ast import (
    AgentNode,
    Chain,
    DropNode,
    Entry,
    GuardNode,
    MentionNode,
    Option,
    PlainStepNode,
    ReplyNode,
    StepNode,
)
from prx_dingtalk_router.language.syntax.build.reader import (
    Reader,
    branches,
    first,
    only_token,
    optional_token,
)
from prx_dingtalk_router.language.syntax.lexer import Token
from prx_dingtalk_router.language.syntax.tree import Branch

STEPS = frozenset({"agent", "reply", "forget", "cancel", "next", "drop"})
BUSY_TYPES = ("QUEUE", "REPLACE", "MERGE")
SCOPES = ("SENDER", "CONVERSATION", "MESSAGE")
PROGRESS_TYPES = ("REACTION", "NONE")


def chains(reader: Reader, branch: Branch) -> tuple[Chain, ...]:
    """Return all chains of a rule, ``otherwise`` or ``denied``; the latter two begin with a bare step."""
    found: list[Chain] = []
    bare = _entries(reader, branch)
    if bare:
        found.append(Chain(bare[0].span.through(bare[-1].span), tuple(bare)))
    found.extend(
        Chain(reader.span(child), tuple(_entries(reader, child))) for child in branches(branch, "chain")
    )
    return tuple(found)


def _entries(reader: Reader, branch: Branch) -> list[Entry]:
    """Return the step of a branch, then those of its ``else`` branches."""
    entries: list[Entry] = []
    step: Branch | None = None
    guard: Branch | None = None
    for child in branches(branch):
        if child.kind in STEPS:
            step = child
        elif child.kind == "guard":
            guard = child
    if step is not None:
        span = reader.span(step)
        entries.append(
            Entry(
                span.through(reader.span(guard)) if guard is not None else span,
                _step(reader, step),
                _guard(reader, guard) if guard is not None else None,
            )
        )
    for child in branches(branch, "else_chain"):
        entries.extend(_entries(reader, child))
    return entries


def _step(reader: Reader, branch: Branch) -> StepNode:
    span = reader.span(branch)
    match branch.kind:
        case "agent":
            return AgentNode(
                span,
                reader.name(only_token(branch, "NAME", "STRING")),
                tuple(_option(reader, option) for option in branches(branch)),
            )
        case "reply":
            return _reply(reader, branch)
        case "drop":
            reason = optional_token(branch, "STRING")
            return DropNode(span, reader.string(reason) if reason is not None else None)
        case kind:
            return PlainStepNode(span, cast("Literal['forget', 'cancel', 'next']", kind))


def _reply(reader: Reader, branch: Branch) -> ReplyNode:
    text, mention = first(branch, "text"), first(branch, "mention")
    assert text is not None
    return ReplyNode(
        reader.span(branch),
        reader.text_value(text),
        first(branch, "markdown") is not None,
        _mention(reader, mention) if mention is not None else None,
    )


def _mention(reader: Reader, branch: Branch) -> MentionNode:
    value = first(branch, "value")
    return MentionNode(reader.span(branch), reader.value(value) if value is not None else None)


def _option(reader: Reader, branch: Branch) -> Option:
    span = reader.span(branch)
    text = first(branch, "text")
    if text is not None:
        return Option(span, "with", reader.text_value(text))
    if branch.kind == "while_busy":
        reply = first(branch, "reply")
        done = only_token(branch, *BUSY_TYPES).value if reply is None else _reply(reader, reply)
        return Option(span, "while busy", done)
    kind = cast("Literal['timeout', 'session', 'progress']", branch.kind)
    return Option(span, kind, only_token(branch, "DURATION", *SCOPES, *PROGRESS_TYPES).value)


def _guard(reader: Reader, branch: Branch) -> GuardNode:
    count, per = only_token(branch, "INT"), only_token(branch, "DURATION")
    scope = optional_token(branch, *SCOPES)
    return GuardNode(reader.span(branch), count.value, per.value, _scope(scope))


def _scope(token: Token | None) -> Literal["step", "sender", "conversation"]:
    return "step" if token is None else cast("Literal['sender', 'conversation']", token.value)
