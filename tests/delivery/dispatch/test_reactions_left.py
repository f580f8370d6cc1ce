"""What becomes of reactions at the end of a process, and of those that an earlier one left."""

from __future__ import annotations

from dataclasses import replace

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import EntryKey, NewEntry
from prx_dingtalk_router.delivery.dingtalk import Refused, Unmetered
from prx_dingtalk_router.delivery.dispatch.reactions import MOST_TRIES, Reactions
from prx_dingtalk_router.delivery.journal import ReactionMark

BUSY = Refused(
    text("delivery.call-refused", code="system.err"), "backoff", "system.err", wait=1.0, status=500
)
KEY = EntryKey("bot", "m1")


async def test_the_end_takes_everything_away(reactions, wire, marks, settled, said):
    """What is shown, and what is being shown; nothing is set any more."""
    for number in (1, 2):
        reactions.show(EntryKey("bot", f"m{number}"), said(f"m{number}"))
        await settled()
    reactions.show(EntryKey("bot", "m3"), said("m3"))
    await reactions.aclose(5.0)
    reactions.show(EntryKey("bot", "m4"), said("m4"))
    await settled()
    assert wire.calls == ["attach", "attach", "recall", "recall"]
    assert not await marks.reactions()


async def test_the_end_leaves_to_the_next_process_what_cannot_be_taken_away(
    reactions, wire, marks, settled, said
):
    """It waits for nobody, and the mark stays."""
    reactions.show(KEY, said())
    await settled()
    wire.answers["recall"] = [BUSY]
    await reactions.aclose(5.0)
    assert wire.calls == ["attach", "recall"]
    assert [mark.key for mark in await marks.reactions()] == [KEY]


async def test_the_end_is_not_held_up_by_a_call(reactions, wire, marks, settled, said):
    """A call without an answer is let go of after the time that is given."""
    reactions.show(KEY, said())
    await settled()
    wire.open.clear()
    await reactions.aclose(0.01)
    assert [mark.key for mark in await marks.reactions()] == [KEY]


async def left_behind(marks, **fields) -> ReactionMark:
    """The mark that an earlier process left."""
    mark = ReactionMark(KEY, "cid==", "🤔思考中", 1_788_199_000_000, **fields)
    await marks.mark_reaction(mark)
    return mark


async def test_what_was_left_is_taken_away(reactions, wire, marks, settled, results):
    """Of a message that has ended, or that nobody knows any more."""
    await left_behind(marks)
    await reactions.take_up()
    await settled()
    assert wire.made == [("recall", "bot", "cid==", "m1", "🤔思考中")]
    assert results() == ["removed"]
    assert not await marks.reactions()


async def test_what_was_left_just_now_is_taken_away_twice(reactions, wire, marks, hand_clock, settled):
    """The call that set it may still be on its way."""
    mark = await left_behind(marks)
    await marks.mark_reaction(replace(mark, at_ms=hand_clock.now_ms() - 100))
    await reactions.take_up()
    await settled()
    assert wire.calls == ["recall", "recall"]


async def test_what_was_left_on_a_message_that_goes_on_stays(reactions, wire, marks, settled, said):
    """It is not set again, and taken away when that message ends."""
    await left_behind(marks)
    await marks.store([NewEntry(Decision(said(), "sha256:0", "r"), "{}")], 1)
    await reactions.take_up()
    reactions.show(KEY, said())
    await settled()
    assert wire.made == []
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["recall"]


async def test_what_no_process_can_take_away_is_forgotten(wire, marks, hand_clock, told, settled, results):
    """After so many calls, however few of them each process makes; a start without a call counts for nothing."""
    await left_behind(marks)
    made = 0
    while await marks.reactions():
        wire = type(wire)(answers={"recall": [BUSY]})
        reactions = Reactions(marks, wire, Unmetered(), hand_clock, told.append)
        await reactions.take_up()
        wire.open.set()
        await reactions.aclose(5.0)
        made += len(wire.made)
        idle = Reactions(marks, type(wire)(), Unmetered(), hand_clock, told.append)
        await idle.take_up()
        await idle.aclose(0.0)
    assert made == MOST_TRIES
    assert results() == ["left"]
