"""What is declared, compared and used in a set: what lints look at besides the checked rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from prx_dingtalk_router.calendar.hours import Hours
from prx_dingtalk_router.decision.model import Guard
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.written_regex import WrittenRegex
from prx_dingtalk_router.language.resolve.written_text import WrittenText
from prx_dingtalk_router.language.source import Place
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.regex.syntax import Node


class Entry(NamedTuple):
    """A string of a value, and where it is written; see ``String`` of the nodes."""

    value: str
    place: Place
    damaged: bool

    def rewritten(self, written: str, value: str) -> str | None:
        """Return how another value is written at the place of this one; None where this one has escapes or other quotes.

        Args:
            written: what stands at the place: a string in quotes, or a line of a file.
            value: the other value, without quotes, backslashes and line breaks.
        """
        if written == f'"{self.value}"':
            return f'"{value}"'
        return value if written == self.value else None


@dataclass(slots=True)
class WrittenList:
    """A list as it is written, without the lists that it names; ``as_text`` when a text field is compared with it."""

    entries: tuple[Entry, ...]
    as_text: bool


class Comparison(NamedTuple):
    """Literals as a field is compared with them, each with the entry that it comes from; a named list comes once a field and operator."""

    field: Field
    operator: str
    literals: Mapping[str, Entry]


@dataclass(slots=True)
class SearchedRegex:
    """A regex that can be used, its tree, whether it is searched in a text field, and the id fields in which it is."""

    written: WrittenRegex
    regex: Regex
    tree: Node
    in_text: bool = False
    ids: set[str] = field(default_factory=set)


class WrittenHours(NamedTuple):
    """Hours that are in order: where their name or they themselves stand, their spans, and whether each of those has times."""

    place: Place
    spans: Sequence[tuple[Place, bool]]
    hours: Hours


class TemplateUse(NamedTuple):
    """A template at the place of its use: the captures that it shows as they are, and those that the condition surely sets."""

    place: Place
    needed: frozenset[str]
    certain: frozenset[str]


class WrittenGuard(NamedTuple):
    """An ``at most``, and where it is written."""

    place: Place
    guard: Guard


class Title(NamedTuple):
    """The title of a test."""

    text: str
    place: Place


class Given(NamedTuple):
    """What a test gives a message as the value of an id field, as by ``type "TYPE"`` and ``from "STAFF-ID"``."""

    field: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything of a set that is in order by itself; what is wrong with it was reported, and is left out."""

    names: Names
    lists: Sequence[WrittenList]
    comparisons: Sequence[Comparison]
    regexes: Sequence[SearchedRegex]
    hours: Sequence[WrittenHours]
    template_uses: Sequence[TemplateUse]
    titles: Sequence[Title]
    given: Sequence[Given]
    guards: Mapping[Place, WrittenGuard]
    """By the places of the steps that they are about."""
    mentions: Mapping[Place, Place]
    """Where replies say whom they mention, by the places of the replies."""
    agents: Mapping[str, Place]
    """Those that steps name, each with the first place."""
    templates: Sequence[WrittenText]
    """Those in which a brace is written."""

    def texts(self) -> Iterator[Entry]:
        """Give the entries that text fields are compared with, each once and as it is written."""
        given: set[Place] = set()
        for comparison in self.comparisons:
            if comparison.field.kind == "text":
                for entry in comparison.literals.values():
                    if not entry.damaged and entry.place not in given:
                        given.add(entry.place)
                        yield entry

    def searched_in_texts(self) -> Iterator[tuple[WrittenRegex, Node]]:
        """Give the regexes that are searched in text fields, with their trees."""
        return ((each.written, each.tree) for each in self.regexes if each.in_text)
