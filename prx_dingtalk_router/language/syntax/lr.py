"""Lark's LALR automaton, driven with tokens of our own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from sys import intern
from typing import Any, NamedTuple, cast

from lark.parsers.lalr_analysis import Shift

from prx_dingtalk_router.language.syntax.grammar import grammar
from prx_dingtalk_router.language.syntax.lexer import Token
from prx_dingtalk_router.language.syntax.tree import Branch

END = Token("$END", "", 0, 0)


class _Reduction(NamedTuple):
    """What is made of a rule of the grammar that was recognised.

    Args:
        symbol: what the rule is a form of.
        size: how many symbols it has.
        kind: what its branch is called; ``None`` where its parts belong to what stands around it (``_items``).
        spread: the places of the parts that are several themselves.
        is_transparent: whether a single part stands for itself (``?expression``).
    """

    symbol: str
    size: int
    kind: str | None
    spread: tuple[int, ...]
    is_transparent: bool


class _Table(NamedTuple):
    """The states of the automaton, by their numbers.

    Args:
        actions: what each type of token means in a state: the state to go to, or a reduction.
        gotos: the state to go to with a symbol that was made by a reduction.
        start: the state before the first token.
    """

    actions: Sequence[dict[str, int | _Reduction]]
    gotos: Sequence[dict[str, int]]
    start: int


class Automaton:
    """Reads a declaration token by token, without making anything of it.

    Args:
        states: those that it is in, the innermost last; the one before the first token by default.
    """

    def __init__(self, states: Iterable[int] = ()) -> None:
        self._states = [*states] or [_table().start]

    def feed(self, kind: str) -> bool:
        """Go on with a token of this type; return False where none can stand.

        What a token before it would complete is completed by one that cannot stand there too.
        """
        table, states = _table(), self._states
        while True:
            action = table.actions[states[-1]].get(kind)
            if action is None:
                return False
            if isinstance(action, int):
                states.append(action)
                return True
            del states[-action.size :]
            states.append(table.gotos[states[-1]][action.symbol])

    def accepted(self) -> frozenset[str]:
        """Return the types of tokens that may stand next."""
        return _accepted(tuple(self._states))


@lru_cache(maxsize=1024)
def _accepted(states: tuple[int, ...]) -> frozenset[str]:
    found: set[str] = set()
    for kind in _table().actions[states[-1]]:
        automaton = Automaton(states)
        if automaton.feed(kind):
            found.add(kind)
    return frozenset(found)


def tree_of(tokens: Iterable[Token]) -> Branch | None:
    """Return the tree of a declaration; ``None`` where it is not in order."""
    actions, gotos, start = _table()
    states: list[int] = [start]
    values: list[Any] = []
    ahead = actions[start]
    for token in (*tokens, END):
        while True:
            action = ahead.get(token.type)
            if action is None:
                return None
            if isinstance(action, int):
                states.append(action)
                values.append(token)
                ahead = actions[action]
                break
            symbol, size, kind, spread, is_transparent = action
            if size > 1 or not is_transparent:
                parts = values[-size:]
                del values[-size:]
                if spread:
                    parts = _spread(parts, spread)
                if is_transparent and len(parts) == 1:
                    values.append(parts[0])
                else:
                    values.append(parts if kind is None else Branch(kind, parts))
            del states[-size:]
            state = gotos[states[-1]][symbol]
            states.append(state)
            ahead = actions[state]
    return cast("Branch", values[0])


def _spread(parts: list[Any], places: tuple[int, ...]) -> list[Any]:
    """Return parts with those at these places, which are several, put in one by one."""
    found: list[Any] = parts[0] if places[0] == 0 else [parts[0]]  # the former grows as a list is read
    for place, part in enumerate(parts[1:], 1):
        if place in places:
            found.extend(part)
        else:
            found.append(part)
    return found


@cache
def _table() -> _Table:
    """Return the parse table of the grammar, with what is made of each rule."""
    table = grammar().parser.parser.parser.parse_table
    reductions: dict[int, _Reduction] = {}
    actions: list[dict[str, int | _Reduction]] = [{} for _ in table.states]
    gotos: list[dict[str, int]] = [{} for _ in table.states]
    for state, row in table.states.items():
        for symbol, (action, target) in row.items():
            if action is not Shift:
                if id(target) not in reductions:
                    reductions[id(target)] = _reduction(target)
                actions[state][str(symbol)] = reductions[id(target)]
            elif symbol.isupper():
                actions[state][str(symbol)] = target
            else:
                gotos[state][intern(str(symbol))] = target
    end = table.end_states["start"]
    actions[end][END.type] = end
    return _Table(actions, gotos, table.start_states["start"])


def _reduction(rule: Any) -> _Reduction:
    """Return what is made of a rule of Lark's."""
    symbol = str(rule.origin.name)
    return _Reduction(
        intern(symbol),
        len(rule.expansion),
        None if symbol.startswith("_") else intern(str(rule.alias or symbol)),
        tuple(
            place
            for place, each in enumerate(rule.expansion)
            if not each.is_term and each.name.startswith("_")
        ),
        bool(rule.options.expand1 and not rule.alias),
    )
