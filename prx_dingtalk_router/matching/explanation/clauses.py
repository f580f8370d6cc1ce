"""What a test said of a message, in words: one clause for each part of a condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from msgspec.structs import replace as struct_replace

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.language.percentage import Percent
from prx_dingtalk_router.language.ruleset import (
    Compare,
    During,
    FlagIsSet,
    IsEmpty,
    Matches,
    OfPercent,
    Operator,
)
from prx_dingtalk_router.language.semantics.evaluate import EXACT
from prx_dingtalk_router.matching.explanation.parts import Part
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.regex.engine import Regex

SHOWN = 40
"""Characters of a field that a clause quotes."""
SHOWN_LITERALS = 3
SHOWN_PARTS = 4

_WORDS: dict[Operator, str] = {
    "is": "is",
    "in": "is",
    "contains": "contains",
    "contains all": "all",
    "contains word": "word",
    "starts with": "starts",
    "starts with word": "starts-word",
    "ends with": "ends",
}
Words = Text | str


def because(parts: Sequence[Part], *, of_missed: bool = False) -> Text | None:
    """Return parts as one clause; ``None`` where there are none.

    Args:
        parts: which all say so.
        of_missed: whether they are why a rule does not hold: a test that says yes is then one that the rule excludes.
    """
    merged = _merged(parts)
    excluded = [part for part in merged if of_missed and _is_excluded(part)]
    others = [part for part in merged if part not in excluded]
    shown = (others + excluded)[:SHOWN_PARTS]
    if not shown:
        return None
    said = _joined([_clause(part) for part in shown])
    if len(merged) > SHOWN_PARTS:
        said = text("matching.and-more", one=said, count=len(merged))
    return text("matching.excluded", clause=said) if excluded else said


def clause(part: Part, *, of_missed: bool = False) -> Text:
    """Return what one test said of the message."""
    said = _clause(part)
    return text("matching.excluded", clause=said) if of_missed and _is_excluded(part) else said


def _clause(part: Part) -> Text:
    said = _said(part)
    if part.conditions:
        return text("matching.within-condition", clause=said, name=part.conditions[-1])
    return said


def _joined(clauses: Sequence[Text]) -> Text:
    joined = clauses[-1]
    for each in reversed(clauses[:-1]):
        joined = text("matching.both", one=each, other=joined)
    return joined


def _is_excluded(part: Part) -> bool:
    """Return whether a test says yes where the rule wants a no; that something is empty needs no such remark."""
    return part.value and not part.wanted and not isinstance(part.test, IsEmpty)


def _merged(parts: Sequence[Part]) -> list[Part]:
    """Return parts with comparisons of the same kind with one field, all of which fail, as one."""
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if last is not None and _go_together(last, part):
            assert isinstance(last.test, Compare)
            assert isinstance(part.test, Compare)
            literals = (*last.test.literals, *part.test.literals)
            merged[-1] = replace(last, test=struct_replace(last.test, literals=literals))
        else:
            merged.append(part)
    return merged


def _go_together(one: Part, other: Part) -> bool:
    if one.value or other.value or one.wanted is not other.wanted or one.conditions != other.conditions:
        return False
    match one.test, other.test:
        case Compare() as first, Compare() as second:
            named = one.source or other.source
            of_all = first.operator == "contains all"
            return not (named or of_all) and (first.field, first.operator) == (second.field, second.operator)
        case _:
            return False


def quoted(value: str) -> Text:
    """Return a text in the quotation marks of the language, its end cut where it is long."""
    one = " ".join(value.split()) or value
    return text("matching.quoted", value=one if len(one) <= SHOWN else one[: SHOWN - 1] + "…")


def percentage(hundredths: int) -> str:
    """Return a number of hundredths as people write it, without the sign."""
    return str(Percent(hundredths)).removesuffix("%") if hundredths else "0"


def as_written(regex: Regex) -> str:
    """Return a regex as it is written in rules."""
    source = regex.source.replace("/", "\\/")
    one = source if len(source) <= SHOWN else source[: SHOWN - 1] + "…"
    return f"/{one}/{'i' if regex.ignore_case else ''}"


def hours_of(part: Part) -> str:
    """Return the hours of a test, by name or as they are written."""
    return part.source or part.written.removeprefix("during ")


def _said(part: Part) -> Text:
    answer = "yes" if part.value else "no"
    match part.test:
        case Compare() as test:
            return _compared(test, part, answer)
        case Matches() as test:
            return _matched(test, part, answer)
        case IsEmpty() as test:
            if part.value:
                return _empty(test.field)
            return text("matching.says.not-empty", what=_field(test.field), actual=quoted(part.actual or ""))
        case FlagIsSet() as test:
            return text(f"matching.says.{test.field.name}.{answer}")
        case During():
            return text(
                f"matching.says.during.{answer}", when=moment(part.actual or ""), hours=hours_of(part)
            )
        case OfPercent() as test:
            at, below = percentage(part.at or 0), percentage(test.percent.hundredths)
            return text(f"matching.says.percent.{answer}", subject=part.subject, at=at, below=below)
        case _:
            return text("matching.says.always")


def moment(written: str) -> Text:
    """Return a time as ``2026-01-07 10:00 Wed`` in words."""
    date, _, day = written.rpartition(" ")
    return text("matching.when", date=date, day=text(f"matching.day.{day.lower()}"))


def _compared(test: Compare, part: Part, answer: str) -> Text:
    what, words = _field(test.field), _WORDS[test.operator]
    if part.value:
        of = text("matching.of-list", list=part.source) if part.source else ""
        hits = tuple(quoted(hit.value) for hit in part.hits[:SHOWN_LITERALS])
        return text(f"matching.says.{words}.{answer}", what=what, hits=hits, of=of)
    if not part.actual:
        return _empty(test.field)
    actual = quoted(part.actual)
    if test.operator in EXACT and part.source:
        return text("matching.says.in-list.no", what=what, actual=actual, list=part.source)
    if test.operator == "contains all":
        found = {hit.value for hit in part.hits}
        missing = tuple(quoted(each) for each in test.literals if each not in found)[:SHOWN_LITERALS]
        return text("matching.says.all.no", what=what, actual=actual, missing=missing)
    if test.operator == "contains word":
        within = tuple(quoted(each) for each in test.literals if each in part.actual)[:SHOWN_LITERALS]
        if within:
            return text("matching.says.within-word", what=what, actual=actual, hits=within)
    return text(
        f"matching.says.{words}.{answer}", what=what, actual=actual, expected=_expected(test, part.source)
    )


def _matched(test: Matches, part: Part, answer: str) -> Text:
    what = _field(test.field)
    if part.value:
        found = [regex for regex in test.regexes if regex.found_in(part.actual or "")]
        hits = tuple(quoted(hit.typed or hit.value) for hit in part.hits[:SHOWN_LITERALS])
        regex = _regexes(found, part.source)
        return text(f"matching.says.matches.{answer}", what=what, hits=hits, regex=regex)
    if not part.actual:
        return _empty(test.field)
    regex = _regexes(test.regexes, part.source)
    return text(f"matching.says.matches.{answer}", what=what, actual=quoted(part.actual), regex=regex)


def _regexes(regexes: Sequence[Regex], name: str | None) -> Text:
    written = tuple(as_written(each) for each in regexes[:SHOWN_LITERALS])
    if name is not None and len(written) == 1:
        return text("matching.pattern", name=name, regex=written[0])
    return text("matching.regex", regex=written if len(regexes) <= SHOWN_LITERALS else (*written, "…"))


def _expected(test: Compare, name: str | None) -> Words:
    literals = test.literals
    some = tuple(quoted(each) for each in literals[:SHOWN_LITERALS])
    if name is not None:
        if len(literals) <= SHOWN_LITERALS:
            return text("matching.any-of-list", list=name, some=some)
        return text("matching.any-of-long-list", list=name, some=some, count=len(literals))
    if len(literals) == 1:
        return some[0]
    if len(literals) <= SHOWN_LITERALS:
        return text("matching.any-of", some=some)
    return text("matching.any-of-many", some=some, count=len(literals))


def _field(field: Field) -> Text:
    return text(f"matching.field.{field.name}")


def _empty(field: Field) -> Text:
    if field.name == "sender":
        return text("matching.says.no-sender")
    return text("matching.says.empty", what=_field(field))
