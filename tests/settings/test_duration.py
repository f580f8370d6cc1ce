"""Durations: a whole number and a unit."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.calendar.durations import format_duration
from prx_dingtalk_router.settings.duration import parse_duration, parse_optional_duration
from prx_dingtalk_router.settings.refusal import RefusedError


@pytest.mark.parametrize(
    ("written", "seconds"), [("500ms", 0.5), ("90s", 90), ("10m", 600), ("2h", 7200), ("7d", 604800)]
)
def test_every_unit_is_read_and_written_back(written, seconds):
    """Each unit gives seconds, and the seconds give the same text again."""
    assert parse_duration(written) == seconds
    assert format_duration(parse_duration(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        "10",
        "m",
        "1.5m",
        "-1s",
        "+1s",
        "1 m",
        "1M",
        "１０m",
        "10m ",
        "1h30m",
        "0s",
        "4000d",
        "9" * 5000 + "s",
        10,
        10.0,
        True,
        None,
        ["1s"],
    ],
)
def test_everything_else_is_refused(written):
    """No other text or type is a duration."""
    with pytest.raises(RefusedError):
        parse_duration(written)


def test_empty_means_never_where_that_is_said():
    """An optional duration takes the empty string as never, and checks others like any."""
    assert parse_optional_duration("") is None
    with pytest.raises(RefusedError):
        parse_optional_duration("0s")
