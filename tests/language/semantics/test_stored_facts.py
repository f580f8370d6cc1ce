"""Facts that are kept."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import msgspec
import pytest

from prx_dingtalk_router.calendar.hours import CalendarDays, Dates, Hours, Weekdays
from prx_dingtalk_router.calendar.hours import Span as HoursSpan
from prx_dingtalk_router.language.ruleset import Compare, During, FlagIsSet, IsEmpty, Matches
from prx_dingtalk_router.language.semantics.facts import Facts, Share, Whole
from prx_dingtalk_router.language.semantics.stored_facts import StoredFact, restored, stored
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.message import FIELDS
from prx_dingtalk_router.regex.engine import Regex

HERE = Span(3, 9)
DAYS = (Weekdays(0, 4), Dates(date(2026, 12, 1), date(2026, 12, 3)), CalendarDays.WORKDAYS)
FACTS = (
    Compare(HERE, FIELDS["text"], "contains all", ("a", "b")),
    Compare(HERE, FIELDS["sender"], "in", ("u1", "u2")),
    Matches(HERE, FIELDS["text"], (Regex("x(?P<n>1)", True, ("n",), frozenset({"n"}), True),)),
    FlagIsSet(HERE, FIELDS["group"]),
    IsEmpty(HERE, FIELDS["quoted"]),
    During(HERE, Hours((HoursSpan(DAYS, ((540, 1080),)),), ZoneInfo("Asia/Shanghai"), "CN")),
    Share("a", "senders", 1_050),
    Whole(frozenset({frozenset({1, -2}), frozenset({3})})),
)


def test_facts_come_back_with_their_numbers() -> None:
    """Each is equal, and found by its number; what is compared of it works as before."""
    kept = msgspec.msgpack.encode([stored(fact) for fact in FACTS])
    found = restored(msgspec.msgpack.decode(kept, type=list[StoredFact]))
    assert found == list(FACTS)
    table = Facts.numbered(found)
    assert [table.number(fact) for fact in found] == list(range(1, len(found) + 1))
    regex = found[2].regexes[0]
    assert regex.needs_characters
    assert regex.found_in("X1")


@pytest.mark.parametrize(
    "kept",
    [
        ["_FlagIsSet", "nothing"],
        ["_During", [], "Nowhere/Else", None],
        ["_During", [["_Span", [], []]], "UTC", None],
    ],
)
def test_facts_of_another_program_are_refused(kept: list[object]) -> None:
    """A name that is not known, or hours that cannot be."""
    facts = msgspec.convert([kept], type=list[StoredFact])
    with pytest.raises(ValueError, match=r"nothing|Nowhere|at least one day"):
        restored(facts)
