"""The windows of ``at most``."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.delivery import EntryKey
from prx_dingtalk_router.delivery.journal import GuardKey, StepRef
from prx_dingtalk_router.delivery.journal.sliding_window import Windows

STEP = StepRef("r", "1")


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 4),
    st.integers(1, 50),
    st.lists(st.tuples(st.integers(0, 30_000), st.booleans()), min_size=1, max_size=60),
)
def test_no_window_holds_more_than_its_guard_allows(count, per, attempts):
    """Whatever comes when, no window of `per` seconds holds more than `count` steps, and a free one is not refused."""
    windows, guard, now, taken = Windows(), GuardKey(STEP), 0, []
    for number, (pause, released) in enumerate(attempts):
        now += pause
        key = EntryKey("bot", str(number))
        room = sum(now - per * 1000 < at for at in taken) < count
        assert windows.take(guard, key, count, per, now) is room
        if room and released:
            windows.release(guard, key)
        elif room:
            taken.append(now)
    for start in taken:
        assert sum(start <= at < start + per * 1000 for at in taken) <= count


def test_guards_count_for_themselves():
    """Counters of other scopes and steps are not touched, and an entry that is counted keeps its count."""
    windows = Windows()
    one, two = EntryKey("bot", "1"), EntryKey("bot", "2")
    assert windows.take(GuardKey(STEP, "lin"), one, 1, 60, 0)
    assert windows.take(GuardKey(STEP, "lin"), one, 1, 60, 1)
    assert not windows.take(GuardKey(STEP, "lin"), two, 1, 60, 1)
    assert windows.take(GuardKey(STEP, "wang"), two, 1, 60, 1)
    assert windows.take(GuardKey(StepRef("r", "2"), "lin"), two, 1, 60, 1)
