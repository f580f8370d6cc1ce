"""How often something is said that a peer can cause as often as it likes."""

from __future__ import annotations

from prx_dingtalk_router.stream.remarks import Remarks


def test_the_first_is_said_and_then_one_a_minute_with_the_number_between() -> None:
    """A flood is a line a minute, and none of it is uncounted."""
    remarks = Remarks(60.0)
    said = [(now, told) for now in range(150) if (told := remarks.next(float(now))) is not None]
    assert said == [(0, 0), (60, 59), (120, 59)]
    assert remarks.next(10_000.0) == 29
    assert remarks.next(20_000.0) == 0
