"""The places in the queues of sessions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.delivery import EntryKey
from prx_dingtalk_router.delivery.dispatch.sessions import Sessions
from prx_dingtalk_router.delivery.journal import Lane

LANE = Lane("desk", "s")


def _key(name):
    return EntryKey("bot", name)


class _Desk:
    """A session, and who was let through, in order."""

    def __init__(self):
        self.sessions = Sessions()
        self.order = []
        self.places = {}

    def enter(self, name, order, **fields):
        place = self.sessions.enter(LANE, _key(name), order, None, **fields)
        assert self.places.setdefault(name, place) is place

    def ready(self, name):
        if self.sessions.take_turn(self.places[name], lambda: self.order.append(name)):
            self.order.append(name)

    def leave(self, name):
        place = self.places.pop(name, None)
        for _ in range(2):  # the second time it has no place any more
            if place is not None:
                self.sessions.leave(place)


def test_a_lane_is_sorted_and_one_at_a_time():
    """The earliest by (createAt, arrival) goes next, but does not overtake the one at the agent."""
    desk = _Desk()
    for arrival, (name, created) in enumerate([("late", 9), ("b", 5), ("a", 5)]):
        desk.enter(name, (created, arrival))
    desk.ready("b")
    desk.enter("early", (1, 4))
    for name in ("late", "a", "early"):
        desk.ready(name)
    assert desk.order == ["b"]
    for name in ("b", "early", "a"):
        desk.leave(name)
    assert desk.order == ["b", "early", "a", "late"]
    desk.ready("late")
    assert desk.order[-2:] == ["late", "late"]


def test_the_first_of_a_lane_is_waited_for():
    """While the first is not ready yet, the second does not go before it; when it leaves, it does."""
    desk = _Desk()
    desk.enter("1", (1, 1))
    desk.enter("2", (2, 2))
    desk.ready("2")
    assert desk.order == []
    desk.leave("1")
    assert desk.order == ["2"]
    desk.leave("nobody")


def test_so_many_may_wait():
    """Besides the one whose turn it is `waiting` may wait; the next is turned away, and lanes do not share places."""
    sessions = Sessions()
    places = [sessions.enter(LANE, _key(str(n)), (n, n), 2) for n in range(5)]
    assert [place.is_turned_away for place in places] == [False, False, False, True, True]
    assert not sessions.enter(LANE, _key("0"), (0, 0), 0).is_turned_away
    assert not sessions.enter(Lane("desk", "other"), _key("3"), (3, 3), 0).is_turned_away
    sessions.leave(places[0])
    assert not sessions.enter(LANE, _key("5"), (5, 5), 2).is_turned_away


def test_nobody_goes_before_one_that_was_turned_away_has_left():
    """Until it is kept that it was turned away, those behind it wait."""
    desk = _Desk()
    desk.enter("1", (1, 1))
    desk.ready("1")
    desk.places["2"] = desk.sessions.enter(LANE, _key("2"), (2, 2), 0)
    desk.leave("1")
    desk.enter("3", (3, 3))
    desk.ready("3")
    assert desk.order == ["1"]
    desk.leave("2")
    assert desk.order == ["1", "3"]


def test_who_was_at_the_agent_comes_before_all():
    """After a restart the one that was dispatched is at the agent, whatever its order, and nobody else until it leaves."""
    desk = _Desk()
    desk.enter("first", (1, 1))
    desk.enter("at work", (9, 9), dispatched=True)
    desk.ready("first")
    assert desk.order == []
    desk.leave("at work")
    assert desk.order == ["first"]


@given(st.lists(st.tuples(st.sampled_from("erl"), st.integers(0, 7)), max_size=60))
def test_one_at_a_time_in_order_whatever_happens(happenings):
    """Whoever is let through is the earliest that was in line then, and the one before has left."""
    desk, inside, at_agent = _Desk(), set(), None
    for what, number in happenings:
        name = str(number)
        before = len(desk.order)
        if what == "e":
            desk.enter(name, (number, number))
            inside.add(number)
        elif what == "r" and number in inside:
            desk.ready(name)
        elif what == "l":
            desk.leave(name)
            inside.discard(number)
            at_agent = None if at_agent == number else at_agent
        for let in desk.order[before:]:
            assert at_agent in (None, int(let))
            assert int(let) == min(inside) or at_agent == int(let)
            at_agent = int(let)
