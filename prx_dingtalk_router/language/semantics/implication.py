"""What one fact about a message says of another, as far as that can be read off the two: only what is certain.

A test that finds a literal finds whatever the literal holds, so the comparisons of ``evaluate`` are asked about the
literal as they would be about a message. A claim that a field is one of some values decides every test of it, but for
one thing: of what was spoken, ``text is "x"`` also holds with final punctuation after the ``x`` (language.md section 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from prx_dingtalk_router.language.ruleset import Compare, IsEmpty, Matches, Operator
from prx_dingtalk_router.language.semantics.evaluate import COMPARISONS
from prx_dingtalk_router.language.semantics.facts import Fact, Facts, Share
from prx_dingtalk_router.language.semantics.literal_index import LiteralIndex
from prx_dingtalk_router.language.semantics.message_view import SPOKEN_FIELD
from prx_dingtalk_router.text.spoken import FINAL_MARKS, without_any_final_marks

CARRIED: Mapping[Operator, frozenset[Operator]] = MappingProxyType(
    {
        "in": frozenset(COMPARISONS),
        "contains": frozenset({"contains", "contains all"}),
        "contains word": frozenset({"contains", "contains all", "contains word"}),
        "starts with": frozenset({"contains", "contains all", "starts with"}),
        "starts with word": frozenset(
            {"contains", "contains all", "contains word", "starts with", "starts with word"}
        ),
        "ends with": frozenset({"contains", "contains all", "ends with"}),
    }
)
"""For a test by which a literal is found in a text: the tests that hold of the text when they hold of the literal."""

MANY = 256
"""So many pairs of literals are compared one by one."""


def implies(one: Fact, other: Fact) -> bool:
    """Return whether ``other`` is certainly so of every message that ``one`` is so of."""
    match one, other:
        case Compare(), Compare() if one.field == other.field:
            return _comparison_implies(one, other)
        case Compare(operator="in"), Matches() if one.field == other.field:
            return all(_surely(other, value) for value in one.literals)
        case Matches(), Matches() if one.field == other.field:
            return set(one.regexes) <= set(other.regexes)
        case Share(), Share():
            same = (one.rule, one.subject) == (other.rule, other.subject)
            return same and one.hundredths <= other.hundredths
        case _:
            return one == other


def excludes(one: Fact, other: Fact) -> bool:
    """Return whether certainly no message is such that both are so of it."""
    match one, other:
        case IsEmpty(), Compare():
            return one.field == other.field
        case Compare(operator="in"), Compare(operator="in"):
            return one.field == other.field and _values(one).keys().isdisjoint(_values(other))
        case Compare(operator="in"), Compare() | Matches() if one.field == other.field:
            few = not isinstance(other, Compare) or len(one.literals) * len(other.literals) <= MANY * MANY
            return few and not any(_perhaps(other, value) for value in one.literals)
        case Compare(), IsEmpty() | Compare(operator="in"):
            return excludes(other, one)
        case Matches(), Compare(operator="in"):
            return excludes(other, one)
        case Compare(operator="starts with"), Compare(operator="starts with"):
            return one.field == other.field and _differ(one.literals, other.literals)
        case Compare(operator="ends with"), Compare(operator="ends with"):
            backwards = ([literal[::-1] for literal in each.literals] for each in (one, other))
            return one.field == other.field and _differ(*backwards)
        case _:
            return False


def consistent(claims: frozenset[int], facts: Facts) -> bool:
    """Return False when certainly no message is such that all claims are true of it."""
    if any(-claim in claims for claim in claims if claim > 0):
        return False
    by_subject: dict[object, tuple[list[Fact], list[Fact]]] = {}
    for claim in claims:
        fact = facts[claim]
        match fact:
            case Compare() | Matches() | IsEmpty():
                subject: object = fact.field.name
            case Share():
                subject = (fact.rule, fact.subject)
            case _:
                continue
        by_subject.setdefault(subject, ([], []))[claim < 0].append(fact)
    return all(_consistent(so, not_so) for so, not_so in by_subject.values() if so)


def so_of_id(fact: Compare | IsEmpty | Matches, values: Iterable[str]) -> Iterator[str]:
    """Yield the values of an id field, none of them empty, of which a fact is so."""
    if isinstance(fact, Compare) and fact.operator == "in":
        literals = frozenset(fact.literals)
        return (value for value in values if value in literals)
    return (value for value in values if _surely(fact, value))


def _consistent(so: Sequence[Fact], not_so: Sequence[Fact]) -> bool:
    """Return whether facts about one subject can be so while others are not."""
    for at, fact in enumerate(so):
        if any(implies(fact, other) for other in not_so):
            return False
        if any(excludes(fact, other) for other in so[at + 1 :]):
            return False
    exact = [fact for fact in so if isinstance(fact, Compare) and fact.operator == "in"]
    if not exact or len(so) + len(not_so) <= 2:
        return True
    # Pair by pair they can; whether all of them can at once is seen from the values that are left.
    left = _values(exact[0])
    for fact in exact[1:]:
        left = {key: left[key] for key in left.keys() & _values(fact)}
    taken = {
        value
        for fact in not_so
        if isinstance(fact, Compare) and fact.operator == "in"
        for value in fact.literals
    }
    others = [fact for fact in so if fact not in exact]
    return any(
        all(_perhaps(fact, value) for fact in others) and not any(_surely(fact, value) for fact in not_so)
        for values in left.values()
        for value in values
        if value not in taken
    )


def _comparison_implies(one: Compare, other: Compare) -> bool:
    if one.operator == "in":
        if other.operator == "in":
            return set(one.literals) <= set(other.literals)
        spoken = one.field.name == SPOKEN_FIELD and other.operator == "ends with"
        return not spoken and _hold_of_each(other, one.literals)
    if one.operator == "contains all":
        if other.operator == "contains all":
            return all(any(wanted in literal for literal in one.literals) for wanted in other.literals)
        return other.operator == "contains" and any(
            wanted in literal for literal in one.literals for wanted in other.literals
        )
    return other.operator in CARRIED[one.operator] and _hold_of_each(other, one.literals)


def _hold_of_each(test: Compare, literals: Sequence[str]) -> bool:
    """Return whether a comparison holds of each of some literals as it would of messages."""
    if test.operator != "contains" or len(literals) * len(test.literals) <= MANY:
        compare = COMPARISONS[test.operator]
        return all(compare(literal, test.literals) for literal in literals)
    index = LiteralIndex[bool]()
    for wanted in test.literals:
        index.add(wanted, True)
    return all(any(index.within(literal)) for literal in literals)


def _surely(fact: Fact, value: str) -> bool:
    """Return whether a fact is so of every message whose field is this value."""
    match fact:
        case Compare(operator="ends with") if fact.field.name == SPOKEN_FIELD:
            return False
        case Compare():
            return COMPARISONS[fact.operator](value, fact.literals)
        case Matches():
            return fact.field.kind == "id" and any(each.found_in(value) for each in fact.regexes)
        case _:
            return False


def _perhaps(fact: Fact, value: str) -> bool:
    """Return whether a fact other than being one of some values may be so of a message whose field is this value."""
    match fact:
        case Compare():
            if COMPARISONS[fact.operator](value, fact.literals):
                return True
            return fact.field.name == SPOKEN_FIELD and any(each[-1] in FINAL_MARKS for each in fact.literals)
        case Matches():
            return fact.field.kind == "text" or any(each.found_in(value) for each in fact.regexes)
        case _:
            return False


def _values(fact: Compare) -> dict[str, list[str]]:
    """Return the values of an exact comparison, by what two of them have in common when one message can be meant by both."""
    values: dict[str, list[str]] = {}
    for literal in fact.literals:
        key = without_any_final_marks(literal) if fact.field.name == SPOKEN_FIELD else literal
        values.setdefault(key, []).append(literal)
    return values


def _differ(some: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether no text can begin with one of these and with one of those."""
    if len(some) * len(others) > MANY:
        return False
    return not any(one.startswith(other) or other.startswith(one) for one in some for other in others)
