"""Durations are a whole number and a unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.calendar.durations import format_duration, parse_duration


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("500ms", 0.5),
        ("0s", 0.0),
        ("90s", 90.0),
        ("10m", 600.0),
        ("2h", 7200.0),
        ("24h", 86400.0),
        ("1d", 86400.0),
    ],
)
def test_written_durations(written: str, seconds: float) -> None:
    """A duration is read in seconds."""
    assert parse_duration(written) == seconds


@pytest.mark.parametrize(
    "written", ["", "10", "m", "1.5h", "-1s", "1 s", "1M", "１０s", "1w", "1s ", "9" * 5000 + "s"]
)
def test_other_spellings_are_none(written: str) -> None:
    """Fractions, signs, blanks, other units and numbers beyond reason are no durations."""
    assert parse_duration(written) is None


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(600, "10m"), (90, "90s"), (0.5, "500ms"), (86400, "1d"), (5400, "90m"), (0, "0s"), (120.0, "2m")],
)
def test_durations_are_written_shortly(seconds: float, written: str) -> None:
    """The largest unit that fits without a rest is taken."""
    assert format_duration(seconds) == written


@given(st.integers(0, 10**11))
def test_what_is_written_is_read_back(milliseconds: int) -> None:
    """Writing and reading a duration gives it back."""
    assert parse_duration(format_duration(milliseconds / 1000)) == milliseconds / 1000
