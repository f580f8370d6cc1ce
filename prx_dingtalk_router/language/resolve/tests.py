"""Test blocks: messages and expectations checked (language.md section 9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.option_twice import OptionTwice
from prx_dingtalk_router.language.diagnostics.wrong_test import WrongTest
from prx_dingtalk_router.language.resolve.agents import AgentResolver
from prx_dingtalk_router.language.resolve.inventory import Entry, Given
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.ruleset import Case, Expect, Outcome, Test
from prx_dingtalk_router.language.source import Home
from prx_dingtalk_router.language.syntax.ast import (
    CaseNode,
    ExpectNode,
    GivenNode,
    GivenOption,
    Name,
    RuleNode,
    TestNode,
)
from prx_dingtalk_router.message.sample_message import (
    DEFAULT_SENDER,
    SampleMessage,
    default_time,
    default_type,
    parse_time,
)

EXCLUSIVE = {"private": "place", "group": "place", "from": "who", "external": "who"}

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
        return Case(node.span, self._given(node.given), timed, expects)

    def _given(self, node: GivenNode) -> SampleMessage:
        options: dict[str, GivenOption] = {}
        for option in node.options:
            slot = EXCLUSIVE.get(option.kind, option.kind)
            if slot in options:
                self.diagnostics.add(OptionTwice(option.span, option.kind))
            options[slot] = option
            if option.kind in GIVEN_IDS and option.value is not None:
                written = self.diagnostics.place(option.value.span)
                entry = Entry(option.value.value, written, option.value.damaged)
                self.given.append(Given(GIVEN_IDS[option.kind], entry))
        place, who = options.get("place"), options.get("who")
        group = place is not None and place.kind == "group"
        pictured = "pictured" in options
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
            mentioned=group or "mentioned" in options,
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

    def _expect(self, node: ExpectNode, case: CaseNode) -> Expect:
        if node.outcome == "refused" and all(option.kind != "from" for option in case.given.options):
            self.diagnostics.add(WrongTest(node.span, "refused-needs-from"))
        if node.outcome == "agent" and isinstance(node.value, Name):
            self.agents.expected(node.value)
        for rule in (node.by, *node.shadows):
            if rule is not None:
                self._rule(rule)
        return Expect(
            node.span,
            cast("Outcome", node.outcome),
            node.value.value if node.value is not None else None,
            node.by.value if node.by is not None else None,
            node.by_default,
            tuple(shadow.value for shadow in node.shadows),
        )

    def _rule(self, name: Name) -> None:
        self.names.find("rule", name, RuleNode)
