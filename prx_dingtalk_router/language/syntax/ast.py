"""What is written, as typed nodes with their places; nothing is resolved or checked here."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.source import Home, Span


class Node(Struct, frozen=True, tag=True, array_like=True):
    """Anything that is written at a place."""

    span: Span


# ---- values


class Name(Node, frozen=True):
    """A name, or an agent's name in quotes."""

    value: str


class String(Node, frozen=True):
    """A string or text block, escapes undone.

    ``damaged`` where it was reported already and its value is a guess: nothing more is said of it.
    """

    value: str
    damaged: bool = False


class RegexText(Node, frozen=True):
    r"""``/…/i``: the source of a regex, ``\/`` undone."""

    value: str
    ignore_case: bool


class ListValue(Node, frozen=True):
    """``[…]``."""

    items: tuple[Item, ...]


Item = String | RegexText | Name
Value = String | RegexText | Name | ListValue
TextValue = String | Name


# ---- hours


class DaysNode(Node, frozen=True):
    """One word of days: ``mon``, ``mon-fri``, ``daily``, a date or range of dates, ``workdays``, ``holidays``."""

    first: str
    last: str | None


class TimesNode(Node, frozen=True):
    """``HH:MM-HH:MM`` as written."""

    start: str
    end: str


class SpanNode(Node, frozen=True):
    """Days and the times on them."""

    days: tuple[DaysNode, ...]
    times: tuple[TimesNode, ...]


# ---- conditions


class AlwaysNode(Node, frozen=True):
    """``always``."""


class FlagNode(Node, frozen=True):
    """A flag by its name."""

    name: str


class NamedNode(Node, frozen=True):
    """A condition by its name."""

    name: Name


class PercentNode(Node, frozen=True):
    """``P% of …``."""

    percent: str
    subject: Literal["senders", "conversations", "messages"]


class DuringNode(Node, frozen=True):
    """``during`` hours, by name or written out."""

    hours: Name | SpanNode


class ComparisonNode(Node, frozen=True):
    """``FIELD OPERATOR VALUE``; ``operator`` without its ``not``."""

    field: str
    operator: str
    negated: bool
    value: Value | None


class NotNode(Node, frozen=True):
    """``not …``."""

    inner: Expr


class AndNode(Node, frozen=True):
    """Parts joined by ``and``."""

    parts: tuple[Expr, ...]


class OrNode(Node, frozen=True):
    """Parts joined by ``or``."""

    parts: tuple[Expr, ...]


Expr = (
    AlwaysNode | FlagNode | NamedNode | PercentNode | DuringNode | ComparisonNode | NotNode | AndNode | OrNode
)


# ---- steps


class GuardNode(Node, frozen=True):
    """``at most N per DURATION [per …]``."""

    count: str
    per: str
    scope: Literal["step", "sender", "conversation"]


class Option(Node, frozen=True):
    """One option of an ``agent`` step."""

    kind: Literal["with", "timeout", "session", "while busy", "progress"]
    value: TextValue | ReplyNode | str


class AgentNode(Node, frozen=True):
    """``agent NAME …``."""

    agent: Name
    options: tuple[Option, ...]


class MentionNode(Node, frozen=True):
    """``mention [VALUE]``."""

    value: Value | None


class ReplyNode(Node, frozen=True):
    """``reply [markdown] TEMPLATE [mention …]``."""

    template: TextValue
    markdown: bool
    mention: MentionNode | None


class PlainStepNode(Node, frozen=True):
    """``forget``, ``cancel`` or ``next``."""

    kind: Literal["forget", "cancel", "next"]


class DropNode(Node, frozen=True):
    """``drop ["reason"]``."""

    reason: String | None


StepNode = AgentNode | ReplyNode | PlainStepNode | DropNode


class Entry(Node, frozen=True):
    """A step with its guard: one entry of a chain."""

    step: StepNode
    guard: GuardNode | None


class Chain(Node, frozen=True):
    """A ``then`` and the ``else`` entries after it."""

    entries: tuple[Entry, ...]


# ---- declarations


class LanguageNode(Node, frozen=True):
    """``language N``."""

    version: str


class UseNode(Node, frozen=True):
    """``use "path"``."""

    path: String


class ListNode(Node, frozen=True):
    """A list of items, or the file that holds its lines."""

    name: Name
    value: ListValue | String


class PatternNode(Node, frozen=True):
    """A regex with a name."""

    name: Name
    regex: RegexText


class HoursNode(Node, frozen=True):
    """Hours with a name."""

    name: Name
    spans: tuple[SpanNode, ...]
    calendar: String | None
    zone: String | None


class ConditionNode(Node, frozen=True):
    """A condition with a name."""

    name: Name
    condition: Expr


class TemplateNode(Node, frozen=True):
    """A template with a name; ``from_file`` when ``text`` is a path."""

    name: Name
    text: String
    from_file: bool


class RuleNode(Node, frozen=True):
    """A rule."""

    name: Name
    description: String | None
    shadow: bool
    condition: Expr
    chains: tuple[Chain, ...]


class FallbackNode(Node, frozen=True):
    """``otherwise …`` or ``denied …``; ``keyword`` is the span of that word."""

    kind: Literal["otherwise", "denied"]
    keyword: Span
    chains: tuple[Chain, ...]


# ---- tests


class GivenNode(Node, frozen=True):
    """The message of a case: its text and its options by name, in written order."""

    text: String
    options: tuple[GivenOption, ...]


class GivenOption(Node, frozen=True):
    """``from "…"``, ``in group "…"`` and so on; ``count`` is the number of ``again``, where it is written."""

    kind: str
    value: String | None
    count: str | None = None


class OutcomeNode(Node, frozen=True):
    """``agent NAME``, ``reply "…"`` and so on."""

    kind: str
    value: Name | String | None


class ByNode(Node, frozen=True):
    """``by RULE``; ``by default`` has no rule."""

    rule: Name | None


class ToldNode(Node, frozen=True):
    """``told "…"``."""

    text: String


class ExpectedMentionNode(Node, frozen=True):
    """``mention``: of the sender, of nobody (``none``), or of staff IDs."""

    value: Value | Literal["sender", "none"]


class FailureNode(Node, frozen=True):
    """``failure "…"``: why the step before was not done."""

    name: String


class ElseNode(Node, frozen=True):
    """``else …`` behind an ``expect``."""

    outcome: OutcomeNode
    options: tuple[ToldNode | ExpectedMentionNode | FailureNode, ...]


class ExpectNode(Node, frozen=True):
    """``expect …`` with its options in written order, and the ``else`` behind it."""

    outcome: OutcomeNode
    options: tuple[ByNode | ToldNode | ExpectedMentionNode, ...]
    shadows: tuple[Name, ...]
    alternatives: tuple[ElseNode, ...]


class CaseNode(Node, frozen=True):
    """A ``given`` and what is expected of it."""

    given: GivenNode
    expects: tuple[ExpectNode, ...]


class TestNode(Node, frozen=True):
    """``test "…" given … expect …``."""

    __test__: ClassVar[bool] = False

    title: String
    cases: tuple[CaseNode, ...]


DeclarationNode = (
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


class Unparsed(Struct, frozen=True):
    """A declaration that could not be parsed: what it was to be called, and the names in it, as far as they can be told."""

    name: str | None
    words: frozenset[str]


class Declaration(Struct, frozen=True):
    """A part of a file that one declaration takes: what is written there, and what is wrong with how it is written.

    It is plain data, and all its spans count from where it begins.

    Args:
        home: where it begins.
        node: what is written; ``None`` where there are only remarks in a form that is not the language's.
        diagnostics: what is wrong with it, taken by itself.
    """

    home: Home
    node: DeclarationNode | Unparsed | None
    diagnostics: tuple[Diagnostic, ...]
