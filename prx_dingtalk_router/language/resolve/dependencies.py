"""Which names refer to which: the order in which they can be resolved one by one, and the circles among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

SHOWN_LINKS = 8
"""A longer circle is shown by its ends."""


@dataclass(frozen=True, slots=True)
class Order:
    """``names``: each after those that it refers to. ``circles``: for a reference that closes one, how it goes."""

    names: tuple[str, ...]
    circles: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def circle(self, home: str | None, name: str) -> str | None:
        """Return the circle that the reference to ``name`` in the declaration of ``home`` closes, as people read it."""
        links = self.circles.get((home, name)) if home is not None else None
        if links is None:
            return None
        if len(links) > SHOWN_LINKS:
            links = (*links[: SHOWN_LINKS // 2], "…", *links[-(SHOWN_LINKS // 2) :])
        return " → ".join(links)


def dependency_order(references: Mapping[str, Sequence[str]]) -> Order:
    """Order names after what they refer to; every name and every reference is looked at once.

    Args:
        references: for each name, the names that its declaration holds; others than the keys are passed over.
    """
    done: dict[str, None] = {}
    circles: dict[tuple[str, str], tuple[str, ...]] = {}
    for first in references:
        if first in done:
            continue
        path: dict[str, Iterator[str]] = {first: iter(references[first])}
        while path:
            home = next(reversed(path))
            following = next((name for name in path[home] if name in references and name not in done), None)
            if following is None:
                done[home] = None
                del path[home]
            elif following in path:
                links = list(path)
                circles[home, following] = (*links[links.index(following) :], following)
            else:
                path[following] = iter(references[following])
    return Order(tuple(done), circles)
