"""Two times are understood however people join and write them, and named once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.syntax.recovery.time_range import meant_times, why_wrong

OFFICE = 'hours office = mon-fri {}\nrule open when during office then drop "open"\notherwise drop\n'
JOINED = [
    (f"{first}{between}{second}", f"{opening}-{closing}")
    for between in ("~", "～", "–", "—", "−", "至", "到", " - ", " ~ ", "－", " 至 ", "─", "‑", " to ", "..")
    for first, opening in (("09:00", "09:00"), ("9：30", "09:30"), ("9点", "09:00"), ("9点半", "09:30"))
    for second, closing in (
        ("18:00", "18:00"),
        ("２４：００", "24:00"),
        ("18点15分", "18:15"),
        ("18时", "18:00"),
    )
]


@pytest.mark.parametrize(("written", "meant"), JOINED)
def test_two_times_are_one_mistake_with_its_repair(
    check: Callable[..., CheckResult], written: str, meant: str
) -> None:
    """A foreign sign, blanks, words or width between two times is one diagnostic at all of it, with the right fix."""
    (diagnostic,) = check(OFFICE.format(written)).diagnostics
    assert (diagnostic.name, diagnostic.span.text) == ("wrong-time", written)
    fix = diagnostic.fix()
    assert [edit.text for edit in (fix.edits if fix else ())] == [meant]
    assert check(OFFICE.format(meant)).diagnostics == ()


def test_two_times_with_blanks_alone_between_them_are_one_mistake(check: Callable[..., CheckResult]) -> None:
    """Nothing but blanks joins them; further times of the day are read on their own."""
    (first,) = check(OFFICE.format("09:00 12:00 13:30-18:00")).diagnostics
    fix = first.fix()
    assert (first.span.text, [edit.text for edit in (fix.edits if fix else ())]) == (
        "09:00 12:00",
        ["09:00-12:00"],
    )


@pytest.mark.parametrize("written", ["25:00~26:00", "09:70 - 18:00", "9点99分到18点"])
def test_no_times_of_a_day_have_no_repair(found: Callable[..., Any], written: str) -> None:
    """What is no time of a day is named without a guess."""
    assert meant_times(written) is None
    assert [name for name, _ in found(OFFICE.format(written))] == ["wrong-time"]


@pytest.mark.parametrize("written", ["09:00~18:00", "9点-18点", "9：00 - 18：00"])
def test_days_that_are_missing_come_first(check: Callable[..., CheckResult], written: str) -> None:
    """Where the days are missing that is the one thing said, and the repair has days and times."""
    (diagnostic,) = check(OFFICE.format(written).replace("mon-fri ", "")).diagnostics
    fix = diagnostic.fix()
    edits = fix.edits if fix else ()
    assert (diagnostic.name, edits[0].text.split()[0]) == ("wrong-time", "daily")


@pytest.mark.parametrize(
    ("written", "key"),
    [("09:00~18:00", "sign"), ("9点到18点", "sign"), ("09:00 - 18:00", "form"), ("9：00-18：00", "wide")],
)
def test_the_reason_is_what_people_have_to_change(written: str, key: str) -> None:
    """The sign between two times, their width, or how they are written: each has its sentence."""
    assert why_wrong(written, meant_times(written))[0] == key
