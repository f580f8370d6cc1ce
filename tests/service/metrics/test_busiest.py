"""Series of the busiest names."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.service.metrics.busiest import OTHER, Busiest

NAMES = st.sampled_from([f"r{n}" for n in range(12)])


@given(st.lists(st.lists(NAMES, max_size=40), max_size=6))
def test_series_are_few_only_grow_and_count_everything_once(batches):
    """At most so many names are shown, no series goes back, and while none was given up all together are all there were."""
    busiest = Busiest(most=5)
    counted: Counter[str] = Counter()
    before: dict[str, int] = {}
    for batch in batches:
        for name in batch:
            busiest.add(name)
        counted.update(batch)
        shown = dict(busiest.series())
        assert len(shown) <= 6
        assert all(shown[name] >= count for name, count in before.items() if name in shown)
        assert all(count <= counted[name] for name, count in shown.items() if name != OTHER)
        assert sum(shown.values()) <= counted.total()
        if len(counted) <= 5:
            assert {name: count for name, count in shown.items() if name != OTHER} == counted
        before = shown
    assert busiest.totals == counted


def test_the_busiest_have_a_series():
    """A name that is asked for most is shown, however late it came."""
    busiest = Busiest(most=2)
    for name in ("a", "b", *["c"] * 10):
        busiest.add(name)
    assert "c" in dict(busiest.series())
    busiest.add("c")
    assert dict(busiest.series())["c"] == 1


def test_names_that_are_gone_are_forgotten():
    """After a reload the rules that it took out end."""
    busiest = Busiest()
    busiest.add("a")
    busiest.add("b")
    busiest.keep_only(frozenset({"b"}))
    assert dict(busiest.series()) == {"b": 1, OTHER: 0}
