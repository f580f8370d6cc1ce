"""When jobs are looked at (prx-gateway.md section 15.3)."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.delivery.prx.schedule import USABLE, CallBudget, next_look


def test_looks_follow_the_schedule():
    """Looks come at 0.3, 0.7, 1.5, 3, 5 s, then every 5 s to 2 min, 10 s to 10 min, then every 30 s."""
    looks, age = [], 0.0
    while age < 700:
        age = next_look(age, 60.0)
        looks.append(age)
    assert looks[:8] == [0.3, 0.7, 1.5, 3.0, 5.0, 10.0, 15.0, 20.0]
    assert [look for look in looks if 115 <= look <= 140] == [115.0, 120.0, 130.0, 140.0]
    assert looks[-5:] == [600.0, 630.0, 660.0, 690.0, 720.0]


@settings(deadline=None, max_examples=60)
@given(st.floats(0, 90_000))
def test_a_look_always_comes_later(age):
    """The next look lies ahead, at most 30 s."""
    assert age < next_look(age, 60.0) <= age + 30.0


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 5), st.booleans()), min_size=1, max_size=200), st.integers(1, 300))
@example([(0.0, False)] * 100, 60)
@example([(0.0, False)] * 12 + [(0.0, True)] * 100, 60)
@example([(0.0, False)] * 200, 600)
@example([(0.0, False)] * 30, 1)
def test_calls_stay_within_the_budget(asked, limit):
    """Whatever is asked for, however urgently, every window of 60 s stays within two thirds of the daemon's limit."""
    budget, now, calls = CallBudget(limit), 0.0, []
    for pause, urgent in asked:
        now += pause
        now += budget.wait(now, urgent=urgent)
        assert budget.wait(now, urgent=urgent) <= 1e-6
        budget.spend(now)
        calls.append(now)
    for start in calls:
        assert sum(start <= call < start + 60.0 for call in calls) <= max(1, limit * USABLE)


def test_without_a_limit_any_number_is_in_order():
    """A daemon whose limit is 0 is called whenever there is a reason to, unless it says itself to rest."""
    budget = CallBudget(0)
    for _ in range(10_000):
        assert budget.wait(0.0) == 0.0
        budget.spend(0.0)
    assert (budget.affordable(0.0), budget.pace) == (None, 0.0)
    budget.rest(0.0, 7.0)
    assert (budget.wait(0.0, urgent=True), budget.wait(7.0)) == (7.0, 0.0)


def test_a_limit_that_others_have_used_up_begins_with_an_empty_bucket():
    """After a rest calls come one by one, and a shorter rest does not end a longer one."""
    budget = CallBudget(60)
    budget.rest(0.0, 5.0)
    budget.rest(1.0, 2.0)
    assert budget.wait(4.0) == 1.0
    budget.rest(5.0, 0.0)
    assert budget.affordable(5.0) == 0
    assert 0.0 < budget.wait(5.0) < 3.0
    assert budget.wait(5.0, urgent=True) == 0.0


@settings(deadline=None, max_examples=60)
@given(st.floats(0, 90_000), st.floats(0, 60))
def test_an_answer_waits_for_its_pace_or_a_seventh_of_its_age_at_most(age, pace):
    """Looks are never later than by the schedule, and as soon as the budget can bear."""
    look = next_look(age, pace)
    assert age < look <= next_look(age, 60.0)
    assert look - age <= max(0.1, age * 0.15, pace) + 1e-6
