"""Checked rules: names resolved, values of the right kind, regexes read. The only bridge to ``matching``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from msgspec import Struct, field
from msgspec.structs import astuple

from prx_dingtalk_router.calendar.hours import Hours
from prx_dingtalk_router.decision.model import BusyMode, Guard, Mention, Progress, SessionScope
from prx_dingtalk_router.language.percentage import Percent
from prx_dingtalk_router.language.source import Home, Place, SourceMap, Span
from prx_dingtalk_router.message import Field, SampleMessage
from prx_dingtalk_router.regex.engine import Regex

Operator = Literal[
    "is", "in", "contains", "contains all", "contains word", "starts with", "starts with word", "ends with"
]
Subject = Literal["senders", "conversations", "messages"]
Outcome = Literal["agent", "reply", "drop", "next", "forget", "cancel", "refused"]


# ---- conditions; `span` is where people wrote them: two that ask the same are equal wherever they are written


class Written(Struct, frozen=True, eq=False):
    """What is written somewhere; two that say the same are equal wherever they are written."""

    span: Span

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash((type(self), self._said()))

    def _said(self) -> tuple[object, ...]:
        return astuple(self)[1:]


class Always(Written, frozen=True, eq=False):
    """Holds for every message."""


class FlagIsSet(Written, frozen=True, eq=False):
    """A flag is set."""

    field: Field


class IsEmpty(Written, frozen=True, eq=False):
    """Nothing is left of a text after folding, or an id is absent."""

    field: Field


class Compare(Written, frozen=True, eq=False):
    """A field against literals; those for a text field are folded already."""

    field: Field
    operator: Operator
    literals: tuple[str, ...]


class Matches(Written, frozen=True, eq=False):
    """One of the regexes is found in a field."""

    field: Field
    regexes: tuple[Regex, ...]


class During(Written, frozen=True, eq=False):
    """The message was written within hours."""

    hours: Hours


class OfPercent(Written, frozen=True, eq=False):
    """The sender, conversation or message is among this share."""

    percent: Percent
    subject: Subject


class Named(Written, frozen=True, eq=False):
    """A condition by its name; ``inner`` is what it stands for."""

    name: str
    inner: Condition


class Not(Written, frozen=True, eq=False):
    """Negation."""

    inner: Condition


class And(Written, frozen=True, eq=False):
    """All parts hold."""

    parts: tuple[Condition, ...]


class Or(Written, frozen=True, eq=False):
    """One part holds."""

    parts: tuple[Condition, ...]


Condition = Always | FlagIsSet | IsEmpty | Compare | Matches | During | OfPercent | Named | Not | And | Or


# ---- steps


class Template(Struct, frozen=True):
    """A template's source, where it is used, and its name if it has one."""

    source: str
    span: Span
    name: str | None = None


class Agent(Struct, frozen=True):
    """``agent``; ``None`` means the configured or default value. ``timeout`` in seconds.

    ``busy_reply`` is what is said ``while busy``, where ``while_busy`` is ``reply``.
    """

    span: Span
    agent: str
    template: Template | None
    timeout: float | None
    session: SessionScope | None
    while_busy: BusyMode = "queue"
    busy_reply: Reply | None = None
    progress: Progress | None = None


class Reply(Struct, frozen=True):
    """``reply``."""

    span: Span
    template: Template
    markdown: bool
    mention: Mention | None


class Forget(Struct, frozen=True):
    """``forget``."""

    span: Span


class Cancel(Struct, frozen=True):
    """``cancel``."""

    span: Span


class Next(Struct, frozen=True):
    """``next``."""

    span: Span


class Drop(Struct, frozen=True):
    """``drop``."""

    span: Span
    reason: str | None


Step = Agent | Reply | Forget | Cancel | Next | Drop


class ChainEntry(Struct, frozen=True):
    """A step with its guard."""

    step: Step
    guard: Guard | None


Chain = tuple[ChainEntry, ...]
"""A ``then`` entry and its ``else`` entries."""


# ---- declarations


class Rule(Struct, frozen=True):
    """A rule; ``passes_on`` when its last step is ``next``. ``span`` is that of its name."""

    home: Home
    span: Span
    name: str
    description: str | None
    shadow: bool
    condition: Condition
    chains: tuple[Chain, ...]

    @property
    def place(self) -> Place:
        """The place of its name."""
        return self.home.place(self.span)

    @property
    def passes_on(self) -> bool:
        """Whether a message that it holds for goes on to the rules after it."""
        return isinstance(self.chains[-1][0].step, Next)

    @property
    def takes(self) -> bool:
        """Whether a message that it holds for ends with it: it is no shadow rule and does not pass on."""
        return not self.shadow and not self.passes_on


class Fallback(Struct, frozen=True):
    """``otherwise`` or ``denied``."""

    home: Home
    span: Span
    chains: tuple[Chain, ...]

    @property
    def place(self) -> Place:
        """The place of its keyword."""
        return self.home.place(self.span)


class ExpectElse(Written, frozen=True, eq=False):
    """What is expected where the step before it in its chain is not done; ``failure`` names why it is not (section 10)."""

    outcome: Outcome
    value: str | None
    told: str | None = None
    mention: Mention | None = None
    failure: str | None = None


class Expect(Written, frozen=True, eq=False):
    """What a test case expects: the outcome and its value, and which rule it comes from.

    ``told`` is what the agent is told, ``mention`` whom the reply calls out; ``None`` where the test does not say.
    """

    outcome: Outcome
    value: str | None
    by: str | None
    by_default: bool
    shadows: tuple[str, ...]
    told: str | None = None
    mention: Mention | None = None
    alternatives: tuple[ExpectElse, ...] = ()


class Case(Struct, frozen=True):
    """A message and what is expected of it.

    Args:
        span: from ``given`` to the last ``expect``.
        given: the message.
        timed: whether it says when the message was written.
        expects: in written order.
        again: how often the message comes again after the first time; what is expected is of the last one.
    """

    span: Span
    given: SampleMessage
    timed: bool
    expects: tuple[Expect, ...]
    again: int = 0


class Test(Struct, frozen=True):
    """A ``test`` block."""

    __test__: ClassVar[bool] = False

    home: Home
    span: Span
    title: str
    cases: tuple[Case, ...]

    def message_id(self, number: int) -> str:
        """Return the id of the message of a case, from 1: each is one of its own, so that `of messages` says not the same to all."""
        return f"test:{self.title}:{number}"


class RuleSet(Struct, frozen=True):
    """The checked rules of a set.

    It is plain data: it can be stored, and sent to another process, and decides the same there.

    Args:
        rules: in the order in which they are asked.
        otherwise: for a message that no rule took.
        denied: for a sender whom the baseline refuses.
        tests: in written order.
        zone: the configured time zone.
        entry: the name of the entry file.
        fingerprint: ``sha256:…`` of all files.
        sources: the files; they say what is written at the places of its parts.
        complete: False when a declaration could not be parsed, or a file not be read: nothing is then said to be missing.
        conditions: where the named conditions begin: the spans within one count from there.
    """

    rules: tuple[Rule, ...]
    otherwise: Fallback | None
    denied: Fallback | None
    tests: tuple[Test, ...]
    zone: str
    entry: str
    fingerprint: str
    sources: SourceMap
    complete: bool
    conditions: Mapping[str, Home] = field(default_factory=dict)

    def cases(self) -> Iterator[tuple[Test, Case]]:
        """Give all cases of all tests."""
        return ((test, case) for test in self.tests for case in test.cases)

    def agents(self) -> frozenset[str]:
        """Return the agents that its steps name."""
        fallbacks = (each.chains for each in (self.otherwise, self.denied) if each is not None)
        return frozenset(
            entry.step.agent
            for chains in (*(rule.chains for rule in self.rules), *fallbacks)
            for chain in chains
            for entry in chain
            if isinstance(entry.step, Agent)
        )
