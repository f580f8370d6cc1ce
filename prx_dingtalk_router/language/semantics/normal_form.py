"""What a condition says, however it is written: the alternatives of claims by which it holds.

Conditions of the same normal form hold for the same messages. Named conditions are put in, negations pushed down to
single tests, and alternatives left out that no message can fulfil, so a condition without any holds for none. Percentages
depend on the rule that is decided, and so do normal forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import prod

from msgspec.structs import replace

from prx_dingtalk_router.language.ruleset import Always, And, Condition, Named, Not, OfPercent, Or, Rule
from prx_dingtalk_router.language.semantics.facts import Alternative, Facts, NormalForm, Whole
from prx_dingtalk_router.language.semantics.implication import consistent
from prx_dingtalk_router.language.semantics.walk import Asking, children

NEVER: NormalForm = frozenset()
"""Holds for no message."""
ALWAYS: NormalForm = frozenset({frozenset()})
"""Holds for every message."""

MAX_ALTERNATIVES = 32
MAX_CLAIMS = 1024
"""What ``and`` would multiply to more alternatives, or more claims in all, is kept whole, and so is a named condition of
more alternatives: it is known by being the same, and by what all its alternatives claim, but not taken apart."""


@dataclass(slots=True)
class NormalForms:
    """Works out normal forms over one table of facts, so that they can be compared."""

    facts: Facts = field(default_factory=Facts)
    _rules: dict[str, NormalForm] = field(default_factory=dict)
    _always: dict[str, bool] = field(default_factory=dict)
    _named: dict[tuple[str, str, bool], NormalForm] = field(default_factory=dict)
    _inner: dict[str, Condition] = field(default_factory=dict)
    _has_shares: Asking = field(default_factory=lambda: Asking(OfPercent))

    def of(self, condition: Condition, rule: str) -> NormalForm:
        """Return the normal form of a condition.

        Args:
            condition: that of a rule, or a part of it.
            rule: the name of the rule, which percentages depend on.
        """
        return self._form(condition, rule, so=True)

    def of_rule(self, rule: Rule) -> NormalForm:
        """Return the normal form of the condition of a rule, worked out once."""
        if rule.name not in self._rules:
            self._rules[rule.name] = self.of(rule.condition, rule.name)
        return self._rules[rule.name]

    def fixed(self, rule: Rule) -> bool | None:
        """Return True when a rule certainly holds for every message, False when for none, else None."""
        form = self.of_rule(rule)
        if len(form) <= 1:  # one alternative that claims anything depends on the message
            return form == ALWAYS if form in (ALWAYS, NEVER) else None
        if rule.name not in self._always:
            self._always[rule.name] = not self._form(rule.condition, rule.name, so=False)
        return True if self._always[rule.name] else None

    def _form(self, condition: Condition, rule: str, *, so: bool) -> NormalForm:
        """Return the form of a condition or, unless ``so``, of its negation."""
        match condition:
            case Always():
                return ALWAYS if so else NEVER
            case Not():
                return self._form(condition.inner, rule, so=not so)
            case Named():
                return self._of_named(condition, rule, so=so)
            case And() | Or():
                parts = [self._form(part, rule, so=so) for part in children(condition)]
                return self._all(parts) if isinstance(condition, And) is so else _any(parts)
            case _:
                claim = self.facts.claim(condition, rule)
                if claim is None:
                    return ALWAYS if so else NEVER
                return _only(claim if so else -claim)

    def _of_named(self, named: Named, rule: str, *, so: bool) -> NormalForm:
        """Return the form of a named condition: once for all rules, or for each if it holds percentages."""
        shares = self._has_shares(named)
        key = (named.name, rule if shares else "", so)
        if key not in self._named:
            inner = self._apart(named) if shares else named.inner
            form = self._form(inner, rule, so=so)
            if len(form) > MAX_ALTERNATIVES:
                whole = self.facts.number(Whole(form if so else self._form(inner, rule, so=True)))
                form = _only(whole if so else -whole)
            self._named[key] = form
        return self._named[key]

    def _apart(self, named: Named) -> Condition:
        """Return what a name stands for, with the parts that no percentage is in under names of their own."""
        if named.name not in self._inner:
            self._inner[named.name] = self._set_apart(named.inner, named.name)
        return self._inner[named.name]

    def _set_apart(self, condition: Condition, name: str) -> Condition:
        if not isinstance(condition, And | Or):
            return condition
        plain = [part for part in condition.parts if not self._has_shares(part)]
        others = [part for part in condition.parts if self._has_shares(part)]
        apart = [self._set_apart(part, f"{name}/{at}") for at, part in enumerate(others)]
        if plain:
            apart.append(Named(condition.span, f"{name}/", replace(condition, parts=tuple(plain))))
        return replace(condition, parts=tuple(apart))

    def _all(self, parts: Sequence[NormalForm]) -> NormalForm:
        """Return what holds where all of these hold."""
        if NEVER in parts:
            return NEVER
        alternatives = prod(map(len, parts))
        certain: set[int] = set()
        several: list[NormalForm] = []
        for part in sorted(parts, key=len, reverse=True):
            if len(part) == 1:
                certain.update(*part)
            elif alternatives > MAX_ALTERNATIVES or alternatives * len(parts) > MAX_CLAIMS:
                alternatives //= len(part)
                certain.add(self.facts.number(Whole(part)))
            else:
                several.append(part)
        found = {frozenset(certain)}
        for part in several:
            found = {one | other for one in found for other in part}
        return _absorbed(each for each in found if consistent(each, self.facts))


def _only(claim: int) -> NormalForm:
    """Return the form of one claim."""
    return frozenset({frozenset({claim})})


def _any(parts: Sequence[NormalForm]) -> NormalForm:
    """Return what holds where one of these holds."""
    return _absorbed(each for part in parts for each in part)


def _absorbed(alternatives: Iterable[Alternative]) -> NormalForm:
    """Alternatives without those that claim all that another claims, and more."""
    found = frozenset(alternatives)
    if frozenset() in found:
        return ALWAYS
    if len(found) > MAX_ALTERNATIVES:
        return found
    return frozenset(each for each in found if not any(other < each for other in found))
