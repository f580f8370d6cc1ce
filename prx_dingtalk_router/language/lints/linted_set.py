"""What lints look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.resolve.inventory import Inventory
from prx_dingtalk_router.language.ruleset import RuleSet
from prx_dingtalk_router.language.semantics.normal_form import NormalForms


@dataclass(frozen=True, slots=True)
class LintedSet:
    """A set as far as it could be resolved, what it is made of, and its surroundings; normal forms are shared by all lints."""

    rules: RuleSet
    inventory: Inventory
    context: CheckContext
    forms: NormalForms = field(default_factory=NormalForms)
