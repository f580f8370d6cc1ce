"""The index of a set: the rules that may hold for a message, in file order, without asking the others."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence

from prx_dingtalk_router.language.ruleset import Rule
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.witness import Clue, State, bits_of, state_of
from prx_dingtalk_router.language.semantics.witnesses import Witnesses
from prx_dingtalk_router.matching.field_index import FieldIndex, Posting

MOST_STATES_KEPT = 64
"""States of flags for which the rules that may hold are remembered."""


FEW = 64
"""So many rules that are asked about every message are sorted among the others; more are not gone through beforehand."""


class CandidateIndex:
    """Names the rules that may hold for a message; those left out certainly do not.

    It is plain data but for what is compiled from it when it is first asked, or by ``prepare``: it can be pickled, and
    decides the same in another process.

    Args:
        rules: of a set, in file order.
        witnesses: of their conditions, where some are known already.
    """

    def __init__(self, rules: Sequence[Rule], witnesses: Witnesses | None = None) -> None:
        witnesses = witnesses or Witnesses()
        named: dict[int, tuple[Clue, list[int]]] = {}
        self._stated: list[tuple[int, tuple[State, ...]]] = []
        for number, rule in enumerate(rules):
            witness = witnesses.of(rule.condition)
            for clue in witness.clues:
                named.setdefault(id(clue), (clue, []))[1].append(number)
            if witness.states:
                self._stated.append((number, witness.states))
        by_field: dict[str, list[tuple[Clue, list[int]]]] = {}
        for clue, numbers in named.values():
            by_field.setdefault(clue.field, []).append((clue, numbers))
        self._fields = tuple(FieldIndex(name, clues) for name, clues in by_field.items())
        self._bits = bits_of(state for _, states in self._stated for state in states)
        self._by_state: dict[int, tuple[int, ...]] = {}

    @property
    def always_asked(self) -> tuple[int, ...]:
        """The numbers of the rules that no clue names: they are asked about every message whose flags allow it."""
        return tuple(number for number, _ in self._stated)

    def prepare(self) -> Iterator[None]:
        """Compile what is compiled, in pieces, so that no message waits for it."""
        for field in self._fields:
            yield from field.prepare()

    def candidates(self, view: MessageView) -> Iterable[int]:
        """Return the numbers of the rules that may hold, in order, each once."""
        postings: list[Posting] = []
        for field in self._fields:
            field.look_up(view, postings)
        if not self._stated:
            return _united(postings)
        stated = self._of_state(state_of(view, self._bits) if self._bits else 0)
        if not postings:
            return stated
        if len(stated) < FEW:
            return _united([*postings, stated])
        return _merged(_united(postings), stated)

    def _of_state(self, state: int) -> tuple[int, ...]:
        """The rules that may hold for messages in a state, whatever they say."""
        known = self._by_state.get(state)
        if known is None:
            if len(self._by_state) >= MOST_STATES_KEPT:
                self._by_state.clear()
            known = self._by_state[state] = tuple(
                number for number, states in self._stated if any(each.fits(state) for each in states)
            )
        return known


def _united(postings: Sequence[Posting]) -> Sequence[int]:
    """The numbers of all postings, in order, each once."""
    if len(postings) == 1:
        return postings[0]
    return sorted(set().union(*postings)) if postings else ()


def _merged(some: Sequence[int], others: Sequence[int]) -> Iterator[int]:
    last = -1
    for number in heapq.merge(some, others):
        if number != last:
            yield number
        last = number
