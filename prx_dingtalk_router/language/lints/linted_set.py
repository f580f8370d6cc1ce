"""What lints look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.resolve.ruleset import Resolved
from prx_dingtalk_router.language.semantics.normal_form import NormalForms
from prx_dingtalk_router.language.source import Source


@dataclass(frozen=True, slots=True)
class LintedSet:
    """A set as far as it could be resolved, its entry file and its surroundings; normal forms are shared by all lints."""

    resolved: Resolved
    entry: Source
    context: CheckContext
    forms: NormalForms = field(default_factory=NormalForms)
