"""What an index can know beforehand: a cheap test that every message fulfils for which a condition holds.

A witness is plain data. It may be fulfilled where the condition does not hold, never the other way round: the negation of
a test is no witness, ``and`` has that of its best part, ``or`` those of all its parts together.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.message import FIELDS, Field
from prx_dingtalk_router.regex.engine import Regex

MOST_CLUES = 1024
"""A condition with more clues is asked about every message."""
MOST_STATES = 16
"""Ways in which flags may be set, of one witness."""


class Holds(Struct, frozen=True):
    """A field holds one of these literals, in its scanned form (``MessageView.forms``)."""

    field: str
    literals: tuple[str, ...]


class Equals(Struct, frozen=True):
    """A field, as literals are compared with it, is one of these; ``spoken`` if final marks do not count in spoken texts."""

    field: str
    values: tuple[str, ...]
    spoken: bool = False


class Found(Struct, frozen=True):
    """A regex is found in a field; told by a set of regexes."""

    field: str
    regex: Regex


Clue = Holds | Equals | Found


class State(Struct, frozen=True):
    """Flags that are set and flags that are not, as bits of ``STATE_BITS``; an empty field is a flag here as well."""

    on: int = 0
    off: int = 0

    def fits(self, state: int) -> bool:
        """Return whether a message in this state fulfils it."""
        return state & self.on == self.on and not state & self.off


TOLD_BY_OTHERS = frozenset({"group", "external"})
"""``group`` is not ``private``, and ``external`` is an empty ``sender``."""

STATE_BITS: dict[str, int] = {
    name: 1 << number for number, name in enumerate(name for name in FIELDS if name not in TOLD_BY_OTHERS)
}
"""The bit of each flag; that of a field says that it is empty."""


def bits_of(states: Iterable[State]) -> tuple[tuple[int, Field], ...]:
    """Return the bits that states speak of, each with the field that tells it."""
    bits = 0
    for state in states:
        bits |= state.on | state.off
    return tuple((bit, FIELDS[name]) for name, bit in STATE_BITS.items() if bits & bit)


def state_of(view: MessageView, bits: Iterable[tuple[int, Field]]) -> int:
    """Return those bits that are set for a message, of ``bits``."""
    state = 0
    for bit, field in bits:
        if field.flag(view.message) if field.kind == "flag" else not view.forms(field).folded:
            state |= bit
    return state


class Witness(Struct, frozen=True):
    """One of the clues is found, or the flags are as one of the states says; with neither, the condition cannot hold.

    Args:
        clues: what is looked up in the message.
        states: of the flags.
        chance: a guess at the share of messages that fulfil it, 0 to 1.
    """

    clues: tuple[Clue, ...]
    states: tuple[State, ...]
    chance: float


ANY = Witness((), (State(),), 1.0)
"""Fulfilled by every message."""
NONE = Witness((), (), 0.0)
"""Fulfilled by no message."""


def of_state(state: State) -> Witness:
    """Return the witness that is a state of flags."""
    return Witness((), (state,), 0.5 ** (state.on.bit_count() + state.off.bit_count()))


def of_clue(clue: Clue) -> Witness:
    """Return the witness that is one clue."""
    return Witness((clue,), (), chance_of(clue))


def one_of(parts: Iterable[Witness]) -> Witness:
    """Return the witness of ``or``."""
    clues: dict[int, Clue] = {}
    states: dict[State, None] = {}
    chance = 0.0
    for part in parts:
        clues.update((id(clue), clue) for clue in part.clues)
        states.update(dict.fromkeys(part.states))
        chance += part.chance
    if State() in states or len(clues) > MOST_CLUES or len(states) > MOST_STATES:
        return ANY
    return Witness(tuple(clues.values()), tuple(states), min(chance, 1.0))


def best_of(parts: Iterable[Witness]) -> Witness:
    """Return the witness of ``and``: the best of those of its parts, where all states of flags together are one."""
    states: tuple[State, ...] = (State(),)
    best: Witness | None = None
    for part in parts:
        if part.clues or not part.states:
            best = part if best is None or part.chance < best.chance else best
        else:
            states = _together(states, part.states)
    together = Witness((), states, sum(of_state(each).chance for each in states))
    return together if best is None or together.chance < best.chance else best


def _together(some: tuple[State, ...], others: tuple[State, ...]) -> tuple[State, ...]:
    """Return the states of flags that are among both; if they are too many, those that are among the first."""
    both = dict.fromkeys(State(one.on | other.on, one.off | other.off) for one in some for other in others)
    possible = tuple(state for state in both if not state.on & state.off)
    return possible if len(possible) <= MOST_STATES else some


_UNSELECTIVE = frozenset({"type", "robot", "corp"})
"""Ids that many messages have in common."""


_CHANCES = tuple(10 ** (-length / 2) for length in range(9))


def chance_of(clue: Clue) -> float:
    """Return a guess at the share of messages in which a clue is found, 0 to 1."""
    match clue:
        case Holds():
            return chance_of_one(clue.literals)
        case Equals():
            return min((0.3 if clue.field in _UNSELECTIVE else 0.0005) * len(clue.values), 1.0)
        case Found():
            return 0.02


def chance_of_one(literals: Iterable[str]) -> float:
    """Return a guess at the share of texts that hold at least one of these literals."""
    return min(sum(map(chance_of_literal, literals)), 1.0)


def chance_of_literal(literal: str) -> float:
    """Return a guess at the share of texts that hold a literal, by its bytes: an ideograph says as much as three letters."""
    return _CHANCES[min(len(literal.encode("utf-8", "surrogatepass")), len(_CHANCES) - 1)]
