"""Which captures a condition gives: those that it can set, and those that it sets however it is fulfilled (section 5)."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec import Struct

from prx_dingtalk_router.language.ruleset import And, Condition, Matches, Named, Or
from prx_dingtalk_router.language.semantics.walk import children


class Groups(Struct, frozen=True):
    """The groups that a rule's condition can set, and those that it sets however it is fulfilled."""

    possible: frozenset[str] = frozenset()
    certain: frozenset[str] = frozenset()
    known: bool = True
    """False when the condition is wrong itself, so that its groups cannot be told."""


NO_GROUPS = Groups()

UNKNOWN_GROUPS = Groups(known=False)
"""The groups of a condition that could not be resolved: whatever a template asks for is let pass."""


@dataclass(slots=True)
class ConditionGroups:
    """Finds the groups of the conditions of one set; what a name stands for is looked at once."""

    _named: dict[str, Groups] = field(default_factory=dict)

    def of(self, condition: Condition) -> Groups:
        """Return the groups of a condition; negations set none."""
        match condition:
            case Matches():
                possible = [frozenset(regex.group_names) for regex in condition.regexes]
                certain = [regex.certain_groups for regex in condition.regexes]
                return Groups(frozenset().union(*possible), frozenset.intersection(*certain))
            case Named():
                if condition.name not in self._named:
                    self._named[condition.name] = self.of(condition.inner)
                return self._named[condition.name]
            case And() | Or():
                parts = [self.of(part) for part in children(condition)]
                if not any(part.possible for part in parts):
                    return NO_GROUPS
                certain = [part.certain for part in parts]
                return Groups(
                    frozenset().union(*(part.possible for part in parts)),
                    frozenset().union(*certain)
                    if isinstance(condition, And)
                    else frozenset.intersection(*certain),
                )
            case _:
                return NO_GROUPS
