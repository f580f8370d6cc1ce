"""Where people began anew: which ``forget`` an entry sees (language.md section 7)."""

from __future__ import annotations

import bisect
from collections import Counter
from dataclasses import dataclass

from prx_dingtalk_router.delivery.journal.entry import Generation, Person, StepRef


@dataclass(frozen=True, slots=True, order=True)
class Forget:
    """One ``forget``: by the step of which entry, its number in the conversation, and how many it stands for."""

    arrival: int
    number: int
    step: StepRef
    count: int = 1


class Forgets:
    """Every ``forget``, by person."""

    def __init__(self) -> None:
        self._made: dict[Person, list[Forget]] = {}
        self._conversations: Counter[tuple[str, str]] = Counter()

    def next(self, person: Person, arrival: int, step: StepRef) -> Forget | None:
        """The one to be added for a step; None if it was before."""
        if any((each.arrival, each.step) == (arrival, step) for each in self._made.get(person, ())):
            return None
        return Forget(arrival, self._conversations[person.robot, person.conversation] + 1, step)

    def add(self, person: Person, forget: Forget) -> None:
        """Note one that was kept."""
        where = (person.robot, person.conversation)
        self._conversations[where] = max(self._conversations[where], forget.number)
        bisect.insort(self._made.setdefault(person, []), forget)

    def generation(self, person: Person, arrival: int) -> Generation:
        """See ``Journal.generation``."""
        seen = [each for each in self._made.get(person, ()) if each.arrival <= arrival]
        return Generation(sum(each.count for each in seen), seen[-1].number if seen else 0)
