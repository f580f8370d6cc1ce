"""What follows from claims: of all facts that some conditions ask about, those that must be so, or not so, as well.

Facts are compared only where they share a literal, a regex or a percentage, which an index finds; the time grows
with what is written, not with the number of pairs.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from functools import reduce

from prx_dingtalk_router.language.ruleset import Compare, IsEmpty, Matches
from prx_dingtalk_router.language.semantics.facts import Alternative, Fact, Facts, Share, Whole
from prx_dingtalk_router.language.semantics.implication import excludes, implies
from prx_dingtalk_router.language.semantics.literal_index import LiteralIndex

MAX_TRIED = 64
"""Facts that share no literal are tried one by one: so many that are denied of a field somewhere, and so many searches in
an id. They are those of the first rules, all of each rule: which they are does not depend on their numbers."""


class Consequences:
    """What follows from claims about these facts.

    Args:
        facts: all of them; none may be added afterwards.
        claimed: what conditions claim, each in turn.
    """

    def __init__(self, facts: Facts, claimed: Iterable[Collection[int]] = ()) -> None:
        self._facts = facts
        self._known: dict[int, frozenset[int]] = {}
        self._literals: dict[tuple[str, str], LiteralIndex[int]] = {}
        self._alike: dict[Hashable, list[int]] = {}
        self._searches: dict[str, list[int]] = {}
        self._denied: dict[str, list[int]] = {}
        self._implied_by: dict[int, list[int]] = {}
        for number in range(1, len(facts) + 1):
            self._enter(number, facts[number])
        seen: set[int] = set()
        for claims in claimed:
            fresh = [claim for claim in claims if claim not in seen]
            seen.update(fresh)
            self._try(fresh)
        for number in (-claim for claim in seen if claim < 0):
            for other in self._implied(number):
                self._implied_by.setdefault(other, []).append(number)

    def of(self, alternative: Alternative) -> frozenset[int]:
        """Return all claims that are true wherever these are, themselves among them."""
        return frozenset().union(*map(self._of_claim, alternative))

    def _of_claim(self, claim: int) -> frozenset[int]:
        if claim not in self._known:
            self._known[claim] = frozenset({claim, *self._further(claim)})
        return self._known[claim]

    def _further(self, claim: int) -> Iterator[int]:
        if claim < 0:
            yield from (-number for number in self._implied_by.get(-claim, ()))
            return
        yield from self._implied(claim)
        fact = self._facts[claim]
        if isinstance(fact, Compare | Matches | IsEmpty):
            denied = self._denied.get(fact.field.name, ())
            yield from (-number for number in denied if excludes(fact, self._facts[number]))
        if isinstance(fact, Whole):
            yield from reduce(frozenset.__and__, map(self.of, fact.form))

    def _implied(self, number: int) -> set[int]:
        """Return the facts that are so wherever this one is."""
        fact = self._facts[number]
        return {
            other for other in self._candidates(fact) if other != number and implies(fact, self._facts[other])
        }

    def _try(self, claims: Iterable[int]) -> None:
        """Enter what has to be tried one by one, unless there is enough of it."""
        rooms: dict[int, bool] = {}
        for claim in claims:
            fact = self._facts[claim]
            if isinstance(fact, Matches) and fact.field.kind == "id":
                self._take(self._searches, fact.field.name, abs(claim), rooms)
            if claim < 0 and isinstance(fact, Compare | Matches | IsEmpty):
                self._take(self._denied, fact.field.name, -claim, rooms)

    def _take(self, tried: dict[str, list[int]], field: str, number: int, rooms: dict[int, bool]) -> None:
        numbers = tried.setdefault(field, [])
        if rooms.setdefault(id(numbers), len(numbers) < MAX_TRIED) and number not in numbers:
            numbers.append(number)

    def _enter(self, number: int, fact: Fact) -> None:
        match fact:
            case Compare(operator="contains all"):
                self._index(fact).add(max(fact.literals, key=len), number)
            case Compare():
                for literal in fact.literals:
                    self._index(fact).add(literal, number)
            case Matches():
                for regex in fact.regexes:
                    self._alike.setdefault((fact.field.name, regex), []).append(number)
            case Share():
                self._alike.setdefault((fact.rule, fact.subject), []).append(number)

    def _index(self, fact: Compare) -> LiteralIndex[int]:
        return self._literals.setdefault((fact.field.name, fact.operator), LiteralIndex())

    def _candidates(self, fact: Fact) -> Iterator[int]:
        """Yield the facts that this one may imply; it implies none of the others."""
        match fact:
            case Compare():
                # Of several literals, one that is found by itself must find what all of them find.
                literals = fact.literals if fact.operator == "contains all" else (self._telling(fact),)
                for literal in literals:
                    for (field, operator), index in self._literals.items():
                        if field == fact.field.name:
                            yield from _looked_up(index, operator, literal)
                if fact.field.kind == "id" and fact.operator == "in":
                    yield from self._searches.get(fact.field.name, ())
            case Matches():
                yield from self._alike[fact.field.name, fact.regexes[0]]
            case Share():
                yield from self._alike[fact.rule, fact.subject]

    def _telling(self, fact: Compare) -> str:
        """Return the literal of a comparison by which the fewest facts are found."""
        exact = self._literals.get((fact.field.name, "in"))
        return min(fact.literals, key=lambda each: (len(exact.equal(each)) if exact else 0, len(each)))


def _looked_up(index: LiteralIndex[int], operator: str, literal: str) -> Iterable[int]:
    match operator:
        case "in":
            return index.equal(literal)
        case "starts with" | "starts with word":
            return index.beginning(literal)
        case "ends with":
            return index.ending(literal)
        case _:
            return index.within(literal)
