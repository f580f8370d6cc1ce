"""Answers that come long after their question, also after a restart: over the robot API, in the conversation of the question."""

from __future__ import annotations

import msgspec
import pytest

from prx_dingtalk_router.delivery import (
    AgentPool,
    Dead,
    Dispatcher,
    Done,
    Replied,
    Replies,
    RobotApi,
    SessionWebhook,
    SqliteJournal,
)
from prx_dingtalk_router.delivery.journal import EntryKey

HOURS = 5 * 3600


@pytest.fixture
def begin(world, http, sandbox_api):
    """Starts a router over the journal of ``world``, with both routes."""

    def make():
        pool = AgentPool(world.tables, clock=world.clock)
        world.pools.append(pool)
        webhook = SessionWebhook(http, ["127.0.0.1"], clock=world.clock)
        replies = Replies([webhook, RobotApi(sandbox_api)], per_minute=1000, clock=world.clock)
        dispatcher = Dispatcher(
            world.journal, pool, replies, observers=[world.watch], clock=world.clock, failed_reply=""
        )
        world.dispatchers.append(dispatcher)
        return dispatcher

    return make


def _question(world, dingtalk, *, group, sender="u1001"):
    app = dingtalk.directory.apps[0]
    room = dingtalk.directory.conversations[0] if group else dingtalk.directory.private("u1001", app)
    return msgspec.structs.replace(
        world.message(),
        robot=app.robot_code,
        conversation=room.id,
        group=group,
        sender=sender,
        sender_id="" if sender else "$:LWCP_v1:$x",
        session_webhook_expires_ms=world.clock.now_ms() + 5_400_000,
    )


@pytest.mark.parametrize("group", [True, False])
@pytest.mark.parametrize("restart", [True, False])
async def test_an_answer_hours_later_arrives(world, begin, dingtalk, agent_step, tmp_path, group, restart):
    """The agent answers after hours, the webhook has expired and is out of the journal: the answer arrives all the same."""
    prx = await world.agent(notice_after=None)
    world.hold()
    world.journal = journal = SqliteJournal(tmp_path / "later.db", clock=world.clock)
    await journal.claim()
    dispatcher = begin()
    message = _question(world, dingtalk, group=group)
    await dispatcher.accept(world.decision(agent_step(timeout=86_400.0), message=message))
    await world.watch.holds(lambda: prx.turns)
    world.clock.skip(HOURS)
    await journal.tidy()
    entry = await world.journal.get(EntryKey(message.robot, message.msg_id))
    assert entry.decision.message.session_webhook == ""
    if restart:
        await dispatcher.stop(drain=0)
        await world.pools[-1].aclose()
        dispatcher = begin()
        await dispatcher.resume()
    world.open.set()
    assert isinstance(await world.watch.ended(message.msg_id), Done)
    [said] = [line for line in dingtalk.transcript(message.conversation) if line.author == "robot"]
    assert (said.text, said.route) == ("答：你好", "api")
    assert [(each.route, each.result) for each in world.watch.of(Replied)] == [("api", "sent")]
    assert len(prx.turns) == 1
    assert world.chat.posts == []
    await dispatcher.stop(drain=0)
    await world.journal.close()


async def test_nobody_outside_is_reached_later(world, begin, dingtalk, reply_step):
    """A person without a staff ID whose webhook has expired: dead, with that reason and the way in words, and nothing sent."""
    dispatcher = begin()
    message = _question(world, dingtalk, group=False, sender="")
    world.clock.skip(HOURS)
    await dispatcher.accept(world.decision(reply_step(), message=message))
    dead = await world.watch.ended(message.msg_id)
    assert isinstance(dead, Dead)
    assert dead.reason.key == "delivery.no-staff-id"
    assert dingtalk.transcript(message.conversation) == []
