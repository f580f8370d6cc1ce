"""What to change for a rule to hold: its condition is one literal, one flag, one list entry, or another single part away.

What is found is tried: a change is told only if the condition holds once it is made, in all places that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from msgspec.structs import replace

from prx_dingtalk_router.language.percentage import BUCKETS, Percent
from prx_dingtalk_router.language.ruleset import (
    Always,
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
)
from prx_dingtalk_router.language.semantics.evaluate import EXACT
from prx_dingtalk_router.matching.explanation.look import Look, Within, inverted
from prx_dingtalk_router.matching.explanation.parts import Change, ChangeKind, Part
from prx_dingtalk_router.matching.predicates import Predicates
from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.text.alike import alike_stretch

MOST_CHANGES = 4
MOST_PLACES = 32
"""So many parts of a condition are looked at that would make it hold."""
MOST_COMPARED = 200
"""So many literals of a list are compared with the text."""
SHORT = 60
"""A text of so many characters can stand in a rule as a whole."""


@dataclass(frozen=True, slots=True)
class Place:
    """A test that alone keeps a condition from holding, and where it stands."""

    test: Condition
    within: Within


def changes(look: Look) -> tuple[Change, ...]:
    """Return the changes of a single part that make a rule hold which does not."""
    return tuple(islice(_changes(look), MOST_CHANGES))


def decisive_places(look: Look, condition: Condition) -> tuple[Place, ...]:
    """Return the tests each of which alone keeps a condition from saying what it should."""
    return tuple(islice(_places(look, condition, look.root, set()), MOST_PLACES))


def changes_of_part(part: Part) -> Iterator[Change]:
    """Give what would make a test say what the rule wants; it is not tried."""
    for kind, value, test in _of_test(part):
        yield Change(kind, part, value, test)


def changed(condition: Condition, change: Change) -> Condition:
    """Return a condition after a change: everywhere where the same is asked, and of a list in all its uses."""
    return _Changed(change).of(condition)


def _changes(look: Look) -> Iterator[Change]:
    rule = look.compiled.rule
    condition = rule.condition
    for place in decisive_places(look, condition):
        for change in changes_of_part(look.part(place.test, place.within)):
            after = changed(condition, change)
            if Predicates().of(after, rule.name)(look.fresh_view()):
                yield change


def _places(look: Look, condition: Condition, within: Within, seen: set[str]) -> Iterator[Place]:
    value = look.value(condition)
    match condition:
        case And() | Or():
            decides = isinstance(condition, Or)
            same = [part for part in condition.parts if look.value(part) is value]
            # Where one part decides, each of those that could is a way; where all do, the last of them is.
            parts = condition.parts if value is not decides else same if len(same) == 1 else ()
            for part in parts:
                yield from _places(look, part, within, seen)
        case Not():
            yield from _places(look, condition.inner, inverted(within), seen)
        case Named():
            if condition.name not in seen:
                seen.add(condition.name)
                yield from _places(look, condition.inner, look.inside(condition, within), seen)
        case _:
            yield Place(condition, within)


_Proposal = tuple[ChangeKind, str, Condition]


def _of_test(part: Part) -> Iterator[_Proposal]:
    test = part.test
    always: Condition = Always(test.span)
    dropped: Condition = always if part.wanted else Not(test.span, always)
    match test:
        case Compare() if part.wanted:
            yield from _wider(test, part)
        case Compare():
            yield from _narrower(test, part)
        case Matches() if part.wanted:
            regexes = tuple(Regex(each.source, True, each.group_names) for each in test.regexes)
            if regexes != test.regexes and any(each.found_in(part.actual or "") for each in regexes):
                yield "case", "", replace(test, regexes=regexes)
            yield "drop", "", dropped
        case FlagIsSet():
            yield "flag", "", dropped
        case During():
            yield "hours", "", dropped
        case OfPercent() if part.wanted:
            at = part.at or 0
            enough = min(BUCKETS, (at // 100 + 1) * 100)
            yield "percent", str(Percent(enough)), replace(test, percent=Percent(enough))
        case OfPercent() | Matches() | IsEmpty():
            yield "drop", "", dropped
        case _:
            return


def _wider(test: Compare, part: Part) -> Iterator[_Proposal]:
    """What lets more messages fulfil a comparison."""
    actual = part.actual or ""
    if not actual:
        yield "drop", "", Always(test.span)
        return
    if test.operator == "contains all":
        found = {hit.value for hit in part.hits}
        missing = [each for each in test.literals if each not in found]
        if len(missing) == 1:
            yield "remove", missing[0], replace(test, literals=tuple(hit.value for hit in part.hits))
        return
    if test.operator in ("is", "in", "starts with", "starts with word", "ends with", "contains word"):
        wider = replace(test, operator="contains")
        if test.field.kind == "text" and any(each in actual for each in test.literals):
            yield "operator", "contains", wider
    value = alike(test, actual)
    if test.operator in EXACT and len(actual) > SHORT:
        yield "drop", "", Always(test.span)
    elif test.operator in EXACT:
        yield "add", actual, _with(test, actual)
    elif value is not None:
        yield "add", value, _with(test, value)
    else:
        yield "add", "", _with(test, actual)


def _narrower(test: Compare, part: Part) -> Iterator[_Proposal]:
    """What lets fewer messages fulfil a comparison, which the rule rules out."""
    found = [hit.value for hit in part.hits]
    left = tuple(each for each in test.literals if each not in found)
    if len(found) == 1:
        yield "remove", found[0], replace(test, literals=left) if left else Not(test.span, Always(test.span))


def alike(test: Compare, actual: str) -> str | None:
    """Return the piece of a field that is nearly a literal of a comparison."""
    found = (alike_stretch(each, actual) for each in test.literals[:MOST_COMPARED])
    stretch = next((each for each in found if each is not None), None)
    return stretch if stretch is None or _fits(test, actual, stretch) else None


def _fits(test: Compare, actual: str, stretch: str) -> bool:
    match test.operator:
        case "starts with" | "starts with word":
            return actual.startswith(stretch)
        case "ends with":
            return actual.endswith(stretch)
        case _:
            return True


def _with(test: Compare, value: str) -> Compare:
    operator = "in" if test.operator == "is" else test.operator
    return replace(test, operator=operator, literals=(*test.literals, value))


class _Changed:
    """Makes a change in a condition."""

    def __init__(self, change: Change) -> None:
        self._from = change.part.test
        self._to = change.test
        self._is_list = change.part.source is not None and change.kind in ("add", "remove")
        self._known: dict[int, Condition] = {}

    def of(self, condition: Condition) -> Condition:
        """Return a condition after the change."""
        known = self._known.get(id(condition))
        if known is None:
            known = self._known[id(condition)] = self._of(condition)
        return known

    def _of(self, condition: Condition) -> Condition:
        if condition == self._from:
            return self._to
        match condition:
            case And() | Or():
                return replace(condition, parts=tuple(map(self.of, condition.parts)))
            case Not() | Named():
                return replace(condition, inner=self.of(condition.inner))
            case Compare() if self._is_list and self._shares(condition):
                assert isinstance(self._to, Compare | Not)
                literals = self._to.literals if isinstance(self._to, Compare) else ()
                return (
                    replace(condition, literals=literals)
                    if literals
                    else Not(condition.span, Always(condition.span))
                )
            case _:
                return condition

    def _shares(self, condition: Compare) -> bool:
        test = self._from
        return (
            isinstance(test, Compare)
            and test.literals is condition.literals
            and test.field.kind == condition.field.kind
        )
