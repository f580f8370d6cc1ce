"""Which rules take what other rules could take: found by what their alternatives claim, not by trying all pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import chain

from prx_dingtalk_router.language.semantics.consequences import Consequences
from prx_dingtalk_router.language.semantics.facts import Alternative, Facts, NormalForm, Whole


class Takers:
    """The rules that take messages, by their place in the file, entered in that order.

    Args:
        facts: the table of the forms.
        forms: the normal forms of all rules, those that take nothing too.
    """

    def __init__(self, facts: Facts, forms: Iterable[NormalForm]) -> None:
        self._facts = facts
        self._wholes = {
            number: fact for number in range(1, len(facts) + 1) if isinstance(fact := facts[number], Whole)
        }
        claimed = list(map(self._claimed, forms))
        self._uses = Counter(chain.from_iterable(claimed))
        self._consequences = Consequences(facts, claimed)
        self._taken: dict[int, list[tuple[Alternative, int]]] = {}
        self._within: dict[int, list[tuple[Alternative, int]]] = {}
        for number, whole in self._wholes.items():
            for alternative in whole.form:
                self._within.setdefault(self._rarest(alternative), []).append((alternative, number))

    def add(self, place: int, form: NormalForm) -> None:
        """Enter a rule that takes every message that fulfils its form, which is neither never nor always fulfilled."""
        for alternative in form:
            self._taken.setdefault(self._rarest(alternative), []).append((alternative, place))

    def before(self, form: NormalForm) -> tuple[int, ...]:
        """Return the rules entered so far that take every message of a form; none when that is not certain.

        One rule that takes all of them where there is one, else few that do it together; the earliest of several.
        """
        takers = [self._takers(alternative) for alternative in self._apart(form)]
        if not all(takers):
            return ()
        needed: set[int] = set()
        while takers:
            takes = Counter(place for each in takers for place in each)
            best = min(takes, key=lambda place: (-takes[place], place))
            needed.add(best)
            takers = [each for each in takers if best not in each]
        return tuple(sorted(needed))

    def _apart(self, form: NormalForm) -> Iterable[Alternative]:
        """Yield the alternatives of a form, those that are kept whole taken apart where they stand alone."""
        for alternative in form:
            only = next(iter(alternative)) if len(alternative) == 1 else -1
            fact = self._facts[only] if only > 0 else None
            yield from self._apart(fact.form) if isinstance(fact, Whole) else (alternative,)

    def _claimed(self, form: NormalForm) -> Collection[int]:
        """Return everything that a form claims, conditions kept whole with what they claim."""
        claims = frozenset[int]().union(*form)
        if self._wholes.keys().isdisjoint(map(abs, claims) if self._wholes else ()):
            return claims
        found: set[int] = set()
        ahead = list(claims)
        while ahead:
            claim = ahead.pop()
            if claim not in found:
                found.add(claim)
                whole = self._wholes.get(abs(claim))
                ahead += (inner for each in whole.form for inner in each) if whole is not None else ()
        return found

    def _takers(self, alternative: Alternative) -> set[int]:
        true = self._with_wholes(self._consequences.of(alternative))
        return {place for claim in true for claims, place in self._taken.get(claim, ()) if claims <= true}

    def _with_wholes(self, true: frozenset[int]) -> frozenset[int]:
        """Claims, and the conditions kept whole of which an alternative is among them."""
        while self._within:
            found = {
                number for claim in true for claims, number in self._within.get(claim, ()) if claims <= true
            } - true
            if not found:
                break
            true = true | self._consequences.of(frozenset(found))
        return true

    def _rarest(self, alternative: Alternative) -> int:
        return min(alternative, key=lambda claim: (self._uses[claim], claim))
