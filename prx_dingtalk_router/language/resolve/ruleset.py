"""The whole set: all declarations resolved, in one order."""

from __future__ import annotations

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.declared_twice import DeclaredTwice
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.resolve.agents import AgentResolver
from prx_dingtalk_router.language.resolve.conditions import ConditionResolver
from prx_dingtalk_router.language.resolve.hours import HoursResolver
from prx_dingtalk_router.language.resolve.inventory import Inventory, Title
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.rule_memory import Remembered, RuleMemory
from prx_dingtalk_router.language.resolve.steps import StepResolver
from prx_dingtalk_router.language.resolve.templates import Analyse, TemplateResolver
from prx_dingtalk_router.language.resolve.tests import TestResolver
from prx_dingtalk_router.language.resolve.values import ValueResolver
from prx_dingtalk_router.language.ruleset import Fallback, Rule, RuleSet, Test
from prx_dingtalk_router.language.semantics.groups import UNKNOWN_GROUPS, ConditionGroups, Groups
from prx_dingtalk_router.language.source import Home
from prx_dingtalk_router.language.syntax.ast import FallbackNode, RuleNode, TestNode, Unparsed
from prx_dingtalk_router.templates import analyse_template


def resolve(
    files: FileSet,
    context: CheckContext,
    diagnostics: Diagnostics,
    analyse: Analyse = analyse_template,
    memory: RuleMemory | None = None,
) -> tuple[RuleSet, Inventory]:
    """Resolve every declaration that could be parsed, reporting all that is wrong; what is wrong is left out.

    Args:
        files: what was read.
        context: what the configuration says.
        diagnostics: where it is reported what is wrong.
        analyse: reads a template.
        memory: knows rules that need not be resolved again; the inventory is then not complete.
    """
    declarations = files.in_rule_order()
    if memory is not None:
        memory.enter(files, context)
    names = Names(diagnostics, complete=files.complete)
    names.declare(declarations)
    values = ValueResolver(names, files, diagnostics)
    hours = HoursResolver(names, context, diagnostics)
    conditions = ConditionResolver(names, values, hours, diagnostics)
    templates = TemplateResolver(names, files, diagnostics, analyse)
    agents = AgentResolver(names, context, diagnostics)
    steps = StepResolver(values, templates, agents, diagnostics)
    groups = ConditionGroups()

    values.declared()
    conditions.declared()
    rules: dict[str, Rule] = {}
    fallbacks: dict[str, Fallback] = {}
    for declaration in declarations:
        with diagnostics.within(declaration.home):
            match declaration.node:
                case RuleNode() as node:
                    known = memory.recall(node, declaration.home) if memory is not None else None
                    if known is not None:
                        rule: Rule | None = known.rule
                        agents.recalled(known.rule)
                        place = diagnostics.place(node.name.span)
                        values.regexes.limit.count(known.in_expressions, place)
                        templates.limit.count(known.in_templates, place)
                    else:
                        wrong = diagnostics.error_count + agents.misnamed
                        before = values.regexes.limit.counted, templates.in_place
                        rule = _rule(node, declaration.home, conditions, groups, steps)
                        is_right = wrong == diagnostics.error_count + agents.misnamed
                        if rule is not None and memory is not None and is_right:
                            in_expressions = values.regexes.limit.counted - before[0]
                            memory.remember(
                                Remembered(node, rule, in_expressions, templates.in_place - before[1])
                            )
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
    agents.report()
    test_resolver = TestResolver(names, context, diagnostics, agents, values)
    tests: list[Test] = []
    titles: list[Title] = []
    for declaration in declarations:
        if isinstance(declaration.node, TestNode):
            with diagnostics.within(declaration.home):
                tests.append(test_resolver.resolve(declaration.node, declaration.home))
                title = declaration.node.title
                titles.append(Title(title.value, diagnostics.place(title.span)))
    hours.declared()
    templates.declared()
    inventory = Inventory(
        names,
        values.lists,
        values.comparisons,
        values.regexes.searched,
        hours.written,
        templates.uses,
        titles,
        test_resolver.given,
        steps.guards,
        steps.mentions,
        templates.with_braces,
    )
    rule_set = RuleSet(
        rules=tuple(rules.values()),
        otherwise=fallbacks.get("otherwise"),
        denied=fallbacks.get("denied"),
        tests=tuple(tests),
        zone=context.zone,
        entry=files.entry.name,
        fingerprint=files.fingerprint(),
        sources=diagnostics.sources,
        conditions={name: names.home("condition", name) for name in names.spaces.get("condition", {})},
        complete=files.complete and not any(isinstance(each.node, Unparsed) for each in declarations),
    )
    return rule_set, inventory


def _rule(
    node: RuleNode, home: Home, conditions: ConditionResolver, groups: ConditionGroups, steps: StepResolver
) -> Rule | None:
    condition = conditions.resolve(node.condition)
    set_by_condition = groups.of(condition) if condition is not None else UNKNOWN_GROUPS
    chains = steps.resolve(node.chains, "rule", set_by_condition)
    if condition is None or not chains:
        return None
    description = node.description.value if node.description is not None else None
    return Rule(home, node.name.span, node.name.value, description, node.shadow, condition, chains)
