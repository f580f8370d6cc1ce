"""Steps, guards and chains: trees to nodes (language.md section 7)."""

from __future__ import annotations

from typing import Literal, cast

from lark import Token

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
from prx_dingtalk_router.language.syntax.build.tree import Branch, Reader, branches, first, only_token, tokens

STEPS = frozenset({"agent", "reply", "forget", "cancel", "next", "drop"})


def chains(reader: Reader, branch: Branch) -> tuple[Chain, ...]:
    """All chains of a rule, ``otherwise`` or ``denied``; the latter two begin with a bare step."""
    found: list[Chain] = []
    bare = _entries(reader, branch)
    if bare:
        span = bare[0].span
        for entry in bare:
            span = span.through(entry.span)
        found.append(Chain(span, tuple(bare)))
    found.extend(
        Chain(reader.span(child), tuple(_entries(reader, child))) for child in branches(branch, "chain")
    )
    return tuple(found)


def _entries(reader: Reader, branch: Branch) -> list[Entry]:
    """The step that stands in a branch, then those of its ``else`` branches."""
    entries: list[Entry] = []
    step: Branch | None = None
    guard: Branch | None = None
    for child in branches(branch):
        if child.data in STEPS:
            step = child
        elif child.data == "guard":
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
    match branch.data:
        case "agent":
            return AgentNode(
                span,
                reader.name(only_token(branch)),
                tuple(_option(reader, option) for option in branches(branch)),
            )
        case "reply":
            text, mention = first(branch, "text"), first(branch, "mention")
            assert text is not None
            value = first(mention, "value") if mention is not None else None
            return ReplyNode(
                span,
                reader.text_value(text),
                first(branch, "markdown") is not None,
                MentionNode(reader.span(mention), reader.value(value) if value is not None else None)
                if mention is not None
                else None,
            )
        case "drop":
            reasons = tokens(branch, "STRING")
            return DropNode(span, reader.string(reasons[0]) if reasons else None)
        case kind:
            return PlainStepNode(span, cast("Literal['forget', 'cancel', 'next']", str(kind)))


def _option(reader: Reader, branch: Branch) -> Option:
    span = reader.span(branch)
    text = first(branch, "text")
    if text is not None:
        return Option(span, "with", reader.text_value(text))
    return Option(span, cast("Literal['timeout', 'session']", str(branch.data)), str(only_token(branch)))


def _guard(reader: Reader, branch: Branch) -> GuardNode:
    count, per, *scope = tokens(branch)
    return GuardNode(reader.span(branch), str(count), str(per), _scope(scope[0] if scope else None))


def _scope(token: Token | None) -> Literal["step", "sender", "conversation"]:
    return "step" if token is None else cast("Literal['sender', 'conversation']", str(token))
