"""Checked rules: names resolved, values of the right kind, regexes read. The only bridge to ``matching``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from prx_dingtalk_router.calendar.hours import Hours
from prx_dingtalk_router.decision.model import Guard, Mention, SessionScope
from prx_dingtalk_router.language.semantics.percentage import Percent
from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.message import Field, SampleMessage
from prx_dingtalk_router.regex.engine import Regex

Operator = Literal[
    "is", "in", "contains", "contains all", "contains word", "starts with", "starts with word", "ends with"
]
Subject = Literal["senders", "conversations", "messages"]
Outcome = Literal["agent", "reply", "drop", "next", "forget", "cancel", "refused"]


# ---- conditions; `span` is where people wrote them: two that ask the same are equal wherever they are written


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for every message."""

    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class FlagIsSet:
    """A flag is set."""

    span: Span = field(compare=False)
    field: Field


@dataclass(frozen=True, slots=True)
class IsEmpty:
    """Nothing is left of a text after folding, or an id is absent."""

    span: Span = field(compare=False)
    field: Field


@dataclass(frozen=True, slots=True)
class Compare:
    """A field against literals; those for a text field are folded already."""

    span: Span = field(compare=False)
    field: Field
    operator: Operator
    literals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """One of the regexes is found in a field."""

    span: Span = field(compare=False)
    field: Field
    regexes: tuple[Regex, ...]


@dataclass(frozen=True, slots=True)
class During:
    """The message was written within hours."""

    span: Span = field(compare=False)
    hours: Hours


@dataclass(frozen=True, slots=True)
class OfPercent:
    """The sender, conversation or message is among this share."""

    span: Span = field(compare=False)
    percent: Percent
    subject: Subject


@dataclass(frozen=True, slots=True)
class Named:
    """A condition by its name; ``inner`` is what it stands for."""

    span: Span = field(compare=False)
    name: str
    inner: Condition


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    span: Span = field(compare=False)
    inner: Condition


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    span: Span = field(compare=False)
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One part holds."""

    span: Span = field(compare=False)
    parts: tuple[Condition, ...]


Condition = Always | FlagIsSet | IsEmpty | Compare | Matches | During | OfPercent | Named | Not | And | Or


# ---- steps


@dataclass(frozen=True, slots=True)
class Template:
    """A template's source, where it is used, and its name if it has one."""

    source: str
    span: Span
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """``agent``; ``None`` stands for the configured or default value. ``timeout`` in seconds."""

    span: Span
    agent: str
    template: Template | None
    timeout: float | None
    session: SessionScope | None


@dataclass(frozen=True, slots=True)
class Reply:
    """``reply``."""

    span: Span
    template: Template
    markdown: bool
    mention: Mention | None


@dataclass(frozen=True, slots=True)
class Forget:
    """``forget``."""

    span: Span


@dataclass(frozen=True, slots=True)
class Cancel:
    """``cancel``."""

    span: Span


@dataclass(frozen=True, slots=True)
class Next:
    """``next``."""

    span: Span


@dataclass(frozen=True, slots=True)
class Drop:
    """``drop``."""

    span: Span
    reason: str | None


Step = Agent | Reply | Forget | Cancel | Next | Drop


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """A step with its guard."""

    step: Step
    guard: Guard | None


Chain = tuple[ChainEntry, ...]
"""A ``then`` entry and its ``else`` entries."""


# ---- declarations


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; ``passes_on`` when its last step is ``next``."""

    span: Span
    name: str
    description: str | None
    shadow: bool
    condition: Condition
    chains: tuple[Chain, ...]

    @property
    def passes_on(self) -> bool:
        """Whether a message that it holds for goes on to the rules after it."""
        return isinstance(self.chains[-1][0].step, Next)

    @property
    def takes(self) -> bool:
        """Whether a message that it holds for ends with it: it is no shadow rule and does not pass on."""
        return not self.shadow and not self.passes_on


@dataclass(frozen=True, slots=True)
class Fallback:
    """``otherwise`` or ``denied``."""

    span: Span
    chains: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class Expect:
    """What a test case expects: the outcome and its value, and which rule it comes from."""

    span: Span
    outcome: Outcome
    value: str | None
    by: str | None
    by_default: bool
    shadows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A message and what is expected of it; ``timed`` when it says when the message was written."""

    span: Span
    given: SampleMessage
    timed: bool
    expects: tuple[Expect, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A ``test`` block."""

    __test__ = False

    span: Span
    title: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A whole set without errors. ``fingerprint`` is ``sha256:…`` of all its files."""

    entry: Source
    files: tuple[Source, ...]
    fingerprint: str
    rules: tuple[Rule, ...]
    otherwise: Fallback | None
    denied: Fallback | None
    tests: tuple[Test, ...]
    zone: str

    def agents(self) -> frozenset[str]:
        """The agents that its steps name."""
        fallbacks = (each.chains for each in (self.otherwise, self.denied) if each is not None)
        return frozenset(
            entry.step.agent
            for chains in (*(rule.chains for rule in self.rules), *fallbacks)
            for chain in chains
            for entry in chain
            if isinstance(entry.step, Agent)
        )
