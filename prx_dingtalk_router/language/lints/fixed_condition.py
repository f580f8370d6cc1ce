"""Conditions that never hold, or hold for every message: told by trying every combination of their tests."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import product

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.resolve.ruleset import Resolved
from prx_dingtalk_router.language.ruleset import (
    Always,
    And,
    Compare,
    Condition,
    FlagIsSet,
    IsEmpty,
    Named,
    Not,
    OfPercent,
    Or,
)
from prx_dingtalk_router.language.semantics.message_view import SPOKEN_FIELD
from prx_dingtalk_router.language.semantics.normal_form import form
from prx_dingtalk_router.language.source import Source
from prx_dingtalk_router.text.spoken import without_any_final_marks

MAX_TESTS = 8
"""Conditions of more tests are not judged: each one doubles the combinations."""

Truth = Mapping[Hashable, bool]


def fixed_condition(
    resolved: Resolved, entry: Source, context: CheckContext, diagnostics: Diagnostics
) -> None:
    """Warn at the condition; a plain ``always`` says what it means and is let pass."""
    for rule in resolved.rules:
        fixed = outcome(rule.condition)
        if fixed is False:
            diagnostics.add("never-holds", rule.condition.span, name=rule.name)
        elif fixed is True and not _meant(rule.condition):
            diagnostics.add("always-holds", rule.condition.span, name=rule.name)


def outcome(condition: Condition) -> bool | None:
    """True when the condition holds for every message, False when for none, else ``None``: it depends, or is not known."""
    tests = {form(test): test for test in _tests(condition)}
    if len(tests) > MAX_TESTS:
        return None
    seen: set[bool] = set()
    for values in product((True, False), repeat=len(tests)):
        truth = dict(zip(tests, values, strict=True))
        if _possible(tests, truth):
            seen.add(_value(condition, truth))
            if len(seen) > 1:
                return None
    return seen.pop() if seen else False


def _meant(condition: Condition) -> bool:
    """Whether it is written to hold always: ``always``, ``100% of …``."""
    match condition:
        case Always() | OfPercent():
            return True
        case Named():
            return _meant(condition.inner)
        case _:
            return False


def _tests(condition: Condition) -> Iterator[Condition]:
    match condition:
        case Named() | Not():
            yield from _tests(condition.inner)
        case And() | Or():
            for part in condition.parts:
                yield from _tests(part)
        case Always():
            return
        case _:
            yield condition


def _value(condition: Condition, truth: Truth) -> bool:
    match condition:
        case Always():
            return True
        case Named():
            return _value(condition.inner, truth)
        case Not():
            return not _value(condition.inner, truth)
        case And():
            return all(_value(part, truth) for part in condition.parts)
        case Or():
            return any(_value(part, truth) for part in condition.parts)
        case _:
            return truth[form(condition)]


def _possible(tests: Mapping[Hashable, Condition], truth: Truth) -> bool:
    """Whether a message can have these truths: what contradicts itself is left out."""
    flags = {test.field.name: truth[key] for key, test in tests.items() if isinstance(test, FlagIsSet)}
    if flags.get("private") is not None and flags.get("private") == flags.get("group"):
        return False
    empty = {test.field.name: truth[key] for key, test in tests.items() if isinstance(test, IsEmpty)}
    if "external" in flags and empty.setdefault("sender", flags["external"]) != flags["external"]:
        return False
    exact: dict[str, set[str]] = {}
    for key, test in tests.items():
        match test:
            case OfPercent() if test.percent.hundredths == 10_000 and not truth[key]:
                return False
            case Compare() if truth[key]:
                if empty.get(test.field.name):
                    return False
                if test.operator in ("is", "in"):
                    name = test.field.name
                    literals = set(test.literals)
                    if (
                        name == SPOKEN_FIELD
                    ):  # several literals may be meant by one text, but for their punctuation
                        literals = set(map(without_any_final_marks, literals))
                    exact[name] = exact.get(name, literals) & literals
                    if not exact[name]:
                        return False
    return True
