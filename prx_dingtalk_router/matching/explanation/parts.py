"""The single tests of a condition, with what they said of a message, and what could be changed about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prx_dingtalk_router.language.ruleset import Condition

ChangeKind = Literal["add", "remove", "operator", "case", "flag", "hours", "percent", "drop"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of a field that a test found.

    Args:
        value: the literal that is found there, or what a regex found.
        typed: what was typed there; empty where nobody can tell.
        start: where that begins in the field as it is shown, in code points.
        end: where it ends.
    """

    value: str
    typed: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A single test of a condition, and what it said of the message.

    Args:
        test: as checked.
        written: how it is written.
        wanted: what the rule wants it to say: False within a negation.
        value: what it says.
        conditions: the named conditions within which it stands, from the outside.
        source: the list, pattern or hours that it names.
        actual: what it looked at, as it is compared.
        hits: what it found.
        at: where the subject of a percentage is, in hundredths.
        subject: of a percentage.
    """

    test: Condition
    written: str
    wanted: bool
    value: bool
    conditions: tuple[str, ...] = ()
    source: str | None = None
    actual: str | None = None
    hits: tuple[Hit, ...] = ()
    at: int | None = None
    subject: str = ""

    @property
    def is_met(self) -> bool:
        """Whether it says what the rule wants."""
        return self.value == self.wanted


@dataclass(frozen=True, slots=True)
class Change:
    """What to change for a rule to hold: one part of its condition.

    Args:
        kind: what sort of change.
        part: that fails.
        value: the literal to add or to take away, or the percentage; empty where anything will do.
        test: what stands in for the test afterwards.
    """

    kind: ChangeKind
    part: Part
    value: str
    test: Condition
