"""Who is told that nothing came of their message, and who is not (language.md section 7)."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.catalogue.delivery import MESSAGES
from prx_dingtalk_router.decision.model import DENIED, AgentStep, Decision, DropStep, Guard, ReplyStep
from prx_dingtalk_router.delivery import (
    Dead,
    Done,
    Dropped,
    EntryKey,
    MemoryJournal,
    Replied,
    StepFailed,
    undecided,
)
from prx_dingtalk_router.delivery.dispatch import chains
from prx_dingtalk_router.delivery.dispatch.silence import Silence, worded
from prx_dingtalk_router.delivery.journal import Ended, StepRecord, StepRef
from prx_dingtalk_router.message import Message

SORRY = MESSAGES["failed-reply"].zh
USE_WORDS = MESSAGES["describe-in-words"].zh


async def _ended(world, *steps, **fields):
    ended = await world.watch.ended(await world.accept(*steps, **fields))
    await world.dispatchers[-1].idle()
    return ended


async def _failing(world, name="desk", **table):
    prx = await world.agent(name, **table)
    prx.faults.fail = "error"
    return prx


def _hang_up(request):
    request.transport.abort()
    return web.Response()


async def test_a_message_that_ends_dead_is_told(world, agent_step, reply_step):
    """Its sender hears it once, also after "one moment"; the telling is an event of its own."""
    await _failing(world)
    world.start(failed_reply=None)
    assert isinstance(await _ended(world, reply_step("稍等"), agent_step(position="2")), Dead)
    assert world.chat.texts == ["稍等", SORRY]
    (told,) = [event for event in world.watch.of(Replied) if event.purpose == "failure"]
    assert (told.result, told.position) == ("sent", "failed")


@pytest.mark.parametrize(
    ("said", "sorry"),
    [("你好", SORRY), ("how do I reset it", MESSAGES["failed-reply"].en), ("OPS-42", SORRY)],
)
async def test_it_is_told_in_the_language_of_the_message(world, agent_step, said, sorry):
    """English words are answered in English, everything else in Chinese."""
    world.start(failed_reply=None)
    await _ended(world, agent_step("gone"), text=said)
    assert world.chat.texts == [sorry]


@pytest.mark.parametrize(("own", "texts"), [("出错了", ["出错了"]), ("", [])])
async def test_the_configuration_has_its_own_words(world, agent_step, own, texts):
    """What is configured is said as it is, and nothing where that is empty."""
    world.start(failed_reply=own)
    assert isinstance(await _ended(world, agent_step("gone"), text="please"), Dead)
    assert world.chat.texts == texts


async def test_what_the_rule_says_is_enough(world, agent_step, reply_step):
    """After an `else reply`, or an `else drop`, nothing is added."""
    await _failing(world)
    world.start(failed_reply=None)
    await _ended(world, agent_step(alternatives=(reply_step("坏了", "1.1"),)))
    await _ended(
        world, agent_step(alternatives=(DropStep(rule="r", position="1.1", reason="empty message"),))
    )
    assert world.chat.texts == ["坏了"]


@pytest.mark.parametrize(("scope", "told"), [("step", 2), ("sender", 1)])
async def test_a_reply_that_was_read_lately_needs_no_other(world, agent_step, reply_step, scope, told):
    """An `else reply` without room for this sender leaves it at that; one without room at all leaves them in silence."""
    await _failing(world)
    world.start(failed_reply="抱歉")
    instead = reply_step("坏了", "1.1", guard=Guard(1, 600.0, scope))
    for _ in range(2):
        await _ended(world, agent_step(alternatives=(instead,)))
    assert world.chat.texts == ["坏了", "抱歉"][:told]


async def test_nothing_is_told_while_the_answer_may_come(world, agent_step):
    """An agent that is late is waited for in silence; only when it fails is that told."""
    go_on = asyncio.Event()

    async def fail_late(_):
        await go_on.wait()
        raise RuntimeError

    await world.agent(answer=fail_late)
    world.start(failed_reply=None)
    late = await world.accept(agent_step(timeout=1.0))
    await world.watch.until(StepFailed)
    assert world.chat.posts == []
    go_on.set()
    assert isinstance(await world.watch.ended(late), Dead)
    assert world.chat.texts == [SORRY]


async def test_an_answer_that_dingtalk_finds_unsuitable_is_told(world, agent_step):
    """What was refused for its content leaves room for other words."""
    await world.agent()
    world.start(failed_reply=None)
    world.chat.answers.append(430102)
    assert isinstance(await _ended(world, agent_step()), Dead)
    assert world.chat.texts == [SORRY]


@pytest.mark.parametrize("code", [300001, 130101, -1])
async def test_a_conversation_out_of_reach_is_left_alone(world, reply_step, code):
    """Where the next words would be refused like those before them none are sent."""
    world.start(failed_reply=None, speed=100_000.0)
    world.chat.answers += [code] * 40
    assert isinstance(await _ended(world, reply_step("x")), Dead)
    taken = 40 - len(world.chat.answers)
    assert taken == {300001: 1, 130101: 13, -1: 6}[code]


async def test_what_may_have_arrived_is_not_followed_by_a_failure(world, reply_step):
    """A reply whose answer was lost may have been read."""
    world.start(failed_reply=None)
    world.chat.answers.append(_hang_up)
    assert isinstance(await _ended(world, reply_step("x")), Dead)
    assert world.chat.posts == []


async def test_telling_is_tried_once(world, agent_step):
    """A refused telling is an event and nothing else: no second try, no other dead message."""
    world.start(failed_reply=None)
    world.chat.answers += [-1, 0]
    assert isinstance(await _ended(world, agent_step("gone")), Dead)
    assert world.chat.posts == []
    (told,) = world.watch.of(Replied)
    assert (told.purpose, told.result) == ("failure", "refused")
    assert len(world.watch.of(Dead)) == 1


class Stuck(MemoryJournal):
    """Ends no message until it is let."""

    def __init__(self):
        super().__init__()
        self.let = asyncio.Event()
        self.asked = asyncio.Event()

    async def apply(self, entry, changes):
        """Keep no end of a process that is killed meanwhile, but what came before it."""
        before = [change for change in changes if not isinstance(change, Ended)]
        if len(before) < len(changes) and not self.let.is_set():
            if before:
                await super().apply(entry, before)
            self.asked.set()
            await self.let.wait()
            raise asyncio.CancelledError
        return await super().apply(entry, changes)


@pytest.mark.parametrize(("answer", "texts"), [(_hang_up, []), (430102, [SORRY])])
async def test_a_reply_that_was_lost_is_as_lost_after_a_restart(world, reply_step, answer, texts):
    """The next process ends the message dead too, and says nothing that the first one would not have said, or has."""
    world.journal = Stuck()
    dispatcher = world.start(failed_reply=None)
    world.chat.answers.append(answer)
    instead = () if answer == 430102 else (reply_step("y", "1.1"),)
    msg_id = await world.accept(reply_step("x", alternatives=instead))
    await world.journal.asked.wait()
    await dispatcher.stop(drain=0)
    world.journal.let.set()
    await world.start(failed_reply=None).resume()
    assert isinstance(await world.watch.ended(msg_id), Dead)
    assert world.chat.texts == texts


async def test_a_restart_tells_nothing_twice(world, agent_step):
    """Killed after the telling and before the end, the next process ends the message without a word."""
    world.journal = Stuck()
    dispatcher = world.start(failed_reply=None)
    msg_id = await world.accept(agent_step("gone"))
    await world.journal.asked.wait()
    await dispatcher.stop(drain=0)
    world.journal.let.set()
    await world.start(failed_reply=None).resume()
    assert isinstance(await world.watch.ended(msg_id), Dead)
    assert world.chat.texts == [SORRY]


async def test_what_was_not_told_before_a_restart_is_told_after_it(world, agent_step):
    """Killed while the telling waits for its turn, the next process tells it."""
    dispatcher = world.start(failed_reply=None, per_minute=1, speed=1.0)
    first = await world.accept(agent_step("gone"))
    await world.watch.ended(first)
    second = await world.accept(agent_step("gone"))
    await world.watch.until(StepFailed, 2)
    await dispatcher.stop(drain=0)
    assert len(world.chat.posts) == 1
    await world.start(failed_reply=None).resume()
    assert isinstance(await world.watch.ended(second), Dead)
    assert world.chat.texts == [SORRY, SORRY]


async def test_an_operators_second_try_that_fails_is_not_told_again(world, agent_step):
    """Once is once: who was told hears nothing of a retry that fails too, but its answer when it succeeds."""
    prx = await _failing(world)
    dispatcher = world.start(failed_reply=None)
    ended = await _ended(world, agent_step())
    key = EntryKey(ended.robot, ended.msg_id)
    await dispatcher.retry(key)
    await world.watch.until(Dead, 2)
    prx.faults.fail = ""
    await dispatcher.retry(key)
    await world.watch.until(Done)
    assert world.chat.texts == [SORRY, "答：你好"]


@pytest.mark.parametrize(("by", "texts"), [(None, [SORRY]), (DENIED, [])])
async def test_a_message_that_could_not_be_decided_is_told(world, by, texts):
    """Its sender is told, unless they are not admitted; it stays dead."""
    dispatcher = world.start(failed_reply=None)
    message = world.message()
    await dispatcher.accept_all([undecided(Decision(message, "sha256:0", by))])
    await dispatcher.idle()
    assert world.chat.texts == texts
    assert (await world.journal.counts())["dead"] == 1


async def test_a_defect_is_told(world, agent_step, monkeypatch):
    """A message that the router itself failed on is told like any other."""
    prx = await world.agent()
    dispatcher = world.start(failed_reply=None)
    monkeypatch.setattr("prx_dingtalk_router.delivery.dispatch.requests.request_body", lambda *_: 1 / 0)
    ended = await _ended(world, agent_step())
    assert ended.reason.key == "delivery.defect"
    assert (world.chat.texts, prx.turns, dispatcher.running) == ([SORRY], [], 0)


async def test_a_message_without_words_is_asked_for_words(world, agent_step):
    """It is not dead: dropped with its reason, after its sender was asked, and no agent was."""
    prx = await world.agent()
    world.start(failed_reply="")
    ended = await _ended(world, agent_step(), type="file", text="", file_name="报告.pdf")
    assert isinstance(ended, Dropped)
    assert ended.reason == "empty message"
    assert world.watch.of(StepFailed)[0].reason == text("delivery.empty-message")
    assert (world.chat.texts, prx.turns) == ([USE_WORDS], [])


async def test_an_else_knows_a_message_without_words(world, agent_step, reply_step):
    """Its `else` is performed, and can tell this failure from others by name."""
    await world.agent()
    world.start(failed_reply=None)
    instead = reply_step('{% if failure == "empty message" %}写字{% else %}坏了{% endif %}', "1.1")
    assert isinstance(await _ended(world, agent_step(alternatives=(instead,)), text=""), Done)
    assert isinstance(await _ended(world, agent_step("gone", alternatives=(instead,))), Done)
    assert world.chat.texts == ["写字", "坏了"]


async def test_an_agent_instead_may_have_words_of_its_own(world, agent_step):
    """Where the next agent fails by something else, it is that which the message died of."""
    await _failing(world, "other")
    await world.agent()
    world.start(failed_reply=None)
    other = agent_step("other", "1.1", template="一个文件")
    ended = await _ended(world, agent_step(alternatives=(other,)), text="")
    assert ended.reason.key == "delivery.failed"
    assert world.chat.texts == [SORRY]


def test_words_are_looked_for_in_what_was_quoted_too():
    """A message without words of its own is answered in the language of what it answers."""
    message = Message("m1", "bot", "cid", group=False, quoted="where is my order")
    assert worded("delivery.describe-in-words", message) == MESSAGES["describe-in-words"].en


KINDS = st.sampled_from("AR")
RECORDS = st.sampled_from(
    [
        StepRecord("performed"),
        StepRecord("refused"),
        *(
            StepRecord("failed", failure=reason)
            for reason in (
                text("delivery.failed"),
                text("delivery.reply-content", code=430102, said=""),
                text("delivery.reply-unknown"),
                text("delivery.reply-throttled", code=130101, said=""),
            )
        ),
    ]
)
CHAINS = st.lists(st.lists(st.tuples(KINDS, RECORDS, st.booleans()), min_size=1, max_size=4), max_size=4)


def _step(kind, position, alternatives=()):
    given = {"rule": "r", "position": position, "alternatives": alternatives}
    if kind == "A":
        return AgentStep(agent="a", timeout=1.0, session="sender", **given)
    return ReplyStep(template="x", guard=Guard(1, 60.0), **given)


@settings(deadline=None, max_examples=150)
@given(CHAINS)
def test_a_sender_is_told_only_in_silence(tried):
    """After any chains: never where the last word was said, may have been said or cannot be, and else always."""
    steps, script = [], {}
    for number, chain in enumerate(tried, start=1):
        others = []
        for place, (kind, record, partly) in enumerate(chain):
            position = f"{number}.{place}" if place else str(number)
            failed = record.state == "failed"
            script[StepRef("r", position)] = structs.replace(record, parts=int(partly)) if failed else record
            if place:
                others.append(_step(kind, position))
        steps.append(_step(chain[0][0], str(number), tuple(others)))
    records = {}
    silence = Silence(
        Decision(Message("m1", "b", "c", group=False), "sha256:0", "r", steps=tuple(steps)), records.get
    )

    performed = False
    for step in steps:
        silence.begins(step)
        while isinstance(result := chains.follow(step, records.get, lambda _: False), chains.Next):
            ref = StepRef.of(result.step)
            records[ref] = script[ref]
        silence.ends(result)
        performed = isinstance(result, chains.Performed)
    of_last = [
        record
        for ref, record in records.items()
        if ref.position.split(".")[0] == str(len(steps)) and record.state == "failed"
    ]
    hindered = any(
        record.parts or record.failure.key in ("delivery.reply-unknown", "delivery.reply-throttled")
        for record in of_last
    )
    assert silence.is_left() == (bool(steps) and not performed and not hindered)
