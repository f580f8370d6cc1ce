"""Values by bound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.service.metrics.distribution import Distribution


@given(st.lists(st.floats(min_value=0, max_value=10)))
def test_buckets_are_those_of_prometheus(values):
    """Each bucket holds what does not exceed its bound, the last one all."""
    spread = Distribution((0.5, 1.0, 5.0))
    for value in values:
        spread.add(value)
    expected = [("0.5", 0.5), ("1.0", 1.0), ("5.0", 5.0), ("+Inf", float("inf"))]
    assert spread.cumulative() == [
        (name, sum(value <= bound for value in values)) for name, bound in expected
    ]
    assert spread.total == sum(values)


@given(st.lists(st.integers(0, 10)), st.integers(1, 5))
def test_values_together_count_as_one_by_one(values, times):
    """Many at once, or one many times, is nothing else than each by itself."""
    one_by_one, together = Distribution((0.5, 1.0, 5.0)), Distribution((0.5, 1.0, 5.0))
    for value in values * times:
        one_by_one.add(value)
    together.add_all(values)
    for value in values:
        if times > 1:
            together.add(value, times - 1)
    assert (one_by_one.counts, one_by_one.total) == (together.counts, together.total)
