"""The whole set: all declarations resolved, in one order."""

from __future__ import annotations

from dataclasses import dataclass, field

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.declared_twice import DeclaredTwice
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.resolve.inventory import Inventory, Title
from prx_dingtalk_router.language.resolve.resolvers import Resolvers
from prx_dingtalk_router.language.resolve.rule_memory import Remembered, RuleMemory
from prx_dingtalk_router.language.resolve.settled_set import Candidate, SettledSet
from prx_dingtalk_router.language.resolve.templates import Analyse
from prx_dingtalk_router.language.resolve.tests import TestResolver
from prx_dingtalk_router.language.ruleset import Fallback, Rule, RuleSet, Test
from prx_dingtalk_router.language.source import Home
from prx_dingtalk_router.language.syntax.ast import FallbackNode, RuleNode, TestNode, Unparsed
from prx_dingtalk_router.templates import analyse_template


@dataclass(slots=True)
class _Resolved:
    """What came of declarations so far."""

    rules: dict[str, Rule] = field(default_factory=dict)
    fallbacks: dict[str, Fallback] = field(default_factory=dict)
    tests: list[Test] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)


def resolve(
    files: FileSet,
    context: CheckContext,
    diagnostics: Diagnostics,
    analyse: Analyse = analyse_template,
    memory: RuleMemory | None = None,
    settled: SettledSet | None = None,
) -> tuple[RuleSet, Inventory]:
    """Resolve every declaration that could be parsed, reporting all that is wrong; what is wrong is left out.

    Args:
        files: what was read.
        context: what the configuration says.
        diagnostics: where it is reported what is wrong.
        analyse: reads a template.
        memory: knows rules that need not be resolved again; the inventory is then not complete.
        settled: knows rules that are left out, and is told about the others; the set is then for lints alone.
    """
    declarations = files.in_rule_order()
    if memory is not None:
        memory.enter(files, declarations, context)
    resolvers = Resolvers(files, declarations, context, diagnostics, analyse)
    if settled is not None:
        settled.enter(resolvers, declarations)
    found = _Resolved()
    for declaration in declarations:
        with diagnostics.within(declaration.home):
            match declaration.node:
                case RuleNode() as node:
                    if settled is not None and settled.recall(node, declaration.home):
                        continue
                    rule = _rule(node, declaration.home, resolvers, memory, settled)
                    if rule is not None:
                        found.rules.setdefault(rule.name, rule)
                case FallbackNode() as node:
                    _fallback(node, declaration.home, resolvers, found.fallbacks)
                case _:
                    pass
    resolvers.agents.report()
    test_resolver = TestResolver(resolvers.names, context, diagnostics, resolvers.agents, resolvers.values)
    for declaration in declarations:
        if isinstance(declaration.node, TestNode):
            with diagnostics.within(declaration.home):
                found.tests.append(test_resolver.resolve(declaration.node, declaration.home))
                title = declaration.node.title
                found.titles.append(Title(title.value, diagnostics.place(title.span)))
    resolvers.hours.declared()
    resolvers.templates.declared()
    inventory = Inventory(
        resolvers.names,
        resolvers.values.lists,
        resolvers.values.comparisons,
        resolvers.values.regexes.searched,
        resolvers.hours.written,
        resolvers.templates.uses,
        found.titles,
        test_resolver.given,
        resolvers.steps.guards,
        resolvers.steps.mentions,
        resolvers.agents.named,
        resolvers.templates.with_braces,
    )
    rule_set = RuleSet(
        rules=tuple(found.rules.values()),
        otherwise=found.fallbacks.get("otherwise"),
        denied=found.fallbacks.get("denied"),
        tests=tuple(found.tests),
        zone=context.zone,
        entry=files.entry.name,
        fingerprint=files.fingerprint(),
        sources=diagnostics.sources,
        conditions={
            name: resolvers.names.home("condition", name)
            for name in resolvers.names.spaces.get("condition", {})
        },
        complete=files.complete and not any(isinstance(each.node, Unparsed) for each in declarations),
    )
    return rule_set, inventory


def _rule(
    node: RuleNode,
    home: Home,
    resolvers: Resolvers,
    memory: RuleMemory | None,
    settled: SettledSet | None,
) -> Rule | None:
    """Return a rule as far as it is right; tell those who remember rules about one that is."""
    diagnostics, agents = resolvers.names.diagnostics, resolvers.agents
    in_expressions, in_templates = resolvers.values.regexes.limit, resolvers.templates.limit
    known = memory.recall(node, home) if memory is not None else None
    if known is not None:
        agents.recalled(known.rule)
        place = diagnostics.place(node.name.span)
        in_expressions.count(known.in_expressions, place)
        in_templates.count(known.in_templates, place)
        return known.rule
    wrong = diagnostics.error_count + agents.misnamed
    before = in_expressions.counted, resolvers.templates.in_place
    uses = resolvers.names.noting()
    rule = resolvers.rule(node, home)
    if rule is None:
        return None
    counted = in_expressions.counted - before[0], resolvers.templates.in_place - before[1]
    is_right = wrong == diagnostics.error_count + agents.misnamed
    if memory is not None and is_right:
        memory.remember(Remembered(node, rule, *counted))
    if settled is not None:
        settled.add(rule, Candidate(node, rule, uses, *counted) if is_right else None)
    return rule


def _fallback(node: FallbackNode, home: Home, resolvers: Resolvers, fallbacks: dict[str, Fallback]) -> None:
    """Enter ``otherwise`` or ``denied``, unless there is one."""
    earlier = fallbacks.get(node.kind)
    if earlier is not None:
        diagnostics = resolvers.names.diagnostics
        diagnostics.add(DeclaredTwice(node.keyword, "declaration", node.kind, earlier.place))
        return
    fallbacks[node.kind] = Fallback(home, node.keyword, resolvers.fallback(node))
