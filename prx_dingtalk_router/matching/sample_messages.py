"""Messages made to fit what is claimed of them, as tests can give them: to be tried, as a claim may be missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from prx_dingtalk_router.language.percentage import bucket
from prx_dingtalk_router.language.ruleset import Compare, During, FlagIsSet, IsEmpty, Matches
from prx_dingtalk_router.language.semantics.examples import ATTRIBUTES, times
from prx_dingtalk_router.language.semantics.facts import Alternative, Fact, Facts, Share, Whole
from prx_dingtalk_router.message import SampleMessage
from prx_dingtalk_router.message.sample_message import (
    DEFAULT_SENDER,
    PRIVATE_CONVERSATION,
    default_time,
    default_type,
)
from prx_dingtalk_router.regex.sample import sample

PLAIN_WORDS = ("你好", "x")
"""What is said where nothing is claimed of the text."""
WORDLESS_TYPES = frozenset({"picture", "file", "video"})
FILE_STEM = "资料"
VARIANTS = 4
"""So many literals of a list are tried, one a message."""
MOST_NUMBERS = 5_000
"""So many senders are looked through for one that is inside, or outside, a percentage."""

_TEXTS = {**ATTRIBUTES, "text": "text", "quoted": "quoted"}


@dataclass(frozen=True, slots=True)
class _Claims:
    """What is claimed of one field."""

    whole: list[tuple[str, ...]] = field(default_factory=list)
    first: list[tuple[str, ...]] = field(default_factory=list)
    within: list[tuple[str, ...]] = field(default_factory=list)
    last: list[tuple[str, ...]] = field(default_factory=list)

    def value(self, variant: int) -> str:
        """Return a value of which all of it may be so: other literals for each variant."""
        if self.whole:
            return _pick(self.whole[0], variant)
        parts = [_pick(each, variant) for each in (*self.first, *self.within, *self.last)]
        return " ".join(dict.fromkeys(part for part in parts if part))


def sample_messages(alternative: Alternative, facts: Facts, zone: str) -> Iterator[SampleMessage]:
    """Yield messages of which what an alternative claims may be true, the simplest first.

    Args:
        alternative: claims.
        facts: what they are about.
        zone: of the times.
    """
    claims = dict(_opened(alternative, facts))
    start = SampleMessage(text="", at=default_time(zone))
    fields: dict[str, _Claims] = {}
    set_: dict[str, Any] = {}
    empty: set[str] = set()
    hours: dict[int, During] = {}
    shares: dict[int, Share] = {}
    for claim, fact in claims.items():
        match fact:
            case FlagIsSet():
                set_[fact.field.name] = claim > 0
            case IsEmpty() if claim > 0:
                empty.add(fact.field.name)
            case IsEmpty():
                fields.setdefault(fact.field.name, _Claims())
            case Compare() | Matches() if claim > 0:
                _enter(fields.setdefault(fact.field.name, _Claims()), fact)
            case During():
                hours[claim] = fact
            case Share():
                shares[claim] = fact
            case _:
                pass
    if hours:
        moments = list(islice(times(hours, start.at), 1))
        if not moments:
            return
        start = replace(start, at=moments[0])
    for variant in range(VARIANTS):
        values: dict[str, Any] = {
            _TEXTS[name]: claimed.value(variant) or "x" for name, claimed in fields.items() if name in _TEXTS
        }
        if values.get("file", "").startswith("."):
            values["file"] = FILE_STEM + values["file"]
        for words in _words(values, empty):
            for group in (set_["group"],) if "group" in set_ else (False, True):
                given = replace(start, **{"text": words, **values}, group=group, mentioned=group)
                given = _with_flags(given, set_, values, empty)
                yield from _inside(given, shares)
        if all(len(each) == 1 for claimed in fields.values() for each in (*claimed.whole, *claimed.within)):
            return


def _words(values: Mapping[str, str], empty: Iterable[str]) -> tuple[str, ...]:
    """Return what may be said where nothing is claimed of the text; a message that is a file says nothing."""
    if "text" in empty:
        return ("",)
    if "text" in values:
        return PLAIN_WORDS[:1]
    return ("", *PLAIN_WORDS) if values.get("type") in WORDLESS_TYPES else PLAIN_WORDS


def _opened(alternative: Alternative, facts: Facts) -> Iterator[tuple[int, Fact]]:
    """Yield claims; of a condition that is kept whole, those of its simplest alternative."""
    for claim in sorted(alternative, key=abs):
        fact = facts[claim]
        if not isinstance(fact, Whole):
            yield claim, fact
        elif claim > 0:
            yield from _opened(min(fact.form, key=lambda each: (len(each), sorted(each))), facts)


def _enter(claims: _Claims, fact: Compare | Matches) -> None:
    if isinstance(fact, Matches):
        made = (sample(each.source, ignore_case=each.ignore_case) for each in fact.regexes[:VARIANTS])
        claims.within.append(tuple(each for each in made if each))
        return
    match fact.operator:
        case "is" | "in":
            claims.whole.append(fact.literals)
        case "starts with" | "starts with word":
            claims.first.append(fact.literals)
        case "ends with":
            claims.last.append(fact.literals)
        case "contains all":
            claims.within.extend((literal,) for literal in fact.literals)
        case _:
            claims.within.append(fact.literals)


def _pick(literals: tuple[str, ...], variant: int) -> str:
    return literals[variant % len(literals)] if literals else ""


def _with_flags(
    given: SampleMessage, set_: Mapping[str, bool], values: Mapping[str, str], empty: Iterable[str]
) -> SampleMessage:
    external = "sender" in empty
    pictured = set_.get("pictured", False)
    return replace(
        given,
        pictured=pictured,
        admin=set_.get("admin", False),
        mentioned=set_.get("mentioned", given.group),
        external=external,
        sender="" if external else given.sender,
        file=given.file
        or (f"{FILE_STEM}.pdf" if values.get("type") == "file" and "file.name" not in empty else ""),
        type=values.get("type") or default_type(given.text, pictured=pictured),
    )


def _inside(given: SampleMessage, shares: Mapping[int, Share]) -> Iterator[SampleMessage]:
    """Yield a message whose sender and conversation are inside, or outside, the percentages that are claimed."""
    if not shares or all(fact.subject == "messages" for fact in shares.values()):
        yield given
        return
    for number in range(MOST_NUMBERS):
        sender = f"{DEFAULT_SENDER}-{number}" if given.sender == DEFAULT_SENDER else given.sender
        conversation = given.conversation or f"{PRIVATE_CONVERSATION}-{number}"
        subjects = {"senders": sender, "conversations": conversation}
        if all(
            (bucket(fact.rule, subjects[fact.subject]) < fact.hundredths) is (claim > 0)
            for claim, fact in shares.items()
            if fact.subject in subjects
        ):
            of_conversations = any(fact.subject == "conversations" for fact in shares.values())
            yield replace(
                given, sender=sender, conversation=conversation if of_conversations else given.conversation
            )
            return
