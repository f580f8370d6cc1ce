"""What was decided about a message: plain frozen data, enough to act on later without the rules.

A decision is stored and carried out as it is, never decided again (interfaces.md section 5), so its steps are *bound*:
they hold the template's source, the captures and the rule they come from. Each kind of step has a tag by which it is known
in stored form (``codec``); a tag is never given to another kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct, field

from prx_dingtalk_router.message import Message

Scope = Literal["step", "sender", "conversation"]
SessionScope = Literal["conversation", "sender", "message"]
BusyMode = Literal["queue", "replace", "merge", "reply"]
Progress = Literal["reaction", "none"]
ReplyFormat = Literal["text", "markdown"]
Outcome = Literal["agent", "reply", "drop"]

OTHERWISE = "otherwise"
DENIED = "denied"

NO_CAPTURES: Mapping[str, str] = {}
"""No view of it: a plain dictionary that is empty is left out where it is stored, at no cost."""


class Guard(Struct, frozen=True):
    """``at most``: how often a step is performed within a sliding window (language.md section 7).

    ``count`` times per ``per`` seconds; ``scope`` ``step`` counts for the step as a whole.
    """

    count: int
    per: float
    scope: Scope = "step"


class Mention(Struct, frozen=True):
    """Whom a reply calls out: the sender, or these staff IDs."""

    sender: bool = True
    staff_ids: tuple[str, ...] = ()


class BoundStep(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every step has: where it stands, its guard, and what is tried when it cannot be done.

    ``position`` counts from 1 within the rule; an alternative is ``2.1``. ``rule`` and ``position`` key the guard.
    """

    rule: str
    position: str
    match: Mapping[str, str] = field(default_factory=dict)
    guard: Guard | None = None
    alternatives: tuple[Step, ...] = ()

    @property
    def is_alternative(self) -> bool:
        """Whether this is an ``else`` step."""
        return "." in self.position


class ReplyStep(BoundStep, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="reply"):
    """Sends the rendered template to the conversation."""

    template: str
    format: ReplyFormat = "text"
    mention: Mention | None = None


class AgentStep(BoundStep, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="agent"):
    """Hands the message to an agent.

    ``template`` is what it is told instead of the text; ``timeout`` in seconds. ``while_busy`` is what becomes of the message
    where its session is busy; ``busy_reply`` is then said in its place, if that is ``reply``. ``progress`` is what its sender
    sees while it waits for the agent and while the agent works.
    """

    agent: str
    timeout: float
    session: SessionScope
    template: str | None = None
    while_busy: BusyMode = "queue"
    busy_reply: ReplyStep | None = None
    progress: Progress = "none"


class ForgetStep(BoundStep, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="forget"):
    """What the sender says next in this conversation starts a new conversation with every agent."""


class CancelStep(BoundStep, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="cancel"):
    """Stops what runs or waits for this sender in this conversation."""


class DropStep(BoundStep, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="drop"):
    """Sends nothing; the reason is counted and logged."""

    reason: str | None = None


Step: TypeAlias = ReplyStep | AgentStep | ForgetStep | CancelStep | DropStep
"""Every kind of step that there is."""


_OUTCOMES: Mapping[type, Outcome] = {AgentStep: "agent", ReplyStep: "reply", DropStep: "drop"}


class ShadowMatch(Struct, frozen=True):
    """A shadow rule that holds, and what it would have done."""

    rule: str
    steps: tuple[Step, ...]


class Decision(Struct, frozen=True, omit_defaults=True):
    """What one set of rules says about one message (interfaces.md section 2).

    ``steps`` begin with those of the rules in ``via``. ``reason`` is that of a drop, also of one that no step stands for
    (``no rule``, ``denied``, ``quota``, ``own``). ``zone`` and ``client_id`` are what rendering and sessions need.
    """

    message: Message
    rules: str
    by: str | None
    via: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    reason: str | None = None
    match: Mapping[str, str] = field(default_factory=dict)
    shadow: tuple[ShadowMatch, ...] = ()
    zone: str = "UTC"
    client_id: str = ""

    @property
    def outcome(self) -> Outcome:
        """``agent``, ``reply`` or ``drop``: that of the last of these among the steps; ``drop`` when there is none."""
        for step in reversed(self.steps):
            outcome = _OUTCOMES.get(type(step))
            if outcome is not None:
                return outcome
        return "drop"

    def agents(self) -> Iterator[str]:
        """The agents that the steps name, alternatives included."""
        for step in self.steps:
            for each in (step, *step.alternatives):
                if isinstance(each, AgentStep):
                    yield each.agent
