"""The reaction on a message while its agent works, on a wire that does as it is told (dingtalk-cards-media.md section 1)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import EntryKey, MemoryJournal, NewEntry, ReactionChanged
from prx_dingtalk_router.delivery.dingtalk import Accepted, Outcome, Refused, Unmetered, Unsure
from prx_dingtalk_router.delivery.dispatch.reaction_rate import MOST_AT_ONCE
from prx_dingtalk_router.delivery.dispatch.reactions import MOST_STARTS, Reactions
from prx_dingtalk_router.delivery.journal import ReactionMark
from prx_dingtalk_router.errors import JournalError, JournalUnavailable
from prx_dingtalk_router.message import Message

YES = Accepted({})
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


def message(msg_id: str = "m1", words: str = "密码忘了", **fields: str) -> Message:
    """What somebody said."""
    return Message(msg_id, "bot", fields.pop("conversation", "cid=="), group=True, text=words, **fields)


@dataclass
class Wire:
    """Both calls. ``answers`` are given in turn by call, then success."""

    made: list[tuple[str, ...]] = field(default_factory=list)
    answers: dict[str, list[Outcome]] = field(default_factory=dict)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """While it is not set, calls wait for their answers."""
    now: int = 0
    most: int = 0

    async def attach(self, *args: str) -> Outcome:
        """Set one."""
        return await self._take("attach", args)

    async def recall(self, *args: str) -> Outcome:
        """Take it away."""
        return await self._take("recall", args)

    async def _take(self, call: str, args: tuple[str, ...]) -> Outcome:
        self.made.append((call, *args))
        self.now += 1
        self.most = max(self.most, self.now)
        await self.open.wait()
        self.now -= 1
        given = self.answers.get(call)
        return given.pop(0) if given else YES

    @property
    def calls(self) -> list[str]:
        """Which calls were made, in order."""
        return [call for call, *_ in self.made]


class Month(Unmetered):
    """A month of which only the reserve is left."""

    def allows(self, *_: object, **__: object) -> bool:
        """Nothing is left for progress."""
        return False


@pytest.fixture
def wire():
    """A wire that answers at once."""
    made = Wire()
    made.open.set()
    return made


@pytest.fixture
def told():
    """The events that were told."""
    return []


@pytest.fixture
async def journal():
    """A journal."""
    return MemoryJournal()


@pytest.fixture
async def reactions(journal, wire, hand_clock, told):
    """Reactions on the wire."""
    return Reactions(journal, wire, Unmetered(), hand_clock, told.append)


async def settled(turns: int = 60) -> None:
    """Let everything happen that needs no more than the hand clock."""
    for _ in range(turns):
        await asyncio.sleep(0)


def results(told):
    """What became of reactions, in order."""
    return [event.result for event in told if isinstance(event, ReactionChanged)]


async def test_a_reaction_is_set_and_taken_away_once(reactions, wire, journal, told):
    """Both calls name the same message and text; the mark is there in between, and gone afterwards."""
    reactions.show(KEY, message())
    reactions.show(KEY, message())
    await settled()
    assert wire.made == [("attach", "bot", "cid==", "m1", "🤔思考中")]
    (mark,) = await journal.reactions()
    assert (mark.key, mark.conversation, mark.name) == (KEY, "cid==", "🤔思考中")
    reactions.hide(KEY)
    reactions.hide(KEY)
    await settled()
    assert wire.made[1:] == [("recall", "bot", "cid==", "m1", "🤔思考中")]
    assert not await journal.reactions()
    assert results(told) == ["attached", "removed"]


@pytest.mark.parametrize(
    ("words", "name"), [("reset my password", "🤔Thinking"), ("VPN", "🤔思考中"), ("reset 密码", "🤔思考中")]
)
async def test_the_word_is_in_the_language_of_the_message(reactions, wire, words, name):
    """English where it has English words and no Chinese ones, else Chinese."""
    reactions.show(KEY, message(words=words))
    await settled()
    assert wire.made[0][-1] == name


async def test_the_mark_is_kept_before_the_call(reactions, wire, journal):
    """So a process that is killed while it calls leaves what the next one needs."""
    wire.open.clear()
    reactions.show(KEY, message())
    await settled()
    assert wire.calls == ["attach"]
    assert [mark.key for mark in await journal.reactions()] == [KEY]


async def test_an_answer_that_is_there_at_once_needs_none(reactions, wire, journal, told):
    """No call is made, nothing is kept, nothing is told."""
    reactions.show(KEY, message())
    reactions.hide(KEY)
    await settled()
    assert (wire.made, await journal.reactions(), told) == ([], [], [])


async def test_taking_away_never_overtakes_setting(reactions, wire):
    """While it is being set, an end waits for what comes of that."""
    wire.open.clear()
    reactions.show(KEY, message())
    await settled()
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach"]
    wire.open.set()
    await settled()
    assert wire.calls == ["attach", "recall"]


@pytest.mark.parametrize("outcome", [LOST, BUSY, NOBODY])
async def test_setting_is_tried_three_times(reactions, wire, hand_clock, outcome):
    """At 0, 400 and 1,200 ms, where nobody answered or the server called it its own fault."""
    wire.answers["attach"] = [outcome] * 3
    began = hand_clock.monotonic()
    reactions.show(KEY, message())
    await settled()
    assert wire.calls == ["attach"] * 3
    assert hand_clock.monotonic() - began == pytest.approx(0.3 + 1.2, abs=0.01)


@pytest.mark.parametrize("outcome", [WRONG, FORBIDDEN, TOO_FAST])
async def test_a_refusal_that_would_come_again_is_not_asked_for(reactions, wire, journal, told, outcome):
    """It is tried once; nothing is there to be taken away."""
    wire.answers["attach"] = [outcome]
    reactions.show(KEY, message())
    await settled()
    assert not await journal.reactions()
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach"]
    assert results(told) == ["refused"]


@pytest.mark.parametrize(("outcome", "seconds"), [(FORBIDDEN, 600), (TOO_FAST, 2)])
async def test_what_is_refused_for_all_is_left_alone_for_a_while(
    reactions, wire, hand_clock, told, outcome, seconds
):
    """The operator is told once; others are skipped until the pause is over."""
    wire.answers["attach"] = [outcome]
    reactions.show(KEY, message())
    await settled()
    reactions.show(EntryKey("bot", "m2"), message("m2"))
    await settled()
    assert [(event.result, event.alert) for event in told] == [("refused", True), ("skipped", False)]
    hand_clock.ms += seconds * 1000
    reactions.show(EntryKey("bot", "m3"), message("m3"))
    await settled()
    assert wire.calls == ["attach", "attach"]


async def test_a_refusal_about_one_message_concerns_no_other(reactions, wire):
    """The next message has its reaction."""
    wire.answers["attach"] = [WRONG]
    for number in (1, 2):
        reactions.show(EntryKey("bot", f"m{number}"), message(f"m{number}"))
        await settled()
    assert wire.calls == ["attach", "attach"]


async def test_one_that_may_be_there_is_taken_away_twice(reactions, wire, journal, told):
    """What was sent without an answer may come behind the first call that takes it away."""
    wire.answers["attach"] = [LOST] * 3
    reactions.show(KEY, message())
    await settled()
    assert [mark.key for mark in await journal.reactions()] == [KEY]
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach"] * 3 + ["recall"] * 2
    assert results(told) == ["unknown", "removed"]
    assert not await journal.reactions()


async def test_a_refusal_after_a_lost_answer_settles_nothing(reactions, wire):
    """The first call may have set it, so it is taken away all the same."""
    wire.answers["attach"] = [LOST, WRONG]
    reactions.show(KEY, message())
    await settled()
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach", "attach", "recall", "recall"]


@pytest.mark.parametrize("outcome", [LOST, BUSY, NOBODY, WRONG, FORBIDDEN])
async def test_taking_away_is_tried_whatever_comes(reactions, wire, hand_clock, journal, told, outcome):
    """At 0, 1,500 and 5,000 ms, then after a minute and ten; then it is forgotten."""
    reactions.show(KEY, message())
    await settled()
    wire.answers["recall"] = [outcome] * 9
    hand_clock.slept.clear()
    reactions.hide(KEY)
    await settled(200)
    assert wire.calls == ["attach"] + ["recall"] * 5
    assert [each for each in hand_clock.slept if each >= 1] == [1.5, 3.5, 60.0, 600.0]
    assert results(told) == ["attached", "left"]
    assert not await journal.reactions()


async def test_the_next_agent_of_a_chain_keeps_it(reactions, wire):
    """One that is wanted again at once is neither taken away nor set anew."""
    reactions.show(KEY, message())
    await settled()
    reactions.hide(KEY)
    reactions.show(KEY, message())
    await settled()
    assert wire.calls == ["attach"]
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["attach", "recall"]


async def test_one_that_is_wanted_again_while_it_goes_is_set_anew(reactions, wire):
    """Afterwards, so that the two never cross."""
    reactions.show(KEY, message())
    await settled()
    wire.open.clear()
    reactions.hide(KEY)
    await settled()
    reactions.show(KEY, message())
    wire.open.set()
    await settled()
    assert wire.calls == ["attach", "recall", "attach"]


async def test_nothing_is_shown_when_only_the_reserve_is_left(journal, wire, hand_clock, told):
    """No call is made, and no mark is kept."""
    reactions = Reactions(journal, wire, Month(), hand_clock, told.append)
    reactions.show(KEY, message())
    await settled()
    reactions.hide(KEY)
    await settled()
    assert (wire.made, await journal.reactions(), results(told)) == ([], [], ["skipped"])


async def test_nothing_is_set_without_its_mark(reactions, wire, journal, monkeypatch, told):
    """A journal that keeps nothing now holds no message up, and no reaction is shown."""

    async def refuse(_):
        raise JournalUnavailable("delivery.journal-closed")

    monkeypatch.setattr(journal, "mark_reaction", refuse)
    reactions.show(KEY, message())
    await settled()
    assert (wire.made, results(told)) == ([], ["skipped"])


async def test_a_mark_that_stays_hinders_nothing(reactions, wire, journal, monkeypatch, told):
    """Whether or not the journal can forget it, the reaction is gone."""

    async def refuse(_):
        raise JournalError("delivery.journal-closed")

    reactions.show(KEY, message())
    await settled()
    monkeypatch.setattr(journal, "unmark_reaction", refuse)
    reactions.hide(KEY)
    await settled()
    assert results(told) == ["attached", "removed"]


async def test_a_defect_is_logged_and_goes_no_further(reactions, wire, monkeypatch, caplog):
    """The next message has its reaction."""

    async def fail(*_):
        raise RuntimeError("boom")

    with monkeypatch.context() as patched:
        patched.setattr(wire, "attach", fail)
        reactions.show(KEY, message())
        await settled()
    assert "boom" in caplog.text
    reactions.show(EntryKey("bot", "m2"), message("m2"))
    await settled()
    assert wire.calls == ["attach"]


async def test_so_many_at_a_time_and_the_late_ones_not_at_all(reactions, wire, told):
    """A storm of messages makes few calls; whoever would have to wait longer than two seconds gets no reaction."""
    wire.open.clear()
    for number in range(300):
        reactions.show(EntryKey("bot", f"m{number}"), message(f"m{number}"))
    await settled(600)
    assert wire.most <= MOST_AT_ONCE
    wire.open.set()
    await settled(2000)
    assert results(told).count("attached") == len(wire.made) < 60
    assert results(told).count("skipped") == 300 - len(wire.made)


async def test_nothing_is_shown_where_there_is_no_conversation(reactions, wire, journal, hand_clock, told):
    """Nor where nobody gave a wire."""
    reactions.show(KEY, message(conversation=""))
    Reactions(journal, None, Unmetered(), hand_clock, told.append).show(KEY, message())
    await settled()
    assert wire.made == []


async def test_the_end_takes_everything_away(reactions, wire, journal):
    """What is shown, and what is being shown; nothing is set any more."""
    for number in (1, 2):
        reactions.show(EntryKey("bot", f"m{number}"), message(f"m{number}"))
        await settled()
    reactions.show(EntryKey("bot", "m3"), message("m3"))
    await reactions.aclose(5.0)
    reactions.show(EntryKey("bot", "m4"), message("m4"))
    await settled()
    assert wire.calls == ["attach", "attach", "recall", "recall"]
    assert not await journal.reactions()


async def test_the_end_leaves_to_the_next_process_what_cannot_be_taken_away(reactions, wire, journal):
    """It waits for nobody, and the mark stays."""
    reactions.show(KEY, message())
    await settled()
    wire.answers["recall"] = [BUSY]
    await reactions.aclose(5.0)
    assert wire.calls == ["attach", "recall"]
    assert [mark.key for mark in await journal.reactions()] == [KEY]


async def test_the_end_is_not_held_up_by_a_call(reactions, wire, journal):
    """A call without an answer is let go of after the time that is given."""
    reactions.show(KEY, message())
    await settled()
    wire.open.clear()
    await reactions.aclose(0.01)
    assert [mark.key for mark in await journal.reactions()] == [KEY]


async def left_behind(journal, **fields) -> ReactionMark:
    """The mark that an earlier process left."""
    mark = ReactionMark(KEY, "cid==", "🤔思考中", 1_788_199_000_000, **fields)
    await journal.mark_reaction(mark)
    return mark


async def test_what_was_left_is_taken_away(reactions, wire, journal, told):
    """Of a message that has ended, or that nobody knows any more."""
    await left_behind(journal)
    await reactions.take_up()
    await settled()
    assert wire.made == [("recall", "bot", "cid==", "m1", "🤔思考中")]
    assert results(told) == ["removed"]
    assert not await journal.reactions()


async def test_what_was_left_just_now_is_taken_away_twice(reactions, wire, journal, hand_clock):
    """The call that set it may still be on its way."""
    mark = await left_behind(journal)
    await journal.mark_reaction(replace(mark, at_ms=hand_clock.now_ms() - 100))
    await reactions.take_up()
    await settled()
    assert wire.calls == ["recall", "recall"]


async def test_what_was_left_on_a_message_that_goes_on_stays(reactions, wire, journal):
    """It is not set again, and taken away when that message ends."""
    await left_behind(journal)
    await journal.store([NewEntry(Decision(message(), "sha256:0", "r"), "{}")], 1)
    await reactions.take_up()
    reactions.show(KEY, message())
    await settled()
    assert wire.made == []
    reactions.hide(KEY)
    await settled()
    assert wire.calls == ["recall"]


async def test_what_no_process_can_take_away_is_forgotten(journal, hand_clock, told):
    """After three of them have begun to."""
    await left_behind(journal)
    for start in range(MOST_STARTS + 1):
        wire = Wire()
        reactions = Reactions(journal, wire, Unmetered(), hand_clock, told.append)
        await reactions.take_up()
        await settled()
        assert wire.calls == ["recall"] * (start < MOST_STARTS)
        await reactions.aclose(0.01)
    assert results(told) == ["left"]
    assert not await journal.reactions()
