"""``… not contains "a" or … not contains "b"``: it holds unless one message has both (language.md section 5)."""

from __future__ import annotations

from itertools import pairwise

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.not_or_not import NotOrNot
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import Compare, Condition, Not
from prx_dingtalk_router.language.semantics.walk import choices


def not_or_not(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the two tests, where one field is denied two values and either will do; exact values make what always holds."""
    for home, choice in choices(linted.conditions(), linted.inventory.names.home):
        for one, other in pairwise(choice.parts):
            denied = _denied(one)
            if denied is None or denied != _denied(other) or denied[1] == "in" or one == other:
                continue
            between = diagnostics.written(home.place(type(one.span)(one.span.end, other.span.start)))
            at = one.span.end + between.find("or") if between.strip() == "or" else None
            joint = home.place(type(one.span)(at, at + 2)) if at is not None else None
            diagnostics.add(NotOrNot(home.place(one.span.through(other.span)), denied[0], joint))


def _denied(condition: Condition) -> tuple[str, str] | None:
    """Return the field and the operator of a test that is denied."""
    if isinstance(condition, Not) and isinstance(condition.inner, Compare):
        test = condition.inner
        return test.field.name, "in" if test.operator == "is" else test.operator
    return None
