"""When jobs are looked at (prx-gateway.md section 15.3)."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.delivery.prx.schedule import CallBudget, next_look


def test_looks_follow_the_schedule():
    """Looks come at 0.3, 0.7, 1.5, 3, 5 s, then every 5 s to 2 min, 10 s to 10 min, then every 30 s."""
    looks, age = [], 0.0
    while age < 700:
        age = next_look(age)
        looks.append(age)
    assert looks[:8] == [0.3, 0.7, 1.5, 3.0, 5.0, 10.0, 15.0, 20.0]
    assert [look for look in looks if 115 <= look <= 140] == [115.0, 120.0, 130.0, 140.0]
    assert looks[-5:] == [600.0, 630.0, 660.0, 690.0, 720.0]


@settings(deadline=None, max_examples=60)
@given(st.floats(0, 90_000))
def test_a_look_always_comes_later(age):
    """The next look lies ahead, at most 30 s."""
    assert age < next_look(age) <= age + 30.0


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 5), st.booleans()), min_size=1, max_size=200))
@example([(0.0, False)] * 100)
@example([(0.0, False)] * 12 + [(0.0, True)] * 100)
def test_calls_stay_within_the_budget(asked):
    """Whatever is asked for, however urgently, every window of 60 s stays under 40 calls."""
    budget, now, calls = CallBudget(), 0.0, []
    for pause, urgent in asked:
        now += pause
        now += budget.wait(now, urgent=urgent)
        assert budget.wait(now, urgent=urgent) <= 1e-6
        budget.spend(now)
        calls.append(now)
    for start in calls:
        assert sum(start <= call < start + 60.0 for call in calls) < 40
