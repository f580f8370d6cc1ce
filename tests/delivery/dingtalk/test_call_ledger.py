"""Every call that DingTalk counts, against the budget of the month."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.delivery import Budget, BudgetNearlySpent, BudgetSpent, CallLedger, Meter
from prx_dingtalk_router.delivery.dingtalk.call_ledger import ZONE
from prx_dingtalk_router.delivery.journal import CallDay
from prx_dingtalk_router.delivery.journal.call_days import Alert

API, WEBHOOK = Meter.API, Meter.WEBHOOK_AND_STREAM


def _at(clock, *moment):
    clock.ms = round(datetime(*moment, tzinfo=ZONE).timestamp() * 1000)


@pytest.fixture
def ledger(hand_clock):
    """Ten API calls and five pushes a month, of which a fifth is kept for answers."""
    _at(hand_clock, 2026, 11, 29, 13)
    return CallLedger(Budget({API: 10, WEBHOOK: 5}, 0.2), hand_clock)


def test_meters_count_apart(ledger):
    """A reply by webhook costs no API call, and an API call no push."""
    ledger.made(API, 3)
    ledger.made(WEBHOOK)
    assert (ledger.used(API), ledger.used(WEBHOOK)) == (3, 1)


def test_progress_stops_before_the_reserve(ledger):
    """What comes with a piece of progress must fit before it; an answer is in order whatever was counted."""
    ledger.made(API, 6)
    assert ledger.allows(API, "progress", 2)
    ledger.made(API)
    assert not ledger.allows(API, "progress", 2)
    assert ledger.allows(API, "progress")
    ledger.made(API, 100)
    assert not ledger.allows(API, "progress")
    assert ledger.allows(API, "answer")


def test_a_call_that_is_not_counted_is_taken_back(ledger):
    """What never left, or was refused for its rate, costs nothing."""
    ledger.made(API, 8)
    assert not ledger.allows(API, "progress")
    ledger.uncounted(API)
    assert ledger.used(API) == 7
    assert ledger.allows(API, "progress")


def test_unlimited_allows_progress_for_ever(hand_clock):
    """0 calls a month is no limit."""
    ledger = CallLedger(Budget({API: 0}, 0.2), hand_clock)
    ledger.made(API, 10**6)
    assert ledger.allows(API, "progress")


def test_a_new_month_begins_in_china(ledger, hand_clock):
    """The month turns at midnight in Shanghai, and with it what was counted and what DingTalk called used up."""
    _at(hand_clock, 2026, 11, 30, 23, 59, 59)
    ledger.made(API, 9)
    ledger.used_up(WEBHOOK)
    assert not ledger.allows(WEBHOOK, "progress")
    _at(hand_clock, 2026, 12, 1)
    assert ledger.used(API) == 0
    assert ledger.allows(WEBHOOK, "progress")


def test_a_clock_that_is_set_back_finds_its_month_again(ledger, hand_clock):
    """What was counted of a month is there when the clock returns to it."""
    ledger.made(API, 4)
    _at(hand_clock, 2026, 12, 2)
    ledger.made(API, 1)
    _at(hand_clock, 2026, 11, 2)
    ledger.made(API, 2)
    assert ledger.used(API) == 6


def test_dingtalk_has_the_last_word(ledger):
    """Once DingTalk says that the month is used up there is no progress, whatever was counted here."""
    assert ledger.allows(API, "progress")
    ledger.used_up(API)
    assert not ledger.allows(API, "progress")
    assert ledger.allows(API, "answer")


@given(limit=st.integers(1, 10_000), reserve=st.floats(0, 1))
def test_the_reserve_is_never_smaller_than_was_asked_for(limit, reserve):
    """What progress may use and the reserve are at most the whole."""
    budget = Budget({API: limit}, reserve)
    assert budget.for_progress(API) >= 0
    assert limit - budget.for_progress(API) >= limit * reserve


@pytest.fixture
def told(ledger):
    """What was told of the budget."""
    told = []
    ledger.observers.append(told.append)
    return told


def test_somebody_is_told_once_a_month_and_meter(ledger, told, hand_clock):
    """At 80 % of a meter, with what it comes to by the end of the month; the next month anew."""
    ledger.made(API, 7)
    assert told == []
    ledger.made(API, 1)
    ledger.made(API, 1)
    ledger.made(WEBHOOK, 4)
    assert [(each.meter, each.month, each.used, each.limit) for each in told] == [
        (API, "2026-11", 8, 10),
        (WEBHOOK, "2026-11", 4, 5),
    ]
    assert told[0].expected > 8
    _at(hand_clock, 2026, 12, 1)
    ledger.made(API, 8)
    assert told[-1].month == "2026-12"
    _at(hand_clock, 2026, 11, 29)
    ledger.made(WEBHOOK, 0)
    assert len(told) == 3


def test_the_end_of_a_budget_is_told_once_more(ledger, told, hand_clock):
    """At 100 % of a meter, whether that is counted or DingTalk says so; as the only alert where it comes at once."""
    ledger.made(API, 8)
    ledger.made(API, 2)
    ledger.made(API, 2)
    ledger.used_up(API)
    ledger.used_up(WEBHOOK)
    ledger.made(WEBHOOK, 5)
    assert [type(each) for each in told] == [BudgetNearlySpent, BudgetSpent, BudgetSpent]
    assert [(each.meter, each.used, each.limit, each.says_dingtalk) for each in told[1:]] == [
        (API, 10, 10, False),
        (WEBHOOK, 0, 5, True),
    ]
    _at(hand_clock, 2026, 12, 1)
    ledger.made(API, 11)
    assert isinstance(told[-1], BudgetSpent)


def test_what_was_told_is_known_to_the_next_process(ledger, told, hand_clock):
    """Neither alert is repeated; the second one comes to whom only the first was told."""
    ledger.made(API, 8)
    ledger.used_up(WEBHOOK)
    later = CallLedger(ledger.budget, hand_clock)
    later.restore(ledger.days())
    later.observers.append(told.append)
    later.used_up(WEBHOOK)
    later.made(API)
    assert len(told) == 2
    later.made(API)
    assert [type(each) for each in told[2:]] == [BudgetSpent]


def test_an_observer_that_fails_harms_nobody(ledger, told):
    """Counting goes on, and the others are told."""
    ledger.observers.insert(0, lambda _: 1 / 0)
    ledger.made(API, 9)
    assert len(told) == 1


def test_a_lower_limit_is_told_at_the_next_call(ledger, told):
    """What a reload changes holds from then on."""
    ledger.made(API, 5)
    ledger.budget = Budget({API: 5}, 0.2)
    ledger.made(API)
    assert told[0].limit == 5
    assert not ledger.allows(API, "progress")


def test_robots_of_one_journal_share_a_month(hand_clock, told):
    """The month is the organisation's, so what another of its robots used is used."""
    _at(hand_clock, 2026, 11, 29)
    ledger = CallLedger(Budget({API: 10}, 0.2), hand_clock, robot="one")
    ledger.restore([CallDay("two", "2026-11-02", "api", 6), CallDay("one", "2026-10-31", "api", 900)])
    ledger.made(API, 2)
    assert ledger.used(API) == 8
    assert not ledger.allows(API, "progress")
    assert CallDay("one", "2026-11-29", "api", 2, alerted=Alert.MOST) in ledger.days()


def test_a_meter_of_a_later_version_is_left_alone(ledger):
    """A row that this version does not know is no reason to fail."""
    ledger.restore([CallDay("bot", "2026-11-02", "cards", 6)])
    assert ledger.days() == []


def test_what_operators_are_shown(ledger):
    """Each meter with its budget, what is kept of it, and whether progress goes on."""
    ledger.made(API, 8)
    ledger.used_up(WEBHOOK)
    api, webhook = ledger.meters()
    assert (api.used, api.limit, api.reserved, api.used_up, api.progress) == (8, 10, 2, False, False)
    assert (webhook.used, webhook.expected, webhook.used_up, webhook.progress) == (0, 0, True, False)
    assert ledger.month == "2026-11"
    assert ledger.month_ends_ms == round(datetime(2026, 12, 1, tzinfo=ZONE).timestamp() * 1000)


def test_days_that_nobody_asks_about_are_forgotten(ledger, hand_clock):
    """A router that runs for years holds two months of them."""
    for month in range(1, 13):
        _at(hand_clock, 2027, month, 15)
        ledger.made(API)
    assert [each.day for each in ledger.days()] == ["2027-10-15", "2027-11-15", "2027-12-15"]
