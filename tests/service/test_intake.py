"""The table of frames and answers (interfaces.md section 5), row by row, over a real connection."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.delivery import (
    AgentPool,
    DeliveryEvent,
    Dispatcher,
    Done,
    MemoryJournal,
    Replies,
    StepStarted,
)
from prx_dingtalk_router.errors import JournalUnavailable
from prx_dingtalk_router.service import ActiveRouter, Intake
from prx_dingtalk_router.service.intake import BATCHES_BEING_STORED
from prx_dingtalk_router.stream import Callback, StreamOptions
from prx_dingtalk_router.stream.events import Answer


class GatedJournal(MemoryJournal):
    """Stores when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.asked = asyncio.Event()
        self._in_turn = asyncio.Lock()

    async def store(self, batch: Any, now_ms: int) -> Any:
        """Wait for the gate, then store, in the order of the calls."""
        self.asked.set()
        async with self._in_turn:
            await self.gate.wait()
        return await super().store(batch, now_ms)


class FullJournal(MemoryJournal):
    """Cannot store while it is full."""

    full = True

    async def store(self, batch: Any, now_ms: int) -> Any:
        """Store, or say that the disk is full."""
        if self.full:
            raise JournalUnavailable("cli.system", why="No space left on device")
        return await super().store(batch, now_ms)


def undecided(router: Any) -> Any:
    """The router with a defect in deciding."""

    def defective(_: Any) -> Any:
        raise ZeroDivisionError("s3cr3t words of a message")

    router.decide = defective
    return router


async def test_a_stored_callback_is_acknowledged(make_desk: Callable[..., Any]) -> None:
    """200 comes once the decision is kept, and not before (row 1)."""
    journal = GatedJournal()
    desk = await make_desk(journal)
    msg_id = desk.say()
    async with asyncio.timeout(20):
        await journal.asked.wait()
    desk.dingtalk.send_raw(ping("while storing"))
    await desk.events.until("Acked", header_id="while storing")
    assert desk.events.of("Acked", msg_id=msg_id) == []
    journal.gate.set()
    await desk.events.until("Acked", msg_id=msg_id, code=200)
    await desk.events.until("Accepted", msg_id=msg_id)
    assert desk.intake.counters.outcomes == {"reply": 1}
    (entry,) = journal._entries.values()
    assert json.loads(entry.callback)["msgId"] == msg_id


async def test_a_duplicate_is_acknowledged_and_does_nothing(
    make_desk: Callable[..., Any], logged: Callable[[], Any]
) -> None:
    """200, counted and logged; no second decision, no second reply (row 1)."""
    desk = await make_desk()
    desk.dingtalk.faults.redeliver_after = 1.0
    desk.dingtalk.faults.push_twice = True
    msg_id = desk.say()
    await desk.events.until("Acked", 2, msg_id=msg_id, code=200)
    desk.dingtalk.faults.push_twice = False
    await desk.events.until("Done", msg_id=msg_id)
    assert desk.intake.counters.duplicates >= 1
    assert len(desk.decisions) == 1
    assert len(desk.shown()) == 1
    assert [line["msg_id"] for line in logged() if line["event"] == "duplicate"][:1] == [msg_id]


async def test_an_own_message_is_acknowledged_and_dropped(make_desk: Callable[..., Any]) -> None:
    """What the robot said itself gets 200 and the reason ``own`` (row 1)."""
    desk = await make_desk()
    robot = desk.dingtalk.directory.apps[0].chatbot_user_id
    msg_id = desk.say(extra={"senderId": robot, "chatbotUserId": robot})
    await desk.events.until("Acked", msg_id=msg_id, code=200)
    await desk.events.until("Dropped", msg_id=msg_id, reason="own")


async def test_an_over_quota_notice_is_acknowledged_and_told(
    make_desk: Callable[..., Any], logged: Callable[[], Any]
) -> None:
    """A notice that the quota is used up gets 200, and one error in the log for many that an operator understands (row 1)."""
    desk = await make_desk()
    msg_id = desk.say(over_quota=True)
    await desk.events.until("Acked", msg_id=msg_id, code=200)
    await desk.events.until("Dropped", msg_id=msg_id, reason="quota")
    for _ in range(3):
        await desk.events.until("Dropped", msg_id=desk.say(over_quota=True), reason="quota")
    (line,) = [line for line in logged() if line["event"] == "quota"]
    assert line["level"] == "error"


@pytest.mark.parametrize("extra", [{"msgId": ""}, {"msgId": None}, {"msgId": [7]}, {"senderStaffId": True}])
async def test_an_unreadable_callback_is_refused(
    make_desk: Callable[..., Any], logged: Callable[[], Any], extra: dict[str, Any]
) -> None:
    """A callback that cannot be read gets 400, is logged and counted, and the next one is taken (row 2)."""
    desk = await make_desk()
    desk.say(extra=extra)
    await desk.events.until("Acked", code=400)
    after = desk.say()
    await desk.events.until("Acked", msg_id=after, code=200)
    assert desk.intake.counters.unreadable == 1
    (line,) = [line for line in logged() if line["event"] == "unreadable-callback"]
    assert line["problem"]


@pytest.mark.parametrize(
    ("number", "read"),
    [("1" + "0" * 400, "1" + "0" * 400), ("7" * 5_000, "7" * 5_000), ("1e999", "1e999"), ("NaN", None)],
    ids=["long", "longer", "infinite", "none"],
)
async def test_a_number_of_any_size_is_answered(
    make_desk: Callable[..., Any], logged: Callable[[], Any], number: str, read: str | None
) -> None:
    """As an id, as a time or deep in a field that nobody reads: taken or refused, counted, and no defect (row 2)."""
    journal = MemoryJournal()
    desk = await make_desk(journal)
    places = ['"senderCorpId": {}', '"senderId": {}', '"createAt": {}', '"odd": [{{"deep": {}}}]']
    for position, place in enumerate(places):
        data = f'{{"msgId": "m{position}", "senderStaffId": "u", {place.format(number)}}}'
        headers = {"topic": "/v1.0/im/bot/messages/get", "messageId": f"f{position}"}
        desk.dingtalk.send_raw(json.dumps({"type": "CALLBACK", "headers": headers, "data": data}))
        await desk.events.until("Acked", header_id=f"f{position}", code=400 if read is None else 200)
    assert [line for line in logged() if line["level"] == "error"] == []
    assert desk.client.counters.bad_frames + desk.intake.counters.taken == len(places)
    assert [decision.message.corp for _, decision in desk.decisions][:1] == ([] if read is None else [read])
    for entry in journal._entries.values():
        assert read in entry.callback
        assert not {"Infinity", "NaN"} & set(entry.callback.replace('"', " ").split())


async def test_an_undecided_message_is_kept_as_dead(
    make_desk: Callable[..., Any], make_router: Callable[..., Any], logged: Callable[[], Any]
) -> None:
    """When deciding raises, the message is stored as dead and acknowledged with 200 (row 3)."""
    desk = await make_desk(router=undecided(make_router()))
    msg_id = desk.say()
    await desk.events.until("Acked", msg_id=msg_id, code=200)
    await desk.events.until("Dead", msg_id=msg_id)
    assert (await desk.journal.counts())["dead"] == 1
    assert (desk.intake.counters.undecided, desk.intake.counters.outcomes, desk.decisions) == (1, {}, [])
    (line,) = [line for line in logged() if line["event"] == "undecided"]
    assert line["msg_id"] == msg_id
    assert "ZeroDivisionError" in line["exception"]


async def test_whose_message_could_not_be_decided_is_told_if_admitted(
    make_desk: Callable[..., Any], make_router: Callable[..., Any]
) -> None:
    """Deciding that fails is told to those whom the baseline admits, and to nobody else."""
    desk = await make_desk(router=undecided(make_router(allowed_users=frozenset({"u1002"}))))
    stranger, member = desk.say(person="u1001"), desk.say(person="u1002")
    await desk.events.until("Dead", msg_id=stranger)
    await desk.events.until("Dead", msg_id=member)
    await desk.dispatcher.idle()
    (line,) = [event.line for event in desk.events.of("Wrote") if event.line.author == "robot"]
    assert line.in_reply_to == member


async def test_an_unknown_topic_is_not_found(make_desk: Callable[..., Any]) -> None:
    """A callback of a topic that nobody asked for gets 404 (row 4)."""
    desk = await make_desk()
    desk.dingtalk.send_raw(frame("CALLBACK", "/v1.0/something/else", "other-1", {"a": 1}))
    await desk.events.until("Acked", header_id="other-1", code=404)
    assert desk.intake.counters.taken == 0


async def test_a_ping_is_answered_while_callbacks_pile_up(make_desk: Callable[..., Any]) -> None:
    """The opaque comes back while nothing can be stored (row 5)."""
    journal = GatedJournal()
    desk = await make_desk(journal)
    many = [desk.say(f"{n}") for n in range(200)]
    desk.dingtalk.send_raw(ping("in the crowd"))
    (answer,) = await desk.events.until("Acked", header_id="in the crowd", code=200)
    assert json.loads(answer.data)["opaque"] == "opaque of in the crowd"
    assert [event for event in desk.events.of("Acked") if event.msg_id in many] == []
    journal.gate.set()
    for msg_id in many:
        await desk.events.until("Acked", msg_id=msg_id, code=200)


async def test_what_cannot_be_stored_gets_no_answer(
    make_desk: Callable[..., Any], logged: Callable[[], Any]
) -> None:
    """While the journal cannot store nothing is acknowledged; DingTalk delivers again, and then it acts (row 6)."""
    journal = FullJournal()
    desk = await make_desk(journal)
    desk.dingtalk.faults.redeliver_after = 2.0
    msg_id = desk.say()
    await desk.events.until("Pushed", 2, msg_id=msg_id)
    assert desk.events.of("Acked", msg_id=msg_id) == []
    assert desk.shown() == []
    assert desk.intake.counters.unstored >= 1
    (line, *_) = [line for line in logged() if line["event"] == "unstored"]
    assert (line["level"], line["msg_id"]) == ("error", msg_id)
    journal.full = False
    await desk.events.until("Acked", msg_id=msg_id, code=200)
    await desk.events.until("Done", msg_id=msg_id)


class LateJournal(MemoryJournal):
    """Keeps everybody waiting for a while."""

    async def store(self, batch: Any, now_ms: int) -> Any:
        """Let others have many turns first."""
        for _ in range(200):
            await asyncio.sleep(0)
        return await super().store(batch, now_ms)


async def test_a_batch_is_acknowledged_before_the_work_that_it_brings(
    make_router: Callable[..., Any],
) -> None:
    """No effect of a batch begins before the last of its answers is written, and then all do, in order."""
    happened: list[tuple[str, str]] = []

    def note(event: DeliveryEvent) -> None:
        if isinstance(event, (StepStarted, Done)):
            happened.append((type(event).__name__, event.msg_id))

    def write(acks: Any) -> list[asyncio.Future[bool]]:
        happened.extend(("Acked", str(ack.message_id)) for ack in acks)
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        written.set_result(True)
        return [written] * len(acks)

    def callback(msg_id: str) -> Callback:
        data = {
            "msgId": msg_id,
            "msgtype": "text",
            "text": {"content": "敲门"},
            "conversationId": f"cid-{msg_id}",
            "conversationType": "1",
            "senderStaffId": "u1",
            "createAt": 1,
        }
        return Callback("", msg_id, data, "", "1", 1, Answer(msg_id, write))

    agents = AgentPool({})
    dispatcher = Dispatcher(LateJournal(), agents, Replies([]), observers=[note])
    intake = Intake(ActiveRouter(make_router()), dispatcher, robot_name="", client_id="x")
    ids = [f"m{number}" for number in range(20)] + ["late"]
    await intake.take([callback(msg_id) for msg_id in ids])
    await intake.settled()
    await dispatcher.idle()
    await agents.aclose()
    assert happened[: len(ids)] == [("Acked", msg_id) for msg_id in ids]
    assert [msg_id for kind, msg_id in happened if kind == "StepStarted"] == ids


async def test_the_next_batch_is_decided_while_the_last_is_stored(
    make_desk: Callable[..., Any], make_router: Callable[..., Any]
) -> None:
    """Deciding does not wait for the disk, up to so many batches; what is stored first is acknowledged first."""
    journal = GatedJournal()
    decided: asyncio.Queue[str] = asyncio.Queue()
    router = make_router()
    decide = router.decide

    def noted(message: Any) -> Any:
        decided.put_nowait(message.msg_id)
        return decide(message)

    router.decide = noted
    desk = await make_desk(journal, router)
    said = []
    for each in range(BATCHES_BEING_STORED):
        said.append(desk.say(f"{each}"))
        async with asyncio.timeout(20):
            assert await decided.get() == said[-1]
    assert desk.events.of("Acked", code=200, msg_id=said[0]) == []
    journal.gate.set()
    await desk.events.until("Acked", msg_id=said[-1], code=200)
    assert [event.msg_id for event in desk.events.of("Acked") if event.msg_id in said] == said


async def test_too_much_that_waits_gets_no_answer(make_desk: Callable[..., Any]) -> None:
    """Callbacks beyond the limit are not answered, those within it are once they are stored (row 6)."""
    assert StreamOptions(client_id="x", client_secret="y").max_waiting_frames == 10_000
    assert StreamOptions(client_id="x", client_secret="y").max_waiting_bytes == 64 * 1024 * 1024
    journal = GatedJournal()
    desk = await make_desk(journal, max_waiting_frames=3)
    desk.dingtalk.faults.redeliveries = 0
    said = [desk.say("first")]
    async with asyncio.timeout(20):
        await journal.asked.wait()
    for each in range(BATCHES_BEING_STORED + 4):
        said += [desk.say(f"{each}.{n}") for n in range(3)]
        desk.dingtalk.send_raw(ping(f"after {each}"))
        await desk.events.until("Acked", header_id=f"after {each}")
    assert desk.client.is_overflowing
    beyond = desk.client.counters.dropped
    journal.gate.set()
    pings = BATCHES_BEING_STORED + 4
    await desk.events.until("Acked", pings + len(said) - beyond, code=200)
    answered = {event.msg_id for event in desk.events.of("Acked", code=200)} & set(said)
    assert beyond > 0
    assert len(answered) == len(said) - beyond
    assert said[0] in answered


async def test_a_watcher_that_fails_harms_nobody(
    make_desk: Callable[..., Any], logged: Callable[[], Any]
) -> None:
    """Whoever watches decisions may fail: the message is acknowledged and answered, the defect logged."""

    def failing(*_: Any) -> None:
        raise RuntimeError("watcher")

    desk = await make_desk(observer=failing)
    msg_id = desk.say()
    await desk.events.until("Acked", msg_id=msg_id, code=200)
    await desk.events.until("Done", msg_id=msg_id)
    assert [line["msg_id"] for line in logged() if line["event"] == "observer-failed"] == [msg_id]


async def test_the_robot_s_name_is_cut_off(make_desk: Callable[..., Any]) -> None:
    """The configured name in front of a text does not reach the rules."""
    desk = await make_desk()
    msg_id = desk.say("@智能助理 敲门")
    await desk.events.until("Acked", msg_id=msg_id)
    assert [(decision.message.text, decision.by) for _, decision in desk.decisions] == [("敲门", "knock")]


@pytest.mark.parametrize("form", ["replied", "content-key", "json-string", "legacy"])
async def test_what_is_quoted_reaches_the_rules_however_it_is_written(
    make_desk: Callable[..., Any], form: str
) -> None:
    """A quoted text in every spelling, and a forwarded record, over a real connection."""
    desk = await make_desk()
    desk.dingtalk.faults.set("quote-form", form)
    old = desk.say("小林: 镜像要换\n小王: 好的", type="chatRecord" if form == "replied" else "text")
    msg_id = desk.say("怎么办", quote=old)
    await desk.events.until("Acked", msg_id=msg_id, code=200)
    record, answer = (decision.message for _, decision in desk.decisions)
    assert answer.quoted == record.text == "小林: 镜像要换\n小王: 好的"
    assert (answer.text, "downloadCode" in answer.quoted) == ("怎么办", False)


async def test_words_of_messages_are_not_logged(
    make_desk: Callable[..., Any], logged: Callable[[], Any]
) -> None:
    """The log of a decision has ids, rule and outcome, and nothing of what was said."""
    desk = await make_desk()
    msg_id = desk.say("敲门 我的身份证号是 110101199003070000")
    await desk.events.until("Done", msg_id=msg_id)
    assert [line["by"] for line in logged() if line["event"] == "decided"] == ["knock"]
    assert "110101199003070000" not in json.dumps(logged())


def frame(kind: str, topic: str, message_id: str, data: Any) -> str:
    """A frame as DingTalk sends it."""
    headers = {
        "topic": topic,
        "messageId": message_id,
        "contentType": "application/json",
        "time": "1788200002000",
    }
    return json.dumps({"specVersion": "1.0", "type": kind, "headers": headers, "data": json.dumps(data)})


def ping(message_id: str) -> str:
    """A SYSTEM ping."""
    return frame("SYSTEM", "ping", message_id, {"opaque": f"opaque of {message_id}"})
