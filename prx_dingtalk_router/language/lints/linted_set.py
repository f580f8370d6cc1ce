"""What lints look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.resolve.inventory import Inventory
from prx_dingtalk_router.language.resolve.settled_rules import Settled
from prx_dingtalk_router.language.resolve.settled_set import SettledSet
from prx_dingtalk_router.language.ruleset import Condition, During, Rule, RuleSet
from prx_dingtalk_router.language.semantics.facts import NormalForm
from prx_dingtalk_router.language.semantics.normal_form import ALWAYS, NormalForms
from prx_dingtalk_router.language.semantics.walk import Asking
from prx_dingtalk_router.language.semantics.witnesses import Witnesses, quick_regex_witness
from prx_dingtalk_router.language.source import Home

AnyRule = Rule | Settled


@dataclass(slots=True)
class LintedSet:
    """A set as far as it could be resolved, what it is made of, and its surroundings; normal forms are shared by all lints.

    ``rules.rules`` and the inventory have no settled rules: a lint that looks at single rules has nothing to find there. One
    that compares rules goes through ``in_order``.
    """

    rules: RuleSet
    inventory: Inventory
    context: CheckContext
    settled: SettledSet | None = None
    forms: NormalForms = field(init=False)
    witnesses: Witnesses = field(default_factory=lambda: Witnesses(quick_regex_witness))
    """For those who only ask which conditions have some."""
    asked: dict[str, bool] = field(default_factory=dict)
    """By the names of rules: whether nothing in a message can tell that a rule need not be asked."""
    asks_time: Asking = field(default_factory=lambda: Asking(During))
    is_whole: bool = True
    """False when a lint met a limit, so that what it finds depends on more than what it looks at."""

    def __post_init__(self) -> None:
        self.forms = NormalForms(self.settled.facts) if self.settled is not None else NormalForms()

    @property
    def in_order(self) -> Sequence[AnyRule]:
        """All rules, in the order in which they are asked."""
        if self.settled is not None and self.settled.has_recalled:
            return self.settled.order
        return self.rules.rules

    def form(self, rule: AnyRule) -> NormalForm:
        """Return the normal form of the condition of a rule."""
        return rule.known.form if isinstance(rule, Settled) else self.forms.of_rule(rule)

    def always_holds(self, rule: AnyRule) -> bool:
        """Return whether a rule certainly holds for every message."""
        if isinstance(rule, Settled):  # any other that always holds is warned of, and not settled
            return rule.known.form == ALWAYS
        return self.forms.fixed(rule) is True

    def thawed(self, rule: AnyRule) -> Rule:
        """Return a rule with all that it is made of."""
        if isinstance(rule, Rule):
            return rule
        assert self.settled is not None
        return self.settled.thawed(rule)

    def conditions(self) -> Iterator[tuple[Home, Condition]]:
        """Yield the conditions of rules, each with its home; of settled rules only what they name, which has other homes."""
        yield from ((rule.home, rule.condition) for rule in self.rules.rules)
        if self.settled is not None:
            yield from ((Home(self.rules.entry, 0), named) for named in self.settled.conditions())

    def agents(self) -> frozenset[str]:
        """Return the agents that steps name."""
        named = self.rules.agents()
        return named if self.settled is None else named.union(self.settled.agents())
