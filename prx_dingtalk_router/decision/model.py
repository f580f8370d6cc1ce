"""What was decided about a message: plain frozen data, enough to act on later without the rules.

A decision is stored and carried out as it is, never decided again (interfaces.md section 5), so its steps are *bound*:
they hold the template's source, the captures and the rule they come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from prx_dingtalk_router.message import Message

Scope = Literal["step", "sender", "conversation"]
SessionScope = Literal["conversation", "sender", "message"]
ReplyFormat = Literal["text", "markdown"]
Outcome = Literal["agent", "reply", "drop"]

OTHERWISE = "otherwise"
DENIED = "denied"

NO_CAPTURES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Guard:
    """``at most``: how often a step is performed within a sliding window (language.md section 7).

    ``count`` times per ``per`` seconds; ``scope`` ``step`` counts for the step as a whole.
    """

    count: int
    per: float
    scope: Scope = "step"


@dataclass(frozen=True, slots=True)
class Mention:
    """Whom a reply calls out: the sender, or these staff IDs."""

    sender: bool = True
    staff_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundStep:
    """What every step has: where it stands, its guard, and what is tried when it cannot be done.

    ``position`` counts from 1 within the rule; an alternative is ``2.1``. ``rule`` and ``position`` key the guard.
    """

    rule: str
    position: str
    match: Mapping[str, str] = field(default_factory=dict)
    guard: Guard | None = None
    alternatives: tuple[BoundStep, ...] = ()

    @property
    def is_alternative(self) -> bool:
        """Whether this is an ``else`` step."""
        return "." in self.position


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyStep(BoundStep):
    """Sends the rendered template to the conversation."""

    template: str
    format: ReplyFormat = "text"
    mention: Mention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentStep(BoundStep):
    """Hands the message to an agent. ``template`` is what it is told instead of the text; ``timeout`` in seconds."""

    agent: str
    timeout: float
    session: SessionScope
    template: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetStep(BoundStep):
    """What the sender says next in this conversation starts a new conversation with every agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelStep(BoundStep):
    """Stops what runs or waits for this sender in this conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropStep(BoundStep):
    """Sends nothing; the reason is counted and logged."""

    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ShadowMatch:
    """A shadow rule that holds, and what it would have done."""

    rule: str
    steps: tuple[BoundStep, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one set of rules says about one message (interfaces.md section 2).

    ``steps`` begin with those of the rules in ``via``. ``reason`` is that of a drop, also of one that no step stands for
    (``no rule``, ``denied``, ``quota``, ``own``). ``zone`` and ``client_id`` are what rendering and sessions need.
    """

    message: Message
    rules: str
    by: str | None
    via: tuple[str, ...] = ()
    steps: tuple[BoundStep, ...] = ()
    reason: str | None = None
    match: Mapping[str, str] = field(default_factory=dict)
    shadow: tuple[ShadowMatch, ...] = ()
    zone: str = "UTC"
    client_id: str = ""

    @property
    def outcome(self) -> Outcome:
        """``agent``, ``reply`` or ``drop``: that of the last of these among the steps; ``drop`` when there is none."""
        for step in reversed(self.steps):
            match step:
                case AgentStep():
                    return "agent"
                case ReplyStep():
                    return "reply"
                case DropStep():
                    return "drop"
        return "drop"

    def agents(self) -> Iterator[str]:
        """The agents that the steps name, alternatives included."""
        for step in self.steps:
            for each in (step, *step.alternatives):
                if isinstance(each, AgentStep):
                    yield each.agent
