"""The whole set: all declarations resolved, in one order."""

from __future__ import annotations

from dataclasses import dataclass

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.declared_twice import DeclaredTwice
from prx_dingtalk_router.language.diagnostics.title_twice import TitleTwice
from prx_dingtalk_router.language.files import Loaded
from prx_dingtalk_router.language.resolve.agents import AgentResolver
from prx_dingtalk_router.language.resolve.conditions import Conditions
from prx_dingtalk_router.language.resolve.hours import HoursResolver
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.steps import Steps
from prx_dingtalk_router.language.resolve.templates import Templates
from prx_dingtalk_router.language.resolve.tests import Tests
from prx_dingtalk_router.language.resolve.values import Values
from prx_dingtalk_router.language.ruleset import Condition, Fallback, Rule, RuleSet, Test
from prx_dingtalk_router.language.semantics.groups import UNKNOWN_GROUPS, ConditionGroups, Groups
from prx_dingtalk_router.language.syntax.ast import FallbackNode, RuleNode, TestNode


@dataclass(frozen=True, slots=True)
class Resolved:
    """A set as far as it could be resolved."""

    rules: tuple[Rule, ...]
    otherwise: Fallback | None
    denied: Fallback | None
    tests: tuple[Test, ...]
    complete: bool
    """False when a declaration could not be parsed or a file not be read: then nothing can be said to be missing."""

    def rule_set(self, loaded: Loaded, context: CheckContext) -> RuleSet:
        """The set as a finished value; only for one without errors."""
        return RuleSet(
            entry=loaded.entry,
            files=tuple(loaded.sources.values()),
            fingerprint=loaded.fingerprint(),
            rules=self.rules,
            otherwise=self.otherwise,
            denied=self.denied,
            tests=self.tests,
            zone=context.zone,
        )


def resolve(loaded: Loaded, context: CheckContext, diagnostics: Diagnostics) -> Resolved:
    """Resolve every declaration that could be parsed, reporting all that is wrong."""
    names = Names(diagnostics, loaded.unparsed_names, loaded.unparsed_words)
    names.declare(loaded.declarations)
    values = Values(names, loaded, diagnostics)
    hours = HoursResolver(names, context, diagnostics)
    conditions = Conditions(names, values, hours, diagnostics)
    templates = Templates(names, loaded, diagnostics)
    agents = AgentResolver(context, diagnostics)
    steps = Steps(values, templates, agents, diagnostics)
    groups = ConditionGroups()

    values.declared()
    conditions.declared()
    rules: list[Rule] = []
    seen: set[str] = set()
    fallbacks: dict[str, tuple[FallbackNode, Fallback]] = {}
    for node in loaded.declarations:
        match node:
            case RuleNode():
                rule = _rule(node, conditions, groups, steps)
                if rule is not None and node.name.value not in seen:
                    rules.append(rule)
                seen.add(node.name.value)
            case FallbackNode():
                if node.kind in fallbacks:
                    earlier = fallbacks[node.kind][0]
                    diagnostics.add(DeclaredTwice(node.keyword, "declaration", node.kind, earlier.keyword))
                    continue
                chains = steps.resolve(node.chains, node.kind, Groups())
                fallbacks[node.kind] = (node, Fallback(node.keyword, chains))
    tests = Tests(names, context, diagnostics, agents)
    _titles_twice(loaded, diagnostics)
    checked_tests = tuple(tests.resolve(node) for node in loaded.declarations if isinstance(node, TestNode))
    hours.declared()
    templates.declared()
    names.report_unused()
    otherwise, denied = fallbacks.get("otherwise"), fallbacks.get("denied")
    return Resolved(
        tuple(rules),
        otherwise[1] if otherwise else None,
        denied[1] if denied else None,
        checked_tests,
        loaded.complete,
    )


def _titles_twice(loaded: Loaded, diagnostics: Diagnostics) -> None:
    """Warn of tests with the same title, which a report cannot tell apart."""
    seen: dict[str, TestNode] = {}
    for node in loaded.declarations:
        if isinstance(node, TestNode):
            earlier = seen.setdefault(node.title.value, node)
            if earlier is not node:
                diagnostics.add(TitleTwice(node.title.span, node.title.value, earlier.title.span))


def _rule(node: RuleNode, conditions: Conditions, groups: ConditionGroups, steps: Steps) -> Rule | None:
    condition: Condition | None = conditions.resolve(node.condition)
    set_by_condition = groups.of(condition) if condition is not None else UNKNOWN_GROUPS
    chains = steps.resolve(node.chains, "rule", set_by_condition)
    if condition is None or not chains:
        return None
    description = node.description.value if node.description is not None else None
    return Rule(node.name.span, node.name.value, description, node.shadow, condition, chains)
