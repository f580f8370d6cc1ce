"""Test blocks: messages and expectations checked (language.md section 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from prx_dingtalk_router.decision.failure import FailureKind, kind_named
from prx_dingtalk_router.decision.model import Mention
from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.option_twice import OptionTwice
from prx_dingtalk_router.language.diagnostics.wrong_test import WrongTest
from prx_dingtalk_router.language.resolve.agents import AgentResolver
from prx_dingtalk_router.language.resolve.inventory import Entry, Given
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.values import ValueResolver
from prx_dingtalk_router.language.ruleset import Case, Expect, ExpectElse, Outcome, Test
from prx_dingtalk_router.language.source import Home
from prx_dingtalk_router.language.syntax.ast import (
    ByNode,
    CaseNode,
    ElseNode,
    ExpectedMentionNode,
    ExpectNode,
    FailureNode,
    GivenNode,
    GivenOption,
    Name,
    OutcomeNode,
    RuleNode,
    String,
    TestNode,
    ToldNode,
)
from prx_dingtalk_router.message import FIELDS
from prx_dingtalk_router.message.sample_message import (
    DEFAULT_SENDER,
    SampleMessage,
    default_time,
    default_type,
    parse_time,
)
from prx_dingtalk_router.text.did_you_mean import nearest

MAX_AGAIN = 1_000
"""How often a test may send a message again."""

CHAINED = frozenset({"agent", "reply", "forget", "cancel"})
"""Steps that may have an ``else``."""

ExpectOption = ByNode | ToldNode | ExpectedMentionNode | FailureNode
OPTION_WORDS: Mapping[type[ExpectOption], str] = {
    ByNode: "by",
    ToldNode: "told",
    ExpectedMentionNode: "mention",
    FailureNode: "failure",
}

EXCLUSIVE = {
    "private": "place",
    "group": "place",
    "from": "who",
    "external": "who",
    "not_mentioned": "mentioned",
}

GIVEN_IDS = {
    "from": "sender",
    "type": "type",
    "conversation": "conversation",
    "robot": "robot",
    "corp": "corp",
}
"""Options that give a message an id, and its field."""


@dataclass(slots=True)
class TestResolver:
    """Resolves test blocks."""

    __test__ = False

    names: Names
    context: CheckContext
    diagnostics: Diagnostics
    agents: AgentResolver
    values: ValueResolver
    given: list[Given] = field(default_factory=list)
    """The values of id fields that messages are given."""

    def resolve(self, node: TestNode, home: Home) -> Test:
        """Return the checked test; report what is wrong in it."""
        return Test(
            home,
            node.span,
            node.title.value,
            tuple(self._case(case) for case in node.cases),
        )

    def _case(self, node: CaseNode) -> Case:
        expects = tuple(self._expect(expect, node) for expect in node.expects)
        timed = any(option.kind == "at" for option in node.given.options)
        again = next((option for option in node.given.options if option.kind == "again"), None)
        return Case(node.span, self._given(node.given), timed, expects, self._again(again))

    def _given(self, node: GivenNode) -> SampleMessage:
        options: dict[str, GivenOption] = {}
        for option in node.options:
            slot = EXCLUSIVE.get(option.kind, option.kind)
            if slot in options:
                self.diagnostics.add(OptionTwice(option.span, option.kind.replace("_", " ")))
            options[slot] = option
            if option.kind in GIVEN_IDS and option.value is not None:
                written = self.diagnostics.place(option.value.span)
                entry = Entry(option.value.value, written, option.value.damaged)
                self.given.append(Given(GIVEN_IDS[option.kind], entry))
        place, who = options.get("place"), options.get("who")
        group = place is not None and place.kind == "group"
        pictured = "pictured" in options
        mentioned = options.get("mentioned")
        external = who is not None and who.kind == "external"

        def value(kind: str) -> str:
            option = options.get(kind)
            return option.value.value if option is not None and option.value is not None else ""

        return SampleMessage(
            text=node.text.value,
            sender="" if external else value("who") or DEFAULT_SENDER,
            external=external,
            nick=value("named"),
            group=group,
            title=value("place") if group else "",
            type=value("type") or default_type(node.text.value, pictured=pictured),
            at=self._time(options.get("at")),
            pictured=pictured,
            mentioned=group if mentioned is None else mentioned.kind == "mentioned",
            admin="admin" in options,
            quoted=value("quoting"),
            conversation=value("conversation"),
            robot=value("robot"),
            corp=value("corp"),
            file=value("file"),
        )

    def _time(self, option: GivenOption | None) -> datetime:
        zone = self.context.zone
        if option is None:
            return default_time(zone)
        assert option.value is not None
        moment = parse_time(option.value.value, zone)
        if moment is None:
            self.diagnostics.add(WrongTest(option.span, "time", option.value.value))
        return moment or default_time(zone)

    def _again(self, option: GivenOption | None) -> int:
        if option is None:
            return 0
        if option.count is None:
            return 1
        count = int(option.count) if len(option.count) < 12 else MAX_AGAIN + 1
        if 1 <= count <= MAX_AGAIN:
            return count
        self.diagnostics.add(WrongTest(option.span, "again", option.count))
        return 1

    # ---- what is expected

    def _expect(self, node: ExpectNode, case: CaseNode) -> Expect:
        kind = node.outcome.kind
        if kind == "refused" and all(option.kind != "from" for option in case.given.options):
            self.diagnostics.add(WrongTest(node.span, "refused-needs-from"))
        options = self._options(node.outcome, node.options)
        by = options.get(ByNode)
        rule = by.rule if isinstance(by, ByNode) else None
        for name in (rule, *node.shadows):
            if name is not None:
                self._rule(name)
        if node.alternatives and kind not in CHAINED:
            self.diagnostics.add(WrongTest(node.alternatives[0].span, "no-else", kind))
        return Expect(
            node.span,
            cast("Outcome", kind),
            self._value(node.outcome),
            rule.value if rule is not None else None,
            by is not None and rule is None,
            tuple(shadow.value for shadow in node.shadows),
            self._told(options),
            self._mention(options),
            tuple(self._else(each) for each in node.alternatives),
        )

    def _else(self, node: ElseNode) -> ExpectElse:
        kind = node.outcome.kind
        if kind not in CHAINED and kind != "drop":
            self.diagnostics.add(WrongTest(node.outcome.span, "never-else", kind))
        options = self._options(node.outcome, node.options)
        failure = options.get(FailureNode)
        return ExpectElse(
            node.span,
            cast("Outcome", kind),
            self._value(node.outcome),
            self._told(options),
            self._mention(options),
            self._failure(failure.name) if isinstance(failure, FailureNode) else None,
        )

    def _value(self, outcome: OutcomeNode) -> str | None:
        if outcome.kind == "agent" and isinstance(outcome.value, Name):
            self.agents.expected(outcome.value)
        return outcome.value.value if outcome.value is not None else None

    def _options(
        self, outcome: OutcomeNode, options: Sequence[ExpectOption]
    ) -> Mapping[type[ExpectOption], ExpectOption]:
        """Return the options by their kind; report those that are given twice, and those that the outcome has not."""
        found: dict[type[ExpectOption], ExpectOption] = {}
        for option in options:
            kind = type(option)
            if kind in found:
                self.diagnostics.add(OptionTwice(option.span, OPTION_WORDS[kind]))
            elif isinstance(option, ToldNode) and outcome.kind != "agent":
                self.diagnostics.add(WrongTest(option.span, "told-nothing", outcome.kind))
            elif isinstance(option, ExpectedMentionNode) and outcome.kind != "reply":
                self.diagnostics.add(WrongTest(option.span, "mentions-nobody", outcome.kind))
            found.setdefault(kind, option)
        return found

    def _told(self, options: Mapping[type[ExpectOption], ExpectOption]) -> str | None:
        option = options.get(ToldNode)
        return option.text.value if isinstance(option, ToldNode) else None

    def _mention(self, options: Mapping[type[ExpectOption], ExpectOption]) -> Mention | None:
        option = options.get(ExpectedMentionNode)
        if not isinstance(option, ExpectedMentionNode):
            return None
        if isinstance(option.value, str):
            return Mention(sender=option.value == "sender")
        return Mention(sender=False, staff_ids=self.values.literals(option.value, FIELDS["sender"]))

    def _failure(self, name: String) -> str:
        if kind_named(name.value) is None:
            names = frozenset(each for kind in FailureKind for each in kind.names)
            near = nearest(name.value.casefold(), names)
            self.diagnostics.add(WrongTest(name.span, "failure", name.value, near))
        return name.value

    def _rule(self, name: Name) -> None:
        self.names.find("rule", name, RuleNode)
