"""The rules by which a message was decided, where they are still to be had, and why they decided as they did."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.rules import check_sets
from prx_dingtalk_router.cli.workspace import Workspace
from prx_dingtalk_router.decision.fingerprint import short
from prx_dingtalk_router.decision.model import DENIED
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language import RuleSet, check_rules
from prx_dingtalk_router.matching import Baseline, Decision, Explanation, Router, explain

if TYPE_CHECKING:
    from prx_dingtalk_router.service.reload.kept_sets import KeptSets


@dataclass(frozen=True, slots=True)
class Then:
    """Why a decision was made.

    Attributes:
        explanation: None where nobody can tell, or no rule was asked.
        problem: why there is none, or what is to be minded about it.
    """

    explanation: Explanation | None = None
    problem: Text | None = None


class RulesThen:
    """Finds the rules of a decision by their fingerprint.

    Args:
        workspace: with the rules of now.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._routers: dict[str, Router | None] = {}

    def explain(self, decision: Decision) -> Then:
        """Why a decision was made."""
        if decision.by == DENIED or decision.message.notice is not None:
            return Then()  # no rule was asked
        if decision.rules not in self._routers:
            found = self._find(decision.rules)
            self._routers[decision.rules] = Router(found, self._baseline) if found is not None else None
        router = self._routers[decision.rules]
        if router is None:
            return Then(problem=self._missing(decision.rules))
        explanation = explain(router, decision.message)
        again = explanation.decision
        same = (again.by, again.via) == (decision.by, decision.via)
        return Then(explanation, None if same else text("cli.why.other-baseline"))

    def _find(self, fingerprint: str) -> RuleSet | None:
        current = self._current
        if current is not None and current.fingerprint == fingerprint:
            return current
        kept = self._kept
        record = next((each for each in kept.sets if each.fingerprint == fingerprint), None) if kept else None
        entry = kept.entry_of(record) if kept is not None and record is not None else None
        rules = check_rules(entry, self._workspace.context()).rules if entry is not None else None
        # With another configuration the same files may be another set.
        return rules if rules is not None and rules.fingerprint == fingerprint else None

    @cached_property
    def _kept(self) -> KeptSets | None:
        """The sets that were applied, as the router keeps them."""
        # Seldom asked for, and what keeps them brings the whole service with it.
        from prx_dingtalk_router.service.reload.kept_sets import KeptSets
        from prx_dingtalk_router.settings.kept_configuration import state_folder

        settings = self._workspace.settings
        folder = state_folder(settings.journal) if settings is not None else None
        return KeptSets(folder) if folder is not None else None

    @cached_property
    def _current(self) -> RuleSet | None:
        try:
            (result,) = check_sets([self._workspace.where()], self._workspace.context())
        except UsageError:
            return None
        return result.rules

    @cached_property
    def _baseline(self) -> Baseline:
        settings = self._workspace.settings
        return Baseline.of(settings) if settings is not None and self._workspace.has_baseline else Baseline()

    def _missing(self, fingerprint: str) -> Text:
        shown = short(fingerprint)
        if self._current is None:
            return text("cli.why.broken-rules", fingerprint=shown)
        current = short(self._current.fingerprint)
        return text("cli.why.no-rules", fingerprint=shown, current=current)
