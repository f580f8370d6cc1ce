"""Whether the other side is still there (dingtalk-stream.md section 2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.stream.protocol.liveness import Liveness, LossReason, loss_reason


def test_the_first_ping_is_due_after_the_interval() -> None:
    """A new connection is left alone for one interval."""
    liveness = Liveness(20, 15, now=100)
    assert liveness.next_at == 120
    assert not liveness.is_ping_due(119.9)
    assert liveness.is_ping_due(120)
    assert not liveness.is_dead(10_000)


def test_an_unanswered_ping_is_death_after_the_patience() -> None:
    """A black hole is noticed within interval and patience."""
    liveness = Liveness(20, 15, now=100)
    liveness.ping_sent(120)
    assert liveness.next_at == 135
    assert not liveness.is_dead(134.9)
    assert not liveness.is_ping_due(134.9)
    assert liveness.is_dead(135)


def test_an_answered_ping_is_followed_by_the_next() -> None:
    """Pings keep their interval, and only the one on its way counts."""
    liveness = Liveness(20, 15, now=100)
    liveness.ping_sent(120)
    liveness.pong_received()
    assert liveness.next_at == 140
    assert not liveness.is_dead(10_000)


@given(st.lists(st.floats(0, 14.9), max_size=30))
def test_who_answers_in_time_never_dies(answers: list[float]) -> None:
    """However long the silence between, a peer that answers pings is alive."""
    now = 0.0
    liveness = Liveness(20, 15, now)
    for answer_after in answers:
        now = max(now, liveness.next_at)
        assert liveness.is_ping_due(now)
        liveness.ping_sent(now)
        now += answer_after
        assert not liveness.is_dead(now)
        liveness.pong_received()


@pytest.mark.parametrize(
    ("received", "sent", "reason"),
    [
        (None, None, LossReason.DROPPED),
        (1000, 1000, LossReason.CLOSED),
        (1001, 1001, LossReason.CLOSED),
        (1011, 1011, LossReason.CLOSED),
        (1006, None, LossReason.CLOSED),
        (None, 1000, LossReason.DROPPED),
        (1000, None, LossReason.CLOSED),
        (None, 1009, LossReason.TOO_BIG),
        (1000, 1009, LossReason.TOO_BIG),
        (None, 1002, LossReason.PROTOCOL),
        (None, 1007, LossReason.PROTOCOL),
    ],
)
def test_close_codes_tell_the_reason(received: int | None, sent: int | None, reason: LossReason) -> None:
    """The codes of both close frames become one word."""
    assert loss_reason(received=received, sent=sent) is reason
