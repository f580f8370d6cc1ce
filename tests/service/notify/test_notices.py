"""How often an owner is told, and that repeats are gathered."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.service.notify.notices import FIRST_GAP, LONGEST_GAP, Notice, Notices


class Now:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """The seconds of the monotonic clock."""
        return self.seconds


def dead(number: int = 1) -> Notice:
    """A message that is dead."""
    return Notice("dead", text("service.notify.dead", msg_id=f"m{number}", rule="r", reason="x", remedy=""))


def told(words: list[Text]) -> list[str]:
    """In English, the ids alone, and how many more."""
    return [
        each.render("en").partition("Message ")[2].replace("rule r. More: prx-router dead show ", "")
        for each in words
    ]


def test_the_first_is_told_at_once_and_repeats_are_gathered() -> None:
    """For ten minutes, then for twenty; what is told is the last of them, and how many there were."""
    now = Now()
    notices = Notices(now)
    assert notices.due() == []
    notices.tell(dead(1))
    assert told(notices.due()) == ["m1, m1"]
    for number in (2, 3, 4, 5):
        notices.tell(dead(number))
    assert notices.due() == []
    now.seconds += FIRST_GAP
    assert told(notices.due()) == ["m5, m5\n(3 more like it)"]
    notices.tell(dead(6))
    now.seconds += FIRST_GAP
    assert notices.due() == []
    now.seconds += FIRST_GAP
    assert told(notices.due()) == ["m6, m6"]


def test_a_thousand_at_once_are_one_message() -> None:
    """The first of them does not go out alone."""
    notices = Notices(Now())
    for number in range(1000):
        notices.tell(dead(number))
    assert told(notices.due()) == ["m999, m999\n(999 more like it)"]


def test_after_a_quiet_time_the_next_is_a_first_one() -> None:
    """It waits for nothing, and the time after it is short again."""
    now = Now()
    notices = Notices(now)
    for _ in range(4):
        notices.tell(dead())
        now.seconds += LONGEST_GAP
        assert len(notices.due()) == 1
    now.seconds += 2 * LONGEST_GAP
    notices.tell(dead(7))
    assert told(notices.due()) == ["m7, m7"]
    notices.tell(dead(8))
    now.seconds += FIRST_GAP
    assert told(notices.due()) == ["m8, m8"]


def test_kinds_and_agents_do_not_wait_for_each_other() -> None:
    """Each agent is told of by itself."""
    notices = Notices(Now())
    down = text("service.notify.agent-down", agent="a", minutes=2)
    for notice in (dead(), Notice("agent", down, "a"), Notice("agent", down, "b")):
        notices.tell(notice)
    assert len(notices.due()) == 3


def test_an_end_is_told_at_once_if_the_trouble_was() -> None:
    """What goes up and down all the time is gathered all the same."""
    now = Now()
    notices = Notices(now)
    down = Notice("agent", text("service.notify.agent-down", agent="a", minutes=2), "a")
    up = Notice("agent", text("service.notify.agent-up", agent="a", minutes=2), "a", is_news=True)
    said = []
    for _ in range(50):
        for notice in (down, up):
            notices.tell(notice)
            said += [each.render("en") for each in notices.due()]
            now.seconds += 2.0
    assert len(said) == 2
    assert "is back" in said[1]
    now.seconds += LONGEST_GAP
    assert [each.render("en").count("97 more like it") for each in notices.due()] == [1]


@given(st.lists(st.tuples(st.floats(0, 4000), st.integers(0, 30)), max_size=60))
def test_nothing_is_lost_and_nobody_is_flooded(happened: list[tuple[float, int]]) -> None:
    """Every notice is told or counted, and within an hour there are at most four messages of one kind."""
    now = Now()
    notices = Notices(now)
    times, count, noted = [], 0, 0
    for wait, number in [*happened, (2 * LONGEST_GAP, 0)]:
        for _ in range(number):
            notices.tell(dead())
        noted += number
        for _ in range(2):
            for words in notices.due():
                times.append(now.seconds)
                more = words.params["count"] if words.key == "service.notify.more" else 0
                count += 1 + int(str(more))
            now.seconds += wait / 2
    assert count == noted
    assert all(later - earlier >= 3600 for earlier, later in zip(times, times[4:], strict=False))


async def test_they_are_given_out_as_they_come() -> None:
    """Also what came before anybody gave them out; one that comes meanwhile waits for no time to pass."""
    notices = Notices()
    sent: asyncio.Queue[str] = asyncio.Queue()

    async def send(words: Text) -> None:
        await sent.put(words.render("en"))

    notices.tell(dead(1))
    task = asyncio.create_task(notices.run(send))
    async with asyncio.timeout(20):
        assert "m1" in await sent.get()
        notices.tell(Notice("budget", text("service.notify.connected", minutes=1)))
        assert "is back" in await sent.get()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
