"""What is written, as typed nodes with their places; nothing is resolved or checked here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prx_dingtalk_router.language.source import Span


@dataclass(frozen=True, slots=True)
class Node:
    """Anything that stands at a place."""

    span: Span


# ---- values


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name, or an agent's name in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class String(Node):
    """A string or text block, escapes undone.

    ``damaged`` where it was reported already and its value is a guess: nothing more is said of it.
    """

    value: str
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class ExpressionText(Node):
    r"""``/…/i``: the source of an expression, ``\/`` undone."""

    value: str
    ignore_case: bool


@dataclass(frozen=True, slots=True)
class ListValue(Node):
    """``[…]``."""

    items: tuple[Item, ...]


Item = String | ExpressionText | Name
Value = String | ExpressionText | Name | ListValue
TextValue = String | Name


# ---- hours


@dataclass(frozen=True, slots=True)
class DaysNode(Node):
    """One word of days: ``mon``, ``mon-fri``, ``daily``, a date or range of dates, ``workdays``, ``holidays``."""

    first: str
    last: str | None


@dataclass(frozen=True, slots=True)
class TimesNode(Node):
    """``HH:MM-HH:MM`` as written."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class SpanNode(Node):
    """Days and the times on them."""

    days: tuple[DaysNode, ...]
    times: tuple[TimesNode, ...]


# ---- conditions


@dataclass(frozen=True, slots=True)
class AlwaysNode(Node):
    """``always``."""


@dataclass(frozen=True, slots=True)
class FlagNode(Node):
    """A flag by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class NamedNode(Node):
    """A condition by its name."""

    name: Name


@dataclass(frozen=True, slots=True)
class PercentNode(Node):
    """``P% of …``."""

    percent: str
    subject: Literal["senders", "conversations", "messages"]


@dataclass(frozen=True, slots=True)
class DuringNode(Node):
    """``during`` hours, by name or written out."""

    hours: Name | SpanNode


@dataclass(frozen=True, slots=True)
class ComparisonNode(Node):
    """``FIELD OPERATOR VALUE``; ``operator`` without its ``not``."""

    field: str
    operator: str
    negated: bool
    value: Value | None


@dataclass(frozen=True, slots=True)
class NotNode(Node):
    """``not …``."""

    inner: Expr


@dataclass(frozen=True, slots=True)
class AndNode(Node):
    """Parts joined by ``and``."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class OrNode(Node):
    """Parts joined by ``or``."""

    parts: tuple[Expr, ...]


Expr = (
    AlwaysNode | FlagNode | NamedNode | PercentNode | DuringNode | ComparisonNode | NotNode | AndNode | OrNode
)


# ---- steps


@dataclass(frozen=True, slots=True)
class GuardNode(Node):
    """``at most N per DURATION [per …]``."""

    count: str
    per: str
    scope: Literal["step", "sender", "conversation"]


@dataclass(frozen=True, slots=True)
class Option(Node):
    """One option of an ``agent`` step."""

    kind: Literal["with", "timeout", "session"]
    value: TextValue | str


@dataclass(frozen=True, slots=True)
class AgentNode(Node):
    """``agent NAME …``."""

    agent: Name
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class MentionNode(Node):
    """``mention [VALUE]``."""

    value: Value | None


@dataclass(frozen=True, slots=True)
class ReplyNode(Node):
    """``reply [markdown] TEMPLATE [mention …]``."""

    template: TextValue
    markdown: bool
    mention: MentionNode | None


@dataclass(frozen=True, slots=True)
class PlainStepNode(Node):
    """``forget``, ``cancel`` or ``next``."""

    kind: Literal["forget", "cancel", "next"]


@dataclass(frozen=True, slots=True)
class DropNode(Node):
    """``drop ["reason"]``."""

    reason: String | None


StepNode = AgentNode | ReplyNode | PlainStepNode | DropNode


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """A step with its guard: one entry of a chain."""

    step: StepNode
    guard: GuardNode | None


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """A ``then`` and the ``else`` entries after it."""

    entries: tuple[Entry, ...]


# ---- declarations


@dataclass(frozen=True, slots=True)
class LanguageNode(Node):
    """``language N``."""

    version: str


@dataclass(frozen=True, slots=True)
class UseNode(Node):
    """``use "path"``."""

    path: String


@dataclass(frozen=True, slots=True)
class ListNode(Node):
    """A list of items, or the file that holds its lines."""

    name: Name
    value: ListValue | String


@dataclass(frozen=True, slots=True)
class PatternNode(Node):
    """An expression with a name."""

    name: Name
    expression: ExpressionText


@dataclass(frozen=True, slots=True)
class HoursNode(Node):
    """Hours with a name."""

    name: Name
    spans: tuple[SpanNode, ...]
    calendar: String | None
    zone: String | None


@dataclass(frozen=True, slots=True)
class ConditionNode(Node):
    """A condition with a name."""

    name: Name
    condition: Expr


@dataclass(frozen=True, slots=True)
class TemplateNode(Node):
    """A template with a name; ``from_file`` when ``text`` is a path."""

    name: Name
    text: String
    from_file: bool


@dataclass(frozen=True, slots=True)
class RuleNode(Node):
    """A rule."""

    name: Name
    description: String | None
    shadow: bool
    condition: Expr
    chains: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class FallbackNode(Node):
    """``otherwise …`` or ``denied …``; ``keyword`` is where that word stands."""

    kind: Literal["otherwise", "denied"]
    keyword: Span
    chains: tuple[Chain, ...]


# ---- tests


@dataclass(frozen=True, slots=True)
class GivenNode(Node):
    """The message of a case: its text and its options by name, in written order."""

    text: String
    options: tuple[GivenOption, ...]


@dataclass(frozen=True, slots=True)
class GivenOption(Node):
    """``from "…"``, ``in group "…"`` and so on."""

    kind: str
    value: String | None


@dataclass(frozen=True, slots=True)
class ExpectNode(Node):
    """``expect …``; ``by`` is a rule, or ``None`` with ``by_default``."""

    outcome: str
    value: Name | String | None
    by: Name | None
    by_default: bool
    shadows: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class CaseNode(Node):
    """A ``given`` and what is expected of it."""

    given: GivenNode
    expects: tuple[ExpectNode, ...]


@dataclass(frozen=True, slots=True)
class TestNode(Node):
    """``test "…" given … expect …``."""

    __test__ = False

    title: String
    cases: tuple[CaseNode, ...]


Declaration = (
    LanguageNode
    | UseNode
    | ListNode
    | PatternNode
    | HoursNode
    | ConditionNode
    | TemplateNode
    | RuleNode
    | FallbackNode
    | TestNode
)
