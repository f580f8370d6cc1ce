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
