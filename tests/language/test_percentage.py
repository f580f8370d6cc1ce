"""Percentages are exact, pure and sticky."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language.percentage import Percent, bucket, parse_percent


@pytest.mark.parametrize(("rule", "identifier"), [("expenses-canary", "u1001"), ("客服", "张三"), ("", "")])
def test_bucket_is_the_published_hash(rule: str, identifier: str) -> None:
    """Anybody can compute the place of an id from section 5 alone."""
    digest = hashlib.sha256(rule.encode() + b"\n" + identifier.encode()).digest()
    assert bucket(rule, identifier) == int(digest[:8].hex(), 16) % 10_000


@given(st.text(alphabet=st.characters(), max_size=10), st.integers(1, 10_000))
def test_growing_percentage_keeps_who_was_in(identifier: str, hundredths: int) -> None:
    """An id inside P stays inside every larger percentage, and everybody is inside 100%."""
    place = bucket("r", identifier)
    assert Percent(hundredths).holds("r", identifier) is (place < hundredths)
    assert Percent(10_000).holds("r", identifier)


@given(st.text(alphabet=st.characters(), max_size=10))
def test_the_place_of_an_id_is_the_first_that_is_outside(identifier: str) -> None:
    """An id is inside when its place is below the hundredths, and not when it is equal to them."""
    place = bucket("r", identifier)
    assert Percent(place + 1).holds("r", identifier)
    assert place == 0 or not Percent(place).holds("r", identifier)


def test_share_is_near_the_percentage() -> None:
    """Over many ids the share inside is what was asked for."""
    inside = sum(Percent(1_000).holds("canary", f"u{n}") for n in range(20_000))
    assert 1_850 < inside < 2_150


@pytest.mark.parametrize(
    ("written", "hundredths"),
    [("10%", 1000), ("0.25%", 25), ("0.5%", 50), ("100%", 10_000), ("007%", 700), ("99.99%", 9999)],
)
def test_written_percentages_are_exact(written: str, hundredths: int) -> None:
    """A percentage of at most two decimals is read without rounding, and written back equally."""
    percent = parse_percent(written)
    assert percent == Percent(hundredths)
    assert parse_percent(str(percent)) == percent


@pytest.mark.parametrize(
    "written",
    ["0%", "0.00%", "100.01%", "101%", "1.234%", "10", "-1%", ".5%", "5.%", "１０%", "1e1%", "", "1000%"],
)
def test_other_spellings_are_no_percentage(written: str) -> None:
    """Zero, more than 100, a third decimal and other notations are refused."""
    assert parse_percent(written) is None


@pytest.mark.parametrize("hundredths", [0, -1, 10_001])
def test_percent_outside_its_range_cannot_be_made(hundredths: int) -> None:
    """A value out of range is a defect of the caller and told at once."""
    with pytest.raises(ValueError, match="hundredths"):
        Percent(hundredths)
