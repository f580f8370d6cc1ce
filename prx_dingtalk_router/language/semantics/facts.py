"""Facts about a message: what single tests ask, each numbered once, however often and wherever it is written.

``n`` claims that fact ``n`` is so of a message, ``-n`` that it is not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

from msgspec.structs import replace

from prx_dingtalk_router.language.percentage import BUCKETS
from prx_dingtalk_router.language.ruleset import (
    Compare,
    During,
    FlagIsSet,
    IsEmpty,
    Matches,
    OfPercent,
    Subject,
)
from prx_dingtalk_router.message import FIELDS

Alternative = frozenset[int]
"""Claims that are true together."""

NormalForm = frozenset[Alternative]
"""Alternatives, one of which is true."""


@dataclass(frozen=True, slots=True)
class Share:
    """Who is inside a percentage of one rule; that of another rule is another fact."""

    rule: str
    subject: Subject
    hundredths: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A condition of many alternatives, kept whole."""

    form: NormalForm


Fact = Compare | Matches | FlagIsSet | IsEmpty | During | Share | Whole
Test = Compare | Matches | FlagIsSet | IsEmpty | During | OfPercent

OPPOSITES = {"private": "group"}
"""Flags that are set exactly when another is not."""


@dataclass(slots=True)
class Facts:
    """The facts that the conditions of one or several sets ask about, numbered from 1."""

    _facts: list[Fact] = field(default_factory=list)
    _numbers: dict[Hashable, int] = field(default_factory=dict)
    _literals: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def numbered(cls, facts: Iterable[Fact]) -> Self:
        """Return a table of facts that have their numbers already, from 1."""
        found = list(facts)
        return cls(found, {_key(fact): number for number, fact in enumerate(found, 1)})

    def __len__(self) -> int:
        return len(self._facts)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    def __getitem__(self, claim: int) -> Fact:
        """Return the fact that a claim is about."""
        return self._facts[abs(claim) - 1]

    def number(self, fact: Fact) -> int:
        """Return the number of a fact, a new one at its first use."""
        known = self._numbers.setdefault(_key(fact), len(self._facts) + 1)
        if known > len(self._facts):
            self._facts.append(fact)
        return known

    def claim(self, test: Test, rule: str) -> int | None:
        """Return what a test claims when ``rule`` is decided; None when it holds for every message.

        Tests that say the same in other words claim the same: ``is`` and ``in``, ``private`` and not ``group``,
        ``external`` and ``sender is empty``, lists in another order.
        """
        match test:
            case FlagIsSet() if test.field.name in OPPOSITES:
                return -self.number(replace(test, field=FIELDS[OPPOSITES[test.field.name]]))
            case FlagIsSet() if test.field.name == "external":
                return self.number(IsEmpty(test.span, FIELDS["sender"]))
            case OfPercent() if test.percent.hundredths == BUCKETS:
                return None
            case OfPercent():
                return self.number(Share(rule, test.subject, test.percent.hundredths))
            case Compare():
                literals = self._in_order(test.literals)
                operator = "in" if test.operator == "is" else test.operator
                if operator == "contains all" and len(literals) == 1:
                    operator = "contains"
                return self.number(replace(test, operator=operator, literals=literals))
            case Matches():
                ordered = sorted(set(test.regexes), key=lambda each: (each.source, each.ignore_case))
                return self.number(replace(test, regexes=tuple(ordered)))
            case _:
                return self.number(test)

    def _in_order(self, literals: tuple[str, ...]) -> tuple[str, ...]:
        """Literals sorted, each once; lists that many rules share are sorted once."""
        known = self._literals.get(id(literals))
        if known is None or known[0] is not literals:
            known = self._literals[id(literals)] = (literals, tuple(sorted(set(literals))))
        return known[1]


def _key(fact: Fact) -> Hashable:
    """Return what is the same for facts that are the same, and quick to compare."""
    match fact:
        case Compare():
            return fact.operator, fact.field.name, fact.literals
        case Matches():
            return fact.field.name, fact.regexes
        case _:
            return fact
