"""Room for so many at a time."""

from __future__ import annotations

from prx_dingtalk_router.delivery.room import Room


def test_first_come_first_served():
    """So many are inside; who comes later is called in order, and is inside then."""
    room, called = Room(2), []
    assert [room.enter(who, lambda who=who: called.append(who)) for who in "abcd"] == [
        True,
        True,
        False,
        False,
    ]
    assert (room.inside, room.is_empty) == (2, False)
    assert not room.enter("d", lambda: called.append("again"))
    room.leave("c")
    room.leave("a")
    assert called == ["d"]
    assert room.enter("d", lambda: called.append("never"))
    for who in "bd":
        room.leave(who)
    assert (room.inside, room.is_empty, called) == (0, True, ["d"])


def test_nobody_overtakes_those_who_wait():
    """Whoever comes while others wait is behind them, and who is squeezed in keeps the next one out."""
    room, called = Room(1), []
    room.squeeze_in("x")
    room.squeeze_in("y")
    assert not room.enter("a", lambda: called.append("a"))
    room.leave("x")
    assert called == []
    room.leave("y")
    assert called == ["a"]
    assert not room.enter("b", lambda: called.append("b"))


async def test_its_emptiness_is_waited_for():
    """Whoever waits for it to be empty waits for those in line, too."""
    room = Room(1)
    await room.emptied()
    room.enter("a", lambda: None)
    room.enter("b", lambda: None)
    room.leave("a")
    assert not room.is_empty
    room.leave("b")
    await room.emptied()
