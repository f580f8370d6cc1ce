"""What is promised about every acknowledged message, whatever went wrong."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from tests.e2e.chaos.chronicle import Asked, Chronicle, Shown
from tests.e2e.chaos.traffic import KINDS, MARK, Written, words_before

ON_ITS_WAY = 1.5
"""For so long a post of a killed router, or one that was cut off, may still come to be seen."""


@dataclass(frozen=True)
class Row:
    """How a message ended, as the journal has it."""

    state: str
    reason: str | None
    carrier: str | None
    arrival: int


@dataclass
class Report:
    """What became of it all."""

    faults: Counter[str]
    states: Counter[str] = field(default_factory=Counter)
    dead: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    merged: int = 0
    again: int = 0

    def __str__(self) -> str:
        return (
            f"{self.faults.total()} faults of {len(self.faults)} kinds, {self.states.total()} messages: "
            f"{dict(self.states)}; dropped as {dict(self.dropped)}; dead by {dict(self.dead)}; {self.turns} turns, "
            f"{self.merged} told together with others; lines seen again after they were cut off: {self.again}"
        )


class Checks:
    """Holds what was seen against what is promised.

    Args:
        written: by message id.
        rows: of the journal, by message id.
        chronicle: what was seen.
        lines: of a long answer.
        cuts: when posts were cut off, by a kill or on the wire (event loop time): begin and end.
    """

    def __init__(
        self,
        written: Mapping[str, Written],
        rows: Mapping[str, Row],
        chronicle: Chronicle,
        lines: int,
        cuts: Collection[tuple[float, float]],
    ) -> None:
        self._written = {each.number: each for each in written.values()}
        self._rows = {written[msg_id].number: row for msg_id, row in rows.items()}
        self._chronicle = chronicle
        self._lines = lines
        self._cuts = cuts
        self._shown: defaultdict[int, list[Shown]] = defaultdict(list)
        for line in chronicle.shown:
            for number in line.numbers:
                self._shown[number].append(line)

    def run(self, report: Report) -> Report:
        """Check everything."""
        assert set(self._rows) == set(self._written), "each message is kept"
        self._each_has_ended(report)
        self._in_the_right_conversation()
        self._asked_once(report)
        self._in_order()
        report.again = self._shown_once()
        return report

    def _each_has_ended(self, report: Report) -> None:
        for number, row in self._rows.items():
            written, kind = self._written[number], KINDS[self._written[number].kind]
            report.states[row.state] += 1
            said = frozenset(self._words(number))
            allowed = frozenset[str]().union(*kind.done)
            assert said <= allowed, (written, row, said)
            match row.state:
                case "done":
                    assert said in kind.done, (written, row, said)
                    if written.kind == "长":
                        found = self._long_lines(number)
                        assert found == [*range(1, self._lines + 1)], (written, found)
                    assert said or row.carrier or written.kind != "补", (written, row)
                    report.merged += row.carrier is not None
                case "dropped":
                    reason = (row.reason or "").partition('"word":"')[2].partition('"')[0]
                    assert reason in kind.dropped, (written, row)
                    report.dropped[reason] += 1
                case "dead":
                    assert row.reason, written
                    report.dead[row.reason.partition('"text":"')[2].partition('"')[0]] += 1
                case state:
                    raise AssertionError((written, state))

    def _words(self, number: int) -> list[str]:
        """The words before each mark of a message, as they were shown."""
        return [
            words_before(found, line.text)
            for line in self._shown[number]
            for found in MARK.finditer(line.text)
            if int(found[1]) == number and not self._is_carried(line, number)
        ]

    def _long_lines(self, number: int) -> list[int]:
        """The lines of a long answer, in the order in which they were first seen."""
        found = (
            int(line)
            for shown in self._shown[number]
            for of, line in MARK.findall(shown.text)
            if int(of) == number and line
        )
        return list(dict.fromkeys(found))

    def _is_carried(self, line: Shown, number: int) -> bool:
        return len(line.numbers) > 1 and line.numbers[0] != number

    def _in_the_right_conversation(self) -> None:
        for number, lines in self._shown.items():
            strange = [line for line in lines if line.conversation != self._written[number].conversation]
            assert strange == [], self._written[number]

    def _asked_once(self, report: Report) -> None:
        asked = [number for turn in self._chronicle.asked.values() for number in turn.numbers]
        assert [number for number, count in Counter(asked).items() if count > 1] == []
        report.turns = len(self._chronicle.asked)

    def _in_order(self) -> None:
        """One at a time, and no turn before that of a message that was written and stored before."""
        for session, turns in self._chronicle.by_session().items():
            for turn, following in itertools.pairwise(turns):
                assert turn.ended is not None, (session, turn)
                assert turn.ended <= following.began, (session, turn, following)
            for turn, later in itertools.combinations(turns, 2):
                # One that came late may find a later one dispatched already.
                earlier = self._written_at(later) < self._written_at(turn)
                assert not (earlier and self._arrival(later) < self._arrival(turn)), (session, turn, later)

    def _written_at(self, turn: Asked) -> int:
        return self._written[turn.numbers[0]].at

    def _arrival(self, turn: Asked) -> int:
        return self._rows[turn.numbers[0]].arrival

    def _shown_once(self) -> int:
        """How many lines were seen again: each because the post before it had been cut off."""
        again = 0
        for number, lines in self._shown.items():
            times: defaultdict[str, list[float]] = defaultdict(list)
            for line in lines:
                times[line.text].append(line.at)
            for text, seen in times.items():
                for first, second in itertools.pairwise(seen):
                    assert self._was_cut(first, second), (self._written[number], text[:80], seen)
                    again += 1
        return again

    def _was_cut(self, first: float, second: float) -> bool:
        return any(begin - ON_ITS_WAY <= second and first <= end + ON_ITS_WAY for begin, end in self._cuts)
