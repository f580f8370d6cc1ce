"""The whole set: all declarations resolved, in one order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.declared_twice import DeclaredTwice
from prx_dingtalk_router.language.diagnostics.title_twice import TitleTwice
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.resolve.agents import AgentResolver
from prx_dingtalk_router.language.resolve.conditions import Conditions
from prx_dingtalk_router.language.resolve.hours import HoursResolver
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.steps import Steps
from prx_dingtalk_router.language.resolve.templates import Templates
from prx_dingtalk_router.language.resolve.tests import Tests
from prx_dingtalk_router.language.resolve.values import Values
from prx_dingtalk_router.language.ruleset import Fallback, Rule, RuleSet, Test
from prx_dingtalk_router.language.semantics.groups import UNKNOWN_GROUPS, ConditionGroups, Groups
from prx_dingtalk_router.language.source import Home, Place
from prx_dingtalk_router.language.syntax.ast import Declaration, FallbackNode, RuleNode, TestNode, Unparsed


def resolve(files: FileSet, context: CheckContext, diagnostics: Diagnostics) -> RuleSet:
    """Resolve every declaration that could be parsed, reporting all that is wrong; what is wrong is left out."""
    declarations = files.in_rule_order()
    names = Names(diagnostics)
    names.declare(declarations)
    values = Values(names, files, diagnostics)
    hours = HoursResolver(names, context, diagnostics)
    conditions = Conditions(names, values, hours, diagnostics)
    templates = Templates(names, files, diagnostics)
    agents = AgentResolver(context, diagnostics)
    steps = Steps(values, templates, agents, diagnostics)
    groups = ConditionGroups()

    values.declared()
    conditions.declared()
    rules: dict[str, Rule] = {}
    fallbacks: dict[str, Fallback] = {}
    for declaration in declarations:
        with diagnostics.within(declaration.home):
            match declaration.node:
                case RuleNode() as node:
                    rule = _rule(node, declaration.home, conditions, groups, steps)
                    if rule is not None:
                        rules.setdefault(rule.name, rule)
                case FallbackNode() as node:
                    earlier = fallbacks.get(node.kind)
                    if earlier is not None:
                        twice = DeclaredTwice(node.keyword, "declaration", node.kind, earlier.place)
                        diagnostics.add(twice)
                        continue
                    chains = steps.resolve(node.chains, node.kind, Groups())
                    fallbacks[node.kind] = Fallback(declaration.home, node.keyword, chains)
                case _:
                    pass
    tests = tuple(_tests(declarations, Tests(names, context, diagnostics, agents), diagnostics))
    hours.declared()
    templates.declared()
    names.report_unused()
    return RuleSet(
        rules=tuple(rules.values()),
        otherwise=fallbacks.get("otherwise"),
        denied=fallbacks.get("denied"),
        tests=tests,
        zone=context.zone,
        entry=files.entry.name,
        fingerprint=files.fingerprint(),
        sources=diagnostics.sources,
        complete=files.complete and not any(isinstance(each.node, Unparsed) for each in declarations),
    )


def _rule(
    node: RuleNode, home: Home, conditions: Conditions, groups: ConditionGroups, steps: Steps
) -> Rule | None:
    condition = conditions.resolve(node.condition)
    set_by_condition = groups.of(condition) if condition is not None else UNKNOWN_GROUPS
    chains = steps.resolve(node.chains, "rule", set_by_condition)
    if condition is None or not chains:
        return None
    description = node.description.value if node.description is not None else None
    return Rule(home, node.name.span, node.name.value, description, node.shadow, condition, chains)


def _tests(declarations: Sequence[Declaration], tests: Tests, diagnostics: Diagnostics) -> Iterator[Test]:
    """Give the checked tests, and warn of those with the same title, which a report cannot tell apart."""
    titles: dict[str, Place] = {}
    for declaration in declarations:
        node = declaration.node
        if isinstance(node, TestNode):
            title = declaration.home.place(node.title.span)
            earlier = titles.setdefault(node.title.value, title)
            if earlier != title:
                diagnostics.add(TitleTwice(title, node.title.value, earlier))
            with diagnostics.within(declaration.home):
                yield tests.resolve(node, declaration.home)
