"""Example messages that may fulfil what is claimed, to be tried: one that is found proves that there are such messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, islice, product
from types import MappingProxyType
from typing import Any

from prx_dingtalk_router.language.percentage import bucket
from prx_dingtalk_router.language.ruleset import Compare, During, FlagIsSet, IsEmpty
from prx_dingtalk_router.language.semantics.facts import Alternative, Facts, Share
from prx_dingtalk_router.message import Message, SampleMessage

ATTRIBUTES: Mapping[str, str] = MappingProxyType(
    {
        "sender": "sender",
        "sender.name": "nick",
        "conversation": "conversation",
        "conversation.title": "title",
        "robot": "robot",
        "corp": "corp",
        "file.name": "file",
        "type": "type",
    }
)
"""The attributes of a sample by the fields that they are about; words are left as they are."""

MAX_LITERALS = 3
MAX_SENDERS = 64
MAX_NUMBER = 20_000
"""So many senders, conversations and messages are looked through for one that is inside, or outside, a percentage."""
MAX_MESSAGES = 512


@dataclass(frozen=True, slots=True)
class Examples:
    """Makes example messages.

    Args:
        facts: what claims are about.
        senders: staff IDs of those who may write, as keys; None where anybody may.
        client_id: of the bot.
    """

    facts: Facts
    senders: Mapping[str, object] | None = None
    client_id: str = ""

    def of(self, alternative: Alternative, sample: SampleMessage) -> Iterator[Message]:
        """Yield messages like a sample, changed so that what an alternative claims may be true of them.

        Where nothing is claimed both kinds of conversations and of senders are tried, by day, by night and on a Sunday.
        """
        choices: dict[str, Iterable[Any]] = {
            "group": (False, True),
            "external": (False, True),
            "at": tuple(sample.at + timedelta(hours=hours) for hours in (0, 12, 98)),
        }
        hours: dict[int, During] = {}
        shares: dict[int, Share] = {}
        for claim in alternative:
            match self.facts[claim]:
                case FlagIsSet(field=field) if field.name in ("group", "admin", "mentioned"):
                    choices[field.name] = (claim > 0,)
                case IsEmpty(field=field) if field.name == "sender":
                    choices["external"] = (claim > 0,)
                case IsEmpty(field=field) if claim < 0 and field.name in ATTRIBUTES:
                    choices.setdefault(ATTRIBUTES[field.name], ("x",))
                case Compare(field=field) as fact if claim > 0 and field.name in ATTRIBUTES:
                    choices[ATTRIBUTES[field.name]] = _values(fact)
                case Share() as fact:
                    shares[claim] = fact
                case During() as fact:
                    hours[claim] = fact
        if hours:
            choices["at"] = tuple(islice(times(hours, sample.at), 1))
        if self.senders is not None:
            some = (each for each in choices.get("sender", self.senders) if each in self.senders)
            choices |= {"sender": tuple(islice(some, MAX_SENDERS)), "external": (False,)}
        numbers = range(1 if not shares else MAX_NUMBER)
        inside = (number for number in numbers if _are_inside(shares, sample, number))
        for number in islice(inside, MAX_LITERALS):
            for values in islice(product(*choices.values()), MAX_MESSAGES):
                yield self._message(sample, dict(zip(choices, values, strict=True)), number)

    def _message(self, sample: SampleMessage, chosen: Mapping[str, Any], number: int) -> Message:
        some = {"mentioned": chosen["group"], **_numbered(sample, number), **chosen}
        return replace(sample, **some).message(msg_id=f"example-{number}", client_id=self.client_id)


def _numbered(sample: SampleMessage, number: int) -> dict[str, str]:
    """Who writes the example of a number, and where."""
    return {"sender": f"{sample.sender}-{number}", "conversation": f"conversation-{number}"}


def _are_inside(shares: Mapping[int, Share], sample: SampleMessage, number: int) -> bool:
    """Return whether what is claimed of percentages is true of the example of a number."""
    some = _numbered(sample, number)
    subjects = {
        "senders": some["sender"],
        "conversations": some["conversation"],
        "messages": f"example-{number}",
    }
    return all(
        (bucket(fact.rule, subjects[fact.subject]) < fact.hundredths) is (claim > 0)
        for claim, fact in shares.items()
    )


def _values(fact: Compare) -> tuple[str, ...]:
    """Return some values of which a comparison is so."""
    if fact.operator == "contains all":
        return (" ".join(fact.literals),)
    return fact.literals[:MAX_LITERALS]


def times(hours: Mapping[int, During], start: datetime) -> Iterator[datetime]:
    """Yield the times within the hours that are claimed, and without those that are denied: in the next days, or some later."""
    week = (start + timedelta(hours=number) for number in range(7 * 24))
    year = (start + timedelta(days=day, hours=number) for day in range(7, 400) for number in (0, 8, 12, 16))
    for moment in chain(week, year):
        if all(fact.hours.contains(moment) is (claim > 0) for claim, fact in hours.items()):
            yield moment
