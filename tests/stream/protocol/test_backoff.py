"""Delays between tries (dingtalk-stream.md section 5)."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.stream.protocol.backoff import Backoff


def seeded(seed: int) -> Random:
    """Jitter that can be foreseen."""
    return Random(seed)  # noqa: S311 - jitter is no secret


def test_ceilings_double_from_one_to_sixty_seconds() -> None:
    """The defaults are 1, 2, 4 … 60 s, and stay there."""
    backoff = Backoff()
    ceilings = []
    for _ in range(9):
        ceilings.append(backoff.ceiling)
        backoff.next_delay()
    assert ceilings == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_reset_begins_again() -> None:
    """After a useful connection the first ceiling counts."""
    backoff = Backoff()
    for _ in range(20):
        backoff.next_delay()
    backoff.reset()
    assert backoff.ceiling == 1


def test_a_seed_foresees_the_delays() -> None:
    """Two with the same seed wait alike, with another seed differently."""
    delays = [
        [backoff.next_delay() for _ in range(8)] for backoff in (Backoff(random=seeded(s)) for s in (1, 1, 2))
    ]
    assert delays[0] == delays[1] != delays[2]


@given(st.integers(), st.integers(1, 100))
def test_the_jitter_is_full(seed: int, tries: int) -> None:
    """A delay lies between nothing and its ceiling."""
    backoff = Backoff(random=seeded(seed))
    for _ in range(tries):
        ceiling = backoff.ceiling
        assert 0 <= backoff.next_delay() <= ceiling <= 60


def test_the_jitter_uses_the_whole_range() -> None:
    """Delays are spread over the range, so that many clients do not come back together."""
    backoff = Backoff(first=60, cap=60, random=seeded(3))
    delays = [backoff.next_delay() for _ in range(500)]
    assert min(delays) < 6
    assert max(delays) > 54


@given(st.integers())
def test_the_longest_delay_is_at_least_the_cap(seed: int) -> None:
    """After a quota refusal nothing is asked before the cap is over."""
    assert 60 <= Backoff(random=seeded(seed)).longest_delay() <= 66
