"""What the helper process keeps from one build to the next, so that an edit costs what it touches."""

from __future__ import annotations

from typing import Self

from prx_dingtalk_router.language import CheckCache
from prx_dingtalk_router.language.ruleset import Condition
from prx_dingtalk_router.language.semantics.witness import Witness
from prx_dingtalk_router.language.semantics.witnesses import Witnesses

Remembered = dict[tuple[int, bool], tuple[Condition, Witness]]
"""Witnesses by the id of a condition, which is kept along so that no other can have it, and whether it is negated."""


class RememberedWitnesses(Witnesses):
    """The witnesses of a set that shares conditions with the one before: those of the very same conditions are known.

    Args:
        before: of the set before.
    """

    def __init__(self, before: Remembered | None = None) -> None:
        super().__init__()
        self._before: Remembered = before or {}
        self._of: Remembered = {}

    def of(self, condition: Condition, *, negated: bool = False) -> Witness:
        """Return the witness of a condition, or of its negation."""
        key = id(condition), negated
        known = self._of.get(key) or self._before.get(key)
        if known is None:
            known = condition, super().of(condition, negated=negated)
        self._of[key] = known
        return known[1]

    def following(self) -> Self:
        """Return those of the next set."""
        following = type(self)(self._of)
        self._before = {}
        return following


class BuildCache:
    """Knows the set that was built last.

    Attributes:
        check: what is known of its declarations, rules and templates.
        witnesses: of its conditions.
    """

    def __init__(self) -> None:
        self.check = CheckCache()
        self.witnesses = RememberedWitnesses()

    def begin(self) -> None:
        """Begin another build."""
        self.witnesses = self.witnesses.following()

    def end(self) -> None:
        """Forget what that build did not ask for."""
        self.check.forget_unused()
