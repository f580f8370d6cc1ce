"""What the steps of a decision do, in words: rendered, with their options, and what is tried when one cannot be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prx_dingtalk_router.calendar.durations import format_duration
from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import AgentStep, Decision, Guard, ReplyStep, Step
from prx_dingtalk_router.matching.decision_json import step_json
from prx_dingtalk_router.matching.explanation.clauses import quoted


@dataclass(frozen=True, slots=True)
class Deed:
    """A step in words.

    Args:
        step: as bound.
        does: what it does.
        content: what it says, or tells its agent; the reason of a drop.
        options: what else is to be said of it.
        problem: why it cannot be done.
        alternatives: what is tried then, in order.
    """

    step: Step
    does: Text
    content: str = ""
    options: tuple[Text, ...] = ()
    problem: Text | None = None
    alternatives: tuple[Deed, ...] = ()


def deeds(decision: Decision) -> tuple[Deed, ...]:
    """Return what a decision does."""
    return tuple(_deed(step, step_json(step, decision)) for step in decision.steps)


def span(seconds: float) -> Text:
    """Return a duration in words."""
    written = format_duration(seconds)
    unit = written.lstrip("0123456789")
    return text(f"matching.span.{unit}", count=written.removesuffix(unit))


def _deed(step: Step, shown: Mapping[str, Any]) -> Deed:
    failed = shown.get("failed")
    return Deed(
        step,
        _does(step),
        shown.get("content") or shown.get("message") or shown.get("reason") or "",
        tuple(_options(step, shown)),
        text("matching.does.failed", problem=failed) if failed else None,
        tuple(_deed(*pair) for pair in zip(step.alternatives, shown.get("else", ()), strict=True)),
    )


def _does(step: Step) -> Text:
    match step:
        case ReplyStep(format="markdown"):
            return text("matching.does.reply-markdown")
        case AgentStep(agent=agent):
            return text("matching.does.agent", agent=agent)
        case _:
            return text(f"matching.does.{kind_of(step)}")


def kind_of(step: Step) -> str:
    """Return the word for a kind of step in rules."""
    return str(type(step).__struct_config__.tag)


def _options(step: Step, shown: Mapping[str, Any]) -> Iterator[Text]:
    match step:
        case ReplyStep():
            mention = shown["mention"]
            if mention:
                whom = text("matching.field.sender") if mention is True else tuple(mention)
                yield text("matching.option.mention", whom=whom)
        case AgentStep():
            yield text("matching.option.timeout", span=span(step.timeout))
            yield text(f"matching.option.session.{step.session}")
            if step.while_busy == "reply":
                content = shown["while_busy"]["content"]
                yield text("matching.option.busy.reply", content=quoted(content))
            elif step.while_busy != "queue":
                yield text(f"matching.option.busy.{step.while_busy}")
            if step.progress == "reaction":
                yield text("matching.option.progress")
        case _:
            pass
    if step.guard is not None:
        yield _guard(step.guard)


def _guard(guard: Guard) -> Text:
    return text(f"matching.option.at-most.{guard.scope}", count=guard.count, span=span(guard.per))
