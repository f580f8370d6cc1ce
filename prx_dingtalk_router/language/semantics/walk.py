"""The one way through a condition: its parts, and everything within it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from prx_dingtalk_router.language.diagnostics.phrases import NameKind
from prx_dingtalk_router.language.ruleset import And, Condition, Matches, Named, Not, Or
from prx_dingtalk_router.language.source import Home


def children(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that one is made of, in written order; a single test has none."""
    match condition:
        case And() | Or():
            return condition.parts
        case Not() | Named():
            return (condition.inner,)
        case _:
            return ()


def walk(condition: Condition, *, into_negations: bool = True) -> Iterator[Condition]:
    """Yield the condition and everything within it, in written order, parents first.

    What a name stands for is yielded once, at its first use: conditions that use one name twice, which uses another
    twice, would otherwise take for ever.

    Args:
        condition: where to begin.
        into_negations: whether to look into ``not``; the negation itself is yielded either way.
    """
    seen: set[str] = set()
    ahead = [condition]
    while ahead:
        this = ahead.pop()
        yield this
        if isinstance(this, Named):
            if this.name in seen:
                continue
            seen.add(this.name)
        if into_negations or not isinstance(this, Not):
            ahead.extend(reversed(children(this)))


class Asking:
    """Which conditions of a set ask for something; what a name stands for is looked at once for all of them.

    Args:
        kind: of the tests that are looked for.
    """

    def __init__(self, kind: type[Condition]) -> None:
        self._kind = kind
        self._named: dict[str, bool] = {}

    def __call__(self, condition: Condition) -> bool:
        """Return whether there is such a test in a condition."""
        if isinstance(condition, Named):
            if condition.name not in self._named:
                self._named[condition.name] = self(condition.inner)
            return self._named[condition.name]
        return isinstance(condition, self._kind) or any(map(self, children(condition)))


def positive_matches(condition: Condition) -> Iterator[Matches]:
    """Yield the ``matches`` tests outside any negation, in written order: where captures come from (section 5)."""
    return (each for each in walk(condition, into_negations=False) if isinstance(each, Matches))


def choices(
    conditions: Iterable[tuple[Home, Condition]], home_of: Callable[[NameKind, str], Home]
) -> Iterator[tuple[Home, Or]]:
    """Yield every ``or`` of some conditions with the declaration that it is written in, those of named conditions once.

    Args:
        conditions: each with the home of its declaration.
        home_of: tells where a declaration of a kind and name begins.
    """
    seen: set[str] = set()
    ahead = list(conditions)
    while ahead:
        home, this = ahead.pop()
        if isinstance(this, Or):
            yield home, this
        if isinstance(this, Named):
            if this.name in seen:
                continue
            seen.add(this.name)
            home = home_of("condition", this.name)
        ahead += ((home, each) for each in children(this))
