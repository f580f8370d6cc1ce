"""What every journal promises (``Journal``): the same tests for the one in memory and the one in SQLite."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import Decision, ReplyStep
from prx_dingtalk_router.delivery import EntryKey, NewEntry, SystemClock
from prx_dingtalk_router.delivery.journal import (
    CallDay,
    Discarded,
    EarlierTry,
    Ended,
    Forgotten,
    GuardKey,
    Identity,
    Lane,
    Person,
    Retried,
    RoomReturned,
    RoomTaken,
    SentWords,
    StepChanged,
    StepRecord,
    StepRef,
    StopAsked,
    TurnChanged,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.call_days import Alert
from prx_dingtalk_router.delivery.journal.changes import MOST_EARLIER
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.message import Message

STEP, OTHER = StepRef("r", "1"), StepRef("r", "2.1")
LANE = Lane("desk", "s")
FAILED = text("delivery.failed")
DEAD = Ended("dead", FAILED, 5)
TURN = TurnRecord(
    STEP,
    LANE,
    "k",
    b"{}",
    7,
    state="accepted",
    sent_at_ms=8,
    job_id="j",
    daemon=Identity(1, 2.5, 9),
    other_jobs=("a", "b"),
)


def _new(msg_id, robot="bot", sender="lin", **fields):
    return NewEntry(
        Decision(Message(msg_id, robot, "cid", group=False, sender=sender), "sha256:0", "r"), "{}", **fields
    )


async def _stored(journal, msg_id="a", at_ms=1, **fields):
    (stored,) = await journal.store([_new(msg_id, **fields)], at_ms)
    return stored.entry


async def _ids(page):
    return [entry.key.msg_id for entry in await page]


async def test_a_message_is_kept_once_per_robot(journal):
    """The key is (robot, message id): the same id for another robot is another message, a second one is known."""
    first, again = await journal.store([_new("m"), _new("m")], 1)
    (late,) = await journal.store([_new("m")], 2)
    (other,) = await journal.store([_new("m", robot="bot2")], 3)
    assert [each.new for each in (first, again, late, other)] == [True, False, False, True]
    assert await journal.get(first.key) == first.entry
    assert await _ids(journal.unfinished()) == ["m", "m"]


async def test_a_key_may_hold_anything(journal):
    """Odd characters make no two messages one, and are found again."""
    odd = "a\"',[]{}"
    stored = await journal.store([_new("m"), _new(odd, robot="机器人"), _new(odd)], 1)
    assert [each.new for each in stored] == [True, True, True]
    assert not (await journal.store([_new(odd, robot="机器人")], 2))[0].new
    assert await journal.get(EntryKey("机器人", odd)) == stored[1].entry


async def test_what_asks_for_nothing_has_ended_when_it_is_stored(journal):
    """One row, over at once: it is neither unfinished nor dead, and is known."""
    entry = await _stored(journal, state="dropped", reason="no rule")
    assert (entry.state, entry.reason, entry.finished_at_ms) == ("dropped", "no rule", 1)
    assert await journal.get(entry.key) == entry
    assert await journal.unfinished() == []
    with pytest.raises(JournalError):
        await journal.apply(entry, [StepChanged(STEP, StepRecord("performed"))])


async def test_it_tells_who_was_carried_by_a_message(journal):
    """Those of the same robot that ended with it, by arrival."""
    for msg_id, robot, carrier in (
        ("b", "bot", "m"),
        ("a", "bot", "m"),
        ("c", "bot", "x"),
        ("d", "bot2", "m"),
    ):
        (stored,) = await journal.store([_new(msg_id, robot=robot)], 1)
        ended = Ended("done", text("delivery.merged", msg_id=carrier), 2, carrier)
        await journal.apply(stored.entry, [ended])
    carried = await journal.carried_by(EntryKey("bot", "m"))
    assert [(each.key.msg_id, each.carrier) for each in carried] == [("b", "m"), ("a", "m")]
    assert await journal.carried_by(EntryKey("bot", "b")) == []


@pytest.mark.parametrize("reason", ["cancelled", "replaced"])
async def test_why_a_message_is_stopped_is_kept(journal, reason):
    """Whether its sender asked for it or another took its place."""
    entry = await _stored(journal)
    await journal.apply(entry, [StopAsked(reason)])
    assert (await journal.get(entry.key)).stopped == reason


async def test_every_change_is_kept(journal):
    """What is read is what the caller was given, field by field."""
    entry = await _stored(journal)
    changes = [
        StepChanged(STEP, StepRecord("sending", 2)),
        StepChanged(OTHER, StepRecord("failed", failure=text("delivery.agent-removed", agent="desk"))),
        TurnChanged(TURN),
    ]
    after = await journal.apply(entry, changes)
    assert (after.state, after.revision) == ("running", 1)
    assert await journal.get(entry.key) == after
    later = await journal.apply(
        after, [TurnChanged(TURN.outlined()), StepChanged(STEP, StepRecord("performed"))]
    )
    assert (later.turns, later.steps[STEP].state) == ((TURN.outlined(),), "performed")
    assert await journal.get(entry.key) == later
    ended = await journal.apply(later, [Ended("done", None, 9)])
    assert await journal.get(entry.key) == ended
    assert await _ids(journal.unfinished()) == []


async def test_changes_are_kept_all_or_not_at_all(journal):
    """One that is not allowed undoes those it came with, the count of a guard too."""
    entry = await _stored(journal)
    guard = GuardKey(STEP)
    with pytest.raises(JournalError):
        await journal.apply(
            entry, [RoomTaken(guard, 1, 60, 1), StepChanged(STEP, StepRecord("performed")), Retried()]
        )
    assert await journal.get(entry.key) == entry
    other = await _stored(journal, "b")
    assert await journal.apply(other, [RoomTaken(guard, 1, 60, 1)]) is not None


async def test_an_old_revision_is_refused(journal):
    """Whoever does not know the last change of an entry changes nothing."""
    entry = await _stored(journal)
    after = await journal.apply(entry, [StepChanged(STEP, StepRecord("performed"))])
    with pytest.raises(JournalError) as caught:
        await journal.apply(entry, [DEAD])
    assert caught.value.text.key == "delivery.journal-conflict"
    assert await journal.get(entry.key) == after


async def test_without_room_nothing_is_kept(journal):
    """The step that a guard has no room for is not recorded; returned room can be taken again."""
    guard, performed = GuardKey(STEP, "lin"), StepChanged(STEP, StepRecord("performed"))
    first, second, third = [await _stored(journal, name) for name in "abc"]
    held = await journal.apply(first, [RoomTaken(guard, 1, 60, 1_000), performed])
    assert held is not None
    assert await journal.apply(second, [RoomTaken(guard, 1, 60, 60_999), performed]) is None
    assert await journal.get(second.key) == second
    assert await journal.apply(held, [RoomTaken(guard, 1, 60, 2_000)]) is not None
    assert await journal.apply(second, [RoomTaken(GuardKey(STEP, "wang"), 1, 60, 2_000)]) is not None
    # What was exactly `per` seconds ago is outside.
    late = await journal.apply(third, [RoomTaken(guard, 1, 60, 61_000)])
    assert late is not None
    assert await journal.apply(late, [RoomReturned(guard)]) is not None
    fourth = await _stored(journal, "d")
    assert await journal.apply(fourth, [RoomTaken(guard, 1, 60, 61_001)]) is not None


async def test_states_are_counted(journal):
    """Counts name every state, and the dead come with their reason."""
    entry = await _stored(journal, "a")
    await _stored(journal, "b")
    await _stored(journal, "c", state="dead", reason=text("delivery.undecided"))
    await journal.apply(entry, [StepChanged(STEP, StepRecord("performed"))])
    assert await journal.counts() == {"queued": 1, "running": 1, "done": 0, "dropped": 0, "dead": 1}
    assert [entry.reason for entry in await journal.dead()] == [text("delivery.undecided")]


async def test_a_retried_message_keeps_what_was_done(journal):
    """A retry forgets failures and supersedes turns without an answer; what was performed, sent or answered stays."""
    entry = await _stored(journal, "a")
    third = StepRef("r", "3")
    changes = [
        StepChanged(STEP, StepRecord("performed")),
        StepChanged(OTHER, StepRecord("failed", failure=FAILED)),
        StepChanged(third, StepRecord("failed", 2, FAILED)),
        TurnChanged(TURN),
        TurnChanged(TurnRecord(third, LANE, "k3", b"{}", 1, state="answered", answer="好")),
    ]
    running = await journal.apply(entry, changes)
    with pytest.raises(JournalError):
        await journal.apply(running, [Retried()])
    dead = await journal.apply(running, [DEAD])
    assert await _ids(journal.dead()) == ["a"]
    again = await journal.apply(dead, [Retried()])
    assert (again.state, again.reason, again.finished_at_ms) == ("queued", None, None)
    assert dict(again.steps) == {STEP: StepRecord("performed"), third: StepRecord("sending", 2)}
    assert [(turn.state, turn.answer) for turn in again.turns] == [("superseded", None), ("answered", "好")]
    assert await journal.get(entry.key) == again
    assert await _ids(journal.unfinished()) == ["a"]


async def test_how_a_message_was_dead_before_is_kept(journal):
    """Each time it is retried, with what had failed and when; the last twenty, through a restart, and to the end."""
    entry = await _stored(journal, "a")
    seen = []
    for number in range(MOST_EARLIER + 2):
        failed = StepRecord("failed", 1, FAILED, route="webhook", begun_at_ms=5, at_ms=10 + number)
        entry = await journal.apply(entry, [StepChanged(STEP, failed), Ended("dead", FAILED, 20 + number)])
        entry = await journal.apply(entry, [Retried()])
        seen.append(EarlierTry(20 + number, FAILED, ((STEP, failed),)))
    entry = await journal.apply(entry, [Ended("done", None, 99)])
    kept = (await journal.get(entry.key)).earlier
    assert kept == entry.earlier == tuple(seen[-MOST_EARLIER:])
    ((_, record),) = kept[-1].failures
    assert (record.route, record.begun_at_ms, record.at_ms) == ("webhook", 5, 10 + MOST_EARLIER + 1)


async def test_a_message_without_a_decision_gets_one_when_it_is_retried(journal):
    """It is kept with it, whether something is to be done or it has ended with that; the webhook is still there to answer."""
    for msg_id, changes in (("a", []), ("b", [Ended("dropped", "spam", 7)])):
        dead = await _stored(journal, msg_id, state="dead", reason=FAILED)
        steps = (ReplyStep(rule="r", position="1", template="好"),)
        decision = Decision(dead.decision.message, "sha256:1", "r", steps=steps)
        again = await journal.apply(dead, [Retried(decision), *changes])
        assert (again.state, again.decision) == ("dropped" if changes else "queued", decision)
        assert await journal.get(dead.key) == again


@pytest.mark.parametrize(
    ("state", "body", "answer"), [("done", b"", None), ("dropped", b"", None), ("dead", b"{}", "好")]
)
async def test_what_is_over_holds_no_bodies_and_no_answers(journal, state, body, answer):
    """Of an entry that ended nothing is carried out again, so what was said is not kept twice; a dead one keeps it."""
    entry = await _stored(journal)
    turn = TurnRecord(STEP, LANE, "k", b"{}", 1, state="answered", answer="好")
    await journal.apply(await journal.apply(entry, [TurnChanged(turn)]), [Ended(state, None, 5)])
    (kept,) = (await journal.get(entry.key)).turns
    assert (kept.key, kept.state, kept.body, kept.answer) == ("k", "answered", body, answer)


async def test_only_a_dead_entry_is_given_up(journal):
    """What is queued or done stays as it is."""
    entry = await _stored(journal)
    with pytest.raises(JournalError):
        await journal.apply(entry, [Discarded(5)])
    gone = await journal.apply(await journal.apply(entry, [DEAD]), [Discarded(6)])
    assert (gone.state, gone.reason, gone.finished_at_ms) == ("dropped", "discarded", 6)
    assert await journal.get(entry.key) == gone
    assert await journal.dead() == []


async def test_pages_follow_each_other(journal):
    """Each page begins after the last arrival of the one before it, in order."""
    for number in range(7):
        await _stored(journal, str(number), number * 10, sender="lin" if number % 2 else "wang")
    seen, after = [], 0
    while page := await journal.unfinished(after, 3):
        seen.append([entry.key.msg_id for entry in page])
        after = page[-1].arrival
    assert seen == [["0", "1", "2"], ["3", "4", "5"], ["6"]]
    assert await _ids(journal.between(20, 50)) == ["2", "3", "4"]
    assert await _ids(journal.between(20, 50, (await journal.between(20, 30))[0].arrival)) == ["3", "4"]
    assert await _ids(journal.between(20, 100, limit=1)) == ["2"]
    assert await _ids(journal.between(0, 60, sender="lin")) == ["1", "3", "5"]
    assert await _ids(journal.between(100, 200)) == []


async def test_forget_counts_once_a_step(journal):
    """A new generation begins with every `forget`, once for a step however often it is carried out."""
    lin, wang = Person("bot", "cid", "lin"), Person("bot", "cid", "wang")
    first, second = await _stored(journal, "1"), await _stored(journal, "2")
    assert journal.generation(lin, 9).person == 0
    first = await journal.apply(first, [Forgotten(lin, STEP)])
    await journal.apply(first, [Forgotten(lin, STEP)])
    assert journal.generation(lin, 9).person == 1
    await journal.apply(second, [Forgotten(wang, STEP)])
    shared = journal.generation(wang, 9)
    assert (shared.person, shared.conversation) == (1, 2)
    assert journal.generation(lin, 9).conversation == 1


async def test_forget_is_for_what_arrives_after_it(journal):
    """An entry sees what was said to be forgotten until it arrived, in whatever order that is carried out."""
    lin = Person("bot", "cid", "lin")
    first, second, third = [await _stored(journal, msg_id) for msg_id in "123"]
    arrivals = (first.arrival, second.arrival, third.arrival)
    await journal.apply(third, [Forgotten(lin, STEP)])
    assert [journal.generation(lin, arrival).person for arrival in arrivals] == [0, 0, 1]
    await journal.apply(second, [Forgotten(lin, STEP)])
    seen = [journal.generation(lin, arrival) for arrival in arrivals]
    assert [(each.person, each.conversation) for each in seen] == [(0, 0), (1, 2), (2, 1)]


async def test_the_callback_is_kept_without_its_webhook(journal):
    """The session webhook is a secret: the decision has it for replies, the callback that commands may show has not."""
    webhook = "https://oapi.dingtalk.com/robot/sendBySession?session=s3cr3t"
    message = Message(
        "m", "bot", "cid", group=False, session_webhook=webhook, session_webhook_expires_ms=10**13
    )
    decision = Decision(message, "sha256:0", "r")
    written = [
        f'{{"sessionWebhook": "{webhook}", "msgId": "m"}}',
        '{{"sessionWebhook": "{}", "msgId": "m"}}'.format(webhook.replace("/", "\\/")),
    ]
    for number, callback in enumerate(written):
        new = NewEntry(
            Decision(Message(str(number), "bot", "cid", group=False, session_webhook=webhook), "", "r"),
            callback,
        )
        (stored,) = await journal.store([new], 1)
        kept = await journal.get(stored.key)
        assert kept.callback == '{"sessionWebhook": "", "msgId": "m"}'
        assert kept.decision.message.session_webhook == webhook
    (stored,) = await journal.store([NewEntry(decision, "no json {}".format(webhook.replace("/", "\\/")))], 1)
    assert "s3cr3t" not in (await journal.get(stored.key)).callback


async def test_arrivals_only_grow(journal):
    """Later messages have higher numbers, also after one that was known."""
    numbers = [(await _stored(journal, "a")).arrival]
    await journal.store([_new("a")], 1)
    numbers += [
        stored.entry.arrival
        for stored in await journal.store([_new("b"), _new("a"), _new("c")], 1)
        if stored.new
    ]
    assert numbers == sorted(set(numbers))


async def test_the_calls_of_a_day_are_kept(journal):
    """By robot, day and meter; kept again they take the place of what was kept, but for an alert."""
    today, before = _day(0), _day(30)
    api, other = CallDay("bot", today, "api", 7, alerted=Alert.ALL), CallDay("机器人", today, "api", 1)
    await journal.keep_calls([api, CallDay("bot", before, "api", 5), other])
    await journal.keep_calls([replace(api, calls=6, alerted=Alert.MOST)])
    assert await journal.call_days(today) == [replace(api, calls=6), other]
    assert (await journal.call_days(before))[0].calls == 5


async def test_the_calls_of_long_ago_are_gone(journal):
    """What is older than two months is of no use to anybody."""
    await journal.keep_calls([CallDay("bot", _day(100), "api", 7)])
    await journal.keep_calls([CallDay("bot", _day(0), "api", 7)])
    if journal.durable:
        await journal.tidy()
    assert [each.day for each in await journal.call_days("")] == [_day(0)]


def _day(ago):
    """The day so many days ago: a journal on disk removes what is old by the machine's clock."""
    return (datetime.now(UTC) - timedelta(days=ago)).date().isoformat()


async def test_what_the_robot_said_is_found_again(journal):
    """By the robot API's key, or by place and time; nearest first, of that robot and conversation alone."""
    at = SystemClock().now_ms()
    early, late = SentWords("bot", "cid", at, "早"), SentWords("bot", "cid", at + 1_500, "晚", "pqk")
    elsewhere, another = (
        SentWords("bot", "other", at + 900, "别处"),
        SentWords("二", "cid", at + 1_000, "别人"),
    )
    await journal.keep_sent([early, late, elsewhere, another])
    assert await journal.sent_as("bot", "pqk") == late
    assert await journal.sent_as("二", "pqk") is None
    assert await journal.sent_as("bot", "") is None
    assert await journal.sent_near("bot", "cid", at + 900, 2_000) == late
    assert await journal.sent_near("bot", "cid", at + 700, 2_000) == early
    assert await journal.sent_near("bot", "cid", at + 3_501, 2_000) is None
    assert await journal.sent_near("bot", "cid", at - 2_000, 2_000) == early
