"""Looks into the condition of a rule: which tests make it say what it says, asked by the predicates that decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from prx_dingtalk_router.language.percentage import bucket
from prx_dingtalk_router.language.ruleset import (
    And,
    Compare,
    Condition,
    During,
    FlagIsSet,
    IsEmpty,
    Matches,
    Named,
    Not,
    OfPercent,
    Or,
    RuleSet,
)
from prx_dingtalk_router.language.semantics.evaluate import percent_subject
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.source import Home
from prx_dingtalk_router.language.syntax.keywords import KEYWORDS
from prx_dingtalk_router.matching.compiled_rule import CompiledRule
from prx_dingtalk_router.matching.explanation.hits import hits_of_literals, hits_of_regexes
from prx_dingtalk_router.matching.explanation.parts import Part

MOST_PARTS = 64
"""So many parts are told of one rule."""

WRITTEN_AT = "%Y-%m-%d %H:%M %a"
"""How it is told when a message was written."""

_LAST_NAME = re.compile(r"(?<=\s)[^\W\d][\w-]*\Z")


@dataclass(frozen=True, slots=True)
class Within:
    """Where in the condition of a rule a part stands.

    Args:
        home: what its spans count from.
        wanted: what the rule wants it to say: False within a negation.
        conditions: the named conditions around it.
    """

    home: Home
    wanted: bool = True
    conditions: tuple[str, ...] = ()


@dataclass(slots=True)
class Look:
    """Looks into the condition of one rule.

    Args:
        compiled: the rule.
        view: the message.
        rules: its set.
    """

    compiled: CompiledRule
    view: MessageView
    rules: RuleSet
    _values: dict[int, bool] = field(default_factory=dict)
    _parts: dict[tuple[int, Within], Part] = field(default_factory=dict)

    @property
    def root(self) -> Within:
        """Where the condition of the rule itself stands."""
        return Within(self.compiled.rule.home)

    def value(self, condition: Condition) -> bool:
        """Return what a part says, by the predicate that decides."""
        known = self._values.get(id(condition))
        if known is None:
            known = self._values[id(condition)] = self.compiled.value(condition, self.view)
        return known

    def reasons(self, condition: Condition, *, every_part: bool = False) -> tuple[Part, ...]:
        """Return the tests that together make a condition say what it says.

        Of an ``and`` that fails the first part that does, of an ``or`` that holds the first that does; or each that does.
        """
        found = self._reasons(condition, self.root, set(), every_part=every_part)
        return tuple(islice(found, MOST_PARTS))

    def _reasons(
        self, condition: Condition, within: Within, seen: set[str], *, every_part: bool
    ) -> Iterator[Part]:
        value = self.value(condition)
        match condition:
            case And() | Or():
                # One part decides an `and` that fails and an `or` that holds; all together decide the others.
                decides = isinstance(condition, Or)
                parts = (part for part in condition.parts if self.value(part) is value)
                for part in parts if every_part or value is not decides else islice(parts, 1):
                    yield from self._reasons(part, within, seen, every_part=every_part)
            case Not():
                yield from self._reasons(condition.inner, inverted(within), seen, every_part=every_part)
            case Named():
                if condition.name not in seen:
                    seen.add(condition.name)
                    inside = self.inside(condition, within)
                    yield from self._reasons(condition.inner, inside, seen, every_part=every_part)
            case _:
                yield self.part(condition, within)

    def fresh_view(self) -> MessageView:
        """Return the message as nobody has asked anything about it yet."""
        return MessageView(self.view.message)

    def inside(self, named: Named, within: Within) -> Within:
        """Return where that stands which a name stands for."""
        home = self.rules.conditions.get(named.name, within.home)
        return Within(home, within.wanted, (*within.conditions, named.name))

    def written(self, condition: Condition, within: Within | None = None) -> str:
        """Return how a part is written, on one line."""
        place = (within or self.root).home.place(condition.span)
        return " ".join(self.rules.sources.written(place).split())

    def part(self, test: Condition, within: Within) -> Part:
        """Return what a single test said, what it looked at and what it found."""
        known = self._parts.get((id(test), within))
        if known is None:
            known = self._parts[id(test), within] = self._part(test, within)
        return known

    def _part(self, test: Condition, within: Within) -> Part:
        written, value, view = self.written(test, within), self.value(test), self.view
        part = Part(test, written, within.wanted, value, within.conditions)
        match test:
            case Compare():
                found = hits_of_literals(test, view) if value or test.operator == "contains all" else ()
                return replace(part, source=_last_name(written), actual=view.compared(test.field), hits=found)
            case Matches():
                found = hits_of_regexes(test, view) if value else ()
                return replace(part, source=_last_name(written), actual=view.searched(test.field), hits=found)
            case IsEmpty():
                return replace(part, actual=view.compared(test.field))
            case During():
                moment = view.message.created_at.astimezone(test.hours.zone)
                return replace(part, source=_last_name(written), actual=moment.strftime(WRITTEN_AT))
            case OfPercent():
                subject = percent_subject(test, view.message)
                return replace(part, at=bucket(self.compiled.name, subject), subject=subject)
            case FlagIsSet():
                return part
            case _:
                return part


def inverted(within: Within) -> Within:
    """Return where that stands which is negated."""
    return Within(within.home, not within.wanted, within.conditions)


def _last_name(written: str) -> str | None:
    """Return the name that a test is written with: of a list, a pattern or hours."""
    found = _LAST_NAME.search(written)
    return found[0] if found is not None and found[0] not in KEYWORDS else None
