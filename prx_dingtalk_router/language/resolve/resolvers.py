"""Everything that resolves the declarations of one set, put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.phrases import NameKind
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.resolve.agents import AgentResolver
from prx_dingtalk_router.language.resolve.conditions import ConditionResolver
from prx_dingtalk_router.language.resolve.hours import HoursResolver
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.steps import StepResolver
from prx_dingtalk_router.language.resolve.templates import Analyse, TemplateResolver
from prx_dingtalk_router.language.resolve.values import ValueResolver
from prx_dingtalk_router.language.ruleset import Chain, Rule
from prx_dingtalk_router.language.semantics.groups import UNKNOWN_GROUPS, ConditionGroups, Groups
from prx_dingtalk_router.language.source import Home
from prx_dingtalk_router.language.syntax.ast import Declaration, FallbackNode, RuleNode


class Resolvers:
    """Resolves rules and fallbacks, once everything that has a name is checked.

    Args:
        files: what was read.
        declarations: of these, in rule order.
        context: what the configuration says.
        diagnostics: where it is reported what is wrong.
        analyse: reads a template.
    """

    def __init__(
        self,
        files: FileSet,
        declarations: Sequence[Declaration],
        context: CheckContext,
        diagnostics: Diagnostics,
        analyse: Analyse,
    ) -> None:
        self.names = Names(diagnostics, complete=files.complete)
        self.names.declare(declarations)
        self.values = ValueResolver(self.names, files, diagnostics)
        self.hours = HoursResolver(self.names, context, diagnostics)
        self.conditions = ConditionResolver(self.names, self.values, self.hours, diagnostics)
        self.templates = TemplateResolver(self.names, files, diagnostics, analyse)
        self.agents = AgentResolver(self.names, context, diagnostics)
        self.steps = StepResolver(self.values, self.templates, self.agents, diagnostics)
        self._groups = ConditionGroups()
        self.values.declared()
        self.conditions.declared()

    def recall(self, uses: Iterable[Sequence[str]]) -> None:
        """Take note of what a rule uses that is not resolved again."""
        for use in uses:
            kind, name = use[0], use[1]
            self.names.used.add((cast("NameKind", kind), name))
            self.values.recall(use)

    def rule(self, node: RuleNode, home: Home) -> Rule | None:
        """Return a rule as far as it is right; the diagnostics stand at its home."""
        condition = self.conditions.resolve(node.condition)
        set_by_condition = self._groups.of(condition) if condition is not None else UNKNOWN_GROUPS
        chains = self.steps.resolve(node.chains, "rule", set_by_condition)
        if condition is None or not chains:
            return None
        description = node.description.value if node.description is not None else None
        return Rule(home, node.name.span, node.name.value, description, node.shadow, condition, chains)

    def fallback(self, node: FallbackNode) -> tuple[Chain, ...]:
        """Return the chains of ``otherwise`` or ``denied``."""
        return self.steps.resolve(node.chains, node.kind, Groups())
