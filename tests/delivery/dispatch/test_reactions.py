"""The reaction on a message while its agent works, on a wire that does as it is told (dingtalk-cards-media.md section 1)."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery import EntryKey
from prx_dingtalk_router.delivery.dingtalk import Budget, CallLedger, Meter, Refused, Unmetered, Unsure
from prx_dingtalk_router.delivery.dispatch.reaction_rate import MOST_AT_ONCE
from prx_dingtalk_router.delivery.dispatch.reactions import Reactions
from prx_dingtalk_router.errors import JournalError, JournalUnavailable

LOST = Unsure(text("delivery.call-unknown"))
BUSY = Refused(
    text("delivery.call-refused", code="system.err"), "backoff", "system.err", wait=1.0, status=500
)
NOBODY = Refused(text("delivery.call-unreachable"), "backoff", wait=1.0)
WRONG = Refused(
    text("delivery.call-refused", code="invalid.openMsgId"), "none", "invalid.openMsgId", status=400
)
DENIED = "Forbidden.AccessDenied."
FORBIDDEN = Refused(
    text("delivery.call-refused", code="x"), "none", f"{DENIED}AccessTokenPermissionDenied", status=403
)
TOO_FAST = Refused(text("delivery.call-refused", code="429"), "backoff", "429", wait=2.0, status=429)
KEY = EntryKey("bot", "m1")


class Month(Unmetered):
    """A month of which only the reserve is left."""

    def allows(self, *_: object, **__: object) -> bool:
        """Nothing is left for progress."""
        return False


async def test_a_reaction_is_set_and_taken_away_once(reactions, wire, marks, settled, said, results):
    """Both calls name the same message and text; the mark is there in between, and gone afterwards."""
    reactions.show(KEY, said())
    reactions.show(KEY, said())
    await settled()
    assert wire.made == [("attach", "bot", "cid==", "m1", "🤔思考中")]
    (mark,) = await marks.reactions()
    assert (mark.key, mark.conversation, mark.name) == (KEY, "cid==", "🤔思考中")
    reactions.hide(KEY)
    reactions.hide(KEY)
    await settled()
    assert wire.made[1:] == [("recall", "bot", "cid==", "m1", "🤔思考中")]
    assert not await marks.reactions()
    assert results() == ["attached", "removed"]


@pytest.mark.parametrize(
    ("words", "name"), [("reset my password", "🤔Thinking"), ("VPN", "🤔思考中"), ("reset 密码", "🤔思考中")]
)
async def test_the_word_is_in_the_language_of_the_message(reactions, wire, words, name, settled, said):
    """English where it has English words and no Chinese ones, else Chinese."""
    reactions.show(KEY, said(words=words))
    await settled()
    assert wire.made[0][-1] == name


async def test_the_mark_is_kept_before_the_call(reactions, wire, marks, settled, said):
    """So a process that is killed while it calls leaves what the next one needs."""
    wire.open.clear()
    reactions.show(KEY, said())
    await settled()
    assert wire.calls == ["attach"]
    assert [mark.key for mark in await marks.reactions()] == [KEY]


async def test_an_answer_that_is_there_at_once_needs_none(reactions, wire, marks, told, settled, said):
    """No call is made, nothing is kept, nothing is told."""
    reactions.show(KEY, said())
    reactions.hide(KEY)
    await settled()
    assert (wire.made, await marks.reactions(), told) == ([], [], [])


async def test_taking_away_never_overtakes_setting(reactions, wire, settled, said):
    """While it is being set, an end waits for what comes of that."""
    wire.open.clear()
    reactions.show(KEY, said())
    await settled()
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach"]
    wire.open.set()
    await settled()
    assert wire.calls == ["attach", "recall"]


@pytest.mark.parametrize("outcome", [LOST, BUSY, NOBODY])
async def test_setting_is_tried_three_times(reactions, wire, hand_clock, outcome, settled, said):
    """At 0, 400 and 1,200 ms, where nobody answered or the server called it its own fault."""
    wire.answers["attach"] = [outcome] * 3
    began = hand_clock.monotonic()
    reactions.show(KEY, said())
    await settled()
    assert wire.calls == ["attach"] * 3
    assert hand_clock.monotonic() - began == pytest.approx(0.3 + 1.2, abs=0.01)


@pytest.mark.parametrize("outcome", [WRONG, FORBIDDEN, TOO_FAST])
async def test_a_refusal_that_would_come_again_is_not_asked_for(
    reactions, wire, marks, outcome, settled, said, results
):
    """It is tried once; nothing is there to be taken away."""
    wire.answers["attach"] = [outcome]
    reactions.show(KEY, said())
    await settled()
    assert not await marks.reactions()
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach"]
    assert results() == ["refused"]


@pytest.mark.parametrize(("outcome", "seconds"), [(FORBIDDEN, 600), (TOO_FAST, 2)])
async def test_what_is_refused_for_all_is_left_alone_for_a_while(
    reactions, wire, hand_clock, told, outcome, seconds, settled, said
):
    """The operator is told once of a long pause; others are skipped until it is over."""
    wire.answers["attach"] = [outcome]
    reactions.show(KEY, said())
    await settled()
    reactions.show(EntryKey("bot", "m2"), said("m2"))
    await settled()
    assert [(event.result, event.alert) for event in told] == [("refused", seconds > 60), ("skipped", False)]
    hand_clock.ms += seconds * 1000
    reactions.show(EntryKey("bot", "m3"), said("m3"))
    await settled()
    assert wire.calls == ["attach", "attach"]


async def test_a_refusal_about_one_message_concerns_no_other(reactions, wire, settled, said):
    """The next message has its reaction."""
    wire.answers["attach"] = [WRONG]
    for number in (1, 2):
        reactions.show(EntryKey("bot", f"m{number}"), said(f"m{number}"))
        await settled()
    assert wire.calls == ["attach", "attach"]


async def test_one_that_may_be_there_is_taken_away_twice(reactions, wire, marks, settled, said, results):
    """What was sent without an answer may come behind the first call that takes it away."""
    wire.answers["attach"] = [LOST] * 3
    reactions.show(KEY, said())
    await settled()
    assert [mark.key for mark in await marks.reactions()] == [KEY]
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach"] * 3 + ["recall"] * 2
    assert results() == ["unknown", "removed"]
    assert not await marks.reactions()


async def test_a_refusal_after_a_lost_answer_settles_nothing(reactions, wire, settled, said):
    """The first call may have set it, so it is taken away all the same."""
    wire.answers["attach"] = [LOST, WRONG]
    reactions.show(KEY, said())
    await settled()
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach", "attach", "recall", "recall"]


@pytest.mark.parametrize("outcome", [LOST, BUSY, NOBODY, WRONG, FORBIDDEN])
async def test_taking_away_is_tried_whatever_comes(
    reactions, wire, hand_clock, marks, outcome, settled, said, results
):
    """At 0, 1,500 and 5,000 ms, then after a minute and ten; then it is forgotten."""
    reactions.show(KEY, said())
    await settled()
    wire.answers["recall"] = [outcome] * 9
    hand_clock.slept.clear()
    reactions.hide(KEY)
    await settled(200)
    assert wire.calls == ["attach"] + ["recall"] * 5
    assert [each for each in hand_clock.slept if each >= 1] == [1.5, 3.5, 60.0, 600.0]
    assert results() == ["attached", "left"]
    assert not await marks.reactions()


async def test_taking_away_waits_as_long_as_dingtalk_says(wire, hand_clock, reactions, settled, said):
    """While the address is banned no call would get there; afterwards it is taken away."""
    reactions.show(KEY, said())
    await settled()
    wire.answers["recall"] = [Refused(text("delivery.call-refused", code="1111"), "wait", "1111", wait=300.0)]
    hand_clock.slept.clear()
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach", "recall", "recall"]
    assert max(hand_clock.slept) == 300.0


async def test_the_next_agent_of_a_chain_keeps_it(reactions, wire, settled, said):
    """One that is wanted again at once is neither taken away nor set anew."""
    reactions.show(KEY, said())
    await settled()
    reactions.hide(KEY)
    reactions.show(KEY, said())
    await settled()
    assert wire.calls == ["attach"]
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach", "recall"]


async def test_one_that_is_wanted_again_while_it_goes_is_set_anew(reactions, wire, settled, said):
    """Afterwards, so that the two never cross."""
    reactions.show(KEY, said())
    await settled()
    wire.open.clear()
    reactions.hide(KEY)
    await settled()
    reactions.show(KEY, said())
    wire.open.set()
    await settled()
    assert wire.calls == ["attach", "recall", "attach"]


async def test_nothing_is_shown_when_only_the_reserve_is_left(
    marks, wire, hand_clock, told, settled, said, results
):
    """No call is made, and no mark is kept."""
    reactions = Reactions(marks, wire, Month(), hand_clock, told.append)
    reactions.show(KEY, said())
    await settled()
    reactions.hide(KEY)
    await settled()
    assert (wire.made, await marks.reactions(), results()) == ([], [], ["skipped"])


async def test_the_reserve_is_not_touched_by_taking_away_either(marks, wire, hand_clock, told, settled, said):
    """What is still to be taken away counts as spent, so that no more is shown than the month allows."""
    calls = CallLedger(Budget({Meter.API: 10}, reserve=0.5), clock=hand_clock)

    def spend(call):
        async def made(*args):
            calls.made(Meter.API)
            return await call(*args)

        return made

    wire.attach, wire.recall = spend(wire.attach), spend(wire.recall)
    reactions = Reactions(marks, wire, calls, hand_clock, told.append)
    keys = [EntryKey("bot", f"m{number}") for number in range(9)]
    for key in keys:
        reactions.show(key, said(key.msg_id))
        await settled()
    for key in keys:
        reactions.hide(key)
        await settled()
    assert calls.used(Meter.API) == len(wire.made) == 4


async def test_nothing_is_set_without_its_mark(reactions, wire, marks, monkeypatch, settled, said, results):
    """A journal that keeps nothing now holds no message up, and no reaction is shown."""

    async def refuse(_):
        raise JournalUnavailable("delivery.journal-closed")

    monkeypatch.setattr(marks, "mark_reaction", refuse)
    reactions.show(KEY, said())
    await settled()
    assert (wire.made, results()) == ([], ["skipped"])


async def test_a_mark_that_stays_hinders_nothing(reactions, wire, marks, monkeypatch, settled, said, results):
    """Whether or not the journal can forget it, the reaction is gone."""

    async def refuse(_):
        raise JournalError("delivery.journal-closed")

    reactions.show(KEY, said())
    await settled()
    monkeypatch.setattr(marks, "unmark_reaction", refuse)
    reactions.hide(KEY)
    await settled()
    assert results() == ["attached", "removed"]


async def test_a_defect_is_logged_and_goes_no_further(reactions, wire, monkeypatch, caplog, settled, said):
    """The next message has its reaction."""

    async def fail(*_):
        raise RuntimeError("boom")

    with monkeypatch.context() as patched:
        patched.setattr(wire, "attach", fail)
        reactions.show(KEY, said())
        await settled()
    assert "boom" in caplog.text
    reactions.show(EntryKey("bot", "m2"), said("m2"))
    await settled()
    assert wire.calls == ["attach"]


async def test_so_many_at_a_time_and_the_late_ones_not_at_all(wire, marks, told, results, said, fast_clock):
    """A storm of messages makes few calls; whoever would have to wait longer than two seconds gets no reaction."""
    everybody = asyncio.Event()

    def tell(event):
        told.append(event)
        if len(told) == 300:
            everybody.set()

    reactions = Reactions(marks, wire, Unmetered(), fast_clock, tell)
    wire.open.clear()
    for number in range(300):
        reactions.show(EntryKey("bot", f"m{number}"), said(f"m{number}"))
    await asyncio.wait_for(wire.full.wait(), 30)
    wire.open.set()
    await asyncio.wait_for(everybody.wait(), 30)
    assert wire.most == MOST_AT_ONCE
    assert results().count("attached") == len(wire.made) < 60
    assert results().count("skipped") == 300 - len(wire.made)


async def test_nothing_is_shown_where_there_is_no_conversation(
    reactions, wire, marks, hand_clock, told, settled, said
):
    """Nor where nobody gave a wire."""
    reactions.show(KEY, said(conversation=""))
    Reactions(marks, None, Unmetered(), hand_clock, told.append).show(KEY, said())
    await settled()
    assert wire.made == []
