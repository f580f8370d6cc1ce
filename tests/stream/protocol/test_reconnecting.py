"""When the next try is made, by what happened (dingtalk-stream.md sections 1 and 5)."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.stream.protocol.reconnecting import ReconnectPolicy
from prx_dingtalk_router.stream.protocol.registration import RefusalKind

OTHERS = [kind for kind in RefusalKind if kind not in (RefusalKind.CREDENTIALS, RefusalKind.QUOTA)]


def policy(**fields: Any) -> ReconnectPolicy:
    """A policy with the usual times."""
    given: dict[str, Any] = {
        "backoff_first": 1.0,
        "backoff_cap": 60.0,
        "credentials_retry": 60.0,
        "drain": 10.0,
        "give_up_after": 600.0,
        "random": Random(7),  # noqa: S311 - jitter is no secret
    }
    return ReconnectPolicy(**(given | fields))


def test_an_announced_end_is_followed_at_once() -> None:
    """Of a connection of some age, useful or not, however often."""
    table = policy()
    assert [table.after_announcement(age=3600.0, useful=useful) for useful in (True, False) * 5] == [0.0] * 10


def test_only_young_connections_in_a_row_are_slowed_down() -> None:
    """The second young one in a row is followed after a delay, and the delays grow; one of some age ends the row."""
    table = policy()
    assert table.after_announcement(age=1.0, useful=True) == 0.0
    delays = [table.after_announcement(age=1.0, useful=True) for _ in range(40)]
    assert all(delay > 0 for delay in delays)
    assert max(delays[:3]) < 0.2
    assert max(delays) > 10.0
    assert table.after_announcement(age=10.0, useful=True) == 0.0
    assert table.after_announcement(age=1.0, useful=True) == 0.0
    assert 0 < table.after_announcement(age=1.0, useful=True) < 0.1


def test_a_loss_between_two_announcements_ends_the_row() -> None:
    """Disconnect, cut, disconnect: the second announcement is followed at once like the first."""
    table = policy()
    table.after_announcement(age=1.0, useful=True)
    table.after_loss(useful=False)
    assert table.after_announcement(age=1.0, useful=True) == 0.0


def test_losses_are_followed_by_backoff_that_a_useful_connection_resets() -> None:
    """Delays grow up to the cap while connections are of no use."""
    table = policy()
    useless = [table.after_loss(useful=False) for _ in range(60)]
    assert useless[0] <= 1.0
    assert 30.0 < max(useless) <= 60.0
    assert table.after_loss(useful=True) <= 1.0
    table = policy()
    for _ in range(60):
        table.after_loss(useful=False)
    table.after_announcement(age=3600.0, useful=True)
    assert table.after_loss(useful=False) <= 1.0


@pytest.mark.parametrize("kind", OTHERS)
def test_other_refusals_are_followed_by_backoff_for_ever(kind: RefusalKind) -> None:
    """Whatever is refused but credentials is never given up."""
    table = policy(give_up_after=0.0)
    delays = [table.after_refusal(kind, now) for now in range(0, 100_000, 1000)]
    assert None not in delays
    assert 30.0 < max(delay for delay in delays if delay is not None) <= 60.0


def test_a_quota_is_asked_for_slowly() -> None:
    """Where a quick second try makes it worse, the delay is the longest from the beginning."""
    assert all(60.0 <= (policy().after_refusal(RefusalKind.QUOTA, 0.0) or 0.0) <= 66.0 for _ in range(20))


@given(st.floats(0.1, 3600.0), st.floats(0.1, 100.0))
def test_refused_credentials_are_given_up_in_time(give_up_after: float, retry: float) -> None:
    """Tries are at least ``credentials_retry`` apart, the last one is made when the time is up, and then none."""
    table = policy(give_up_after=give_up_after, credentials_retry=retry)
    now, tries = 0.0, 0
    while (delay := table.after_refusal(RefusalKind.CREDENTIALS, now)) is not None:
        last = now + delay >= give_up_after
        assert delay >= retry or last
        now += delay
        tries += 1
        assert now <= give_up_after + 1e-6
    assert now == pytest.approx(give_up_after)
    assert tries <= give_up_after / retry + 1


def test_without_a_limit_credentials_are_tried_for_ever() -> None:
    """``None`` never gives up."""
    table = policy(give_up_after=None)
    assert all(table.after_refusal(RefusalKind.CREDENTIALS, now) for now in range(0, 10**9, 10**7))


def test_only_a_registration_ends_the_time_of_refused_credentials() -> None:
    """Another kind of refusal in between neither begins it anew nor ends it; a ticket does."""
    table = policy()
    table.after_refusal(RefusalKind.CREDENTIALS, 0.0)
    assert table.after_refusal(RefusalKind.UNAVAILABLE, 599.0) is not None
    assert table.after_refusal(RefusalKind.CREDENTIALS, 600.0) is None
    table.after_registration()
    assert table.after_refusal(RefusalKind.CREDENTIALS, 601.0) is not None
