"""Dead letters about which nothing was decided: a router that runs decides when they are tried again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from prx_dingtalk_router.errors import DeliveryError
from prx_dingtalk_router.service.admin.dead_letters import DeadLetterHandlers


def defective(router: Any) -> Any:
    """The router with a defect in deciding."""

    def decide(_: Any) -> Any:
        raise ZeroDivisionError

    router.decide = decide
    return router


@pytest.fixture
async def desk(make_desk: Callable[..., Any], make_router: Callable[..., Any]) -> Any:
    """A desk whose router cannot decide."""
    return await make_desk(router=defective(make_router()))


@pytest.mark.parametrize("shows_words", [True, False])
async def test_what_people_wrote_is_told_only_behind_a_token(desk: Any, shows_words: bool) -> None:
    """Anybody on the machine may ask an address without one."""
    key = await dead(desk, "绝密 敲门")
    handlers = DeadLetterHandlers(desk, desk.intake.decide_again, shows_words=shows_words)
    application = web.Application()
    application.add_routes(handlers.routes())
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/dead?reason=undecided"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        said = await answer.text()
    await runner.cleanup()
    assert key.msg_id in said
    assert "绝密" in json.loads(said)["dead"][0]["text"] if shows_words else "绝密" not in said


async def dead(desk: Any, said: str) -> Any:
    """The key of a message that is dead, as deciding about it raised; its sender was told."""
    msg_id = desk.say(said)
    await desk.events.until("Dead", msg_id=msg_id)
    await desk.dispatcher.idle()
    return next(entry.key for entry in await desk.journal.dead() if entry.key.msg_id == msg_id)


async def test_it_is_decided_by_the_rules_in_force(desk: Any, make_router: Callable[..., Any]) -> None:
    """And carried out; where the rules ask for nothing it is dropped with their reason."""
    knocked, other = await dead(desk, "敲门"), await dead(desk, "别的")
    desk.active.replace(make_router())
    for key in (knocked, other):
        await desk.dispatcher.retry(key, desk.intake.decide_again)
    await desk.dispatcher.idle()
    assert desk.shown()[-1] == "请进"
    (dropped,) = await desk.events.until("Dropped", msg_id=other.msg_id)
    assert dropped.reason == "nothing for me"
    assert (await desk.journal.get(other)).state == "dropped"
    assert (await desk.journal.get(knocked)).decision.by == "knock"


async def test_it_stays_dead_while_it_cannot_be_decided(desk: Any) -> None:
    """Because deciding raises again, or nobody decides; it is never silently dropped."""
    key = await dead(desk, "敲门")
    with pytest.raises(DeliveryError) as caught:
        await desk.dispatcher.retry(key, desk.intake.decide_again)
    assert caught.value.text.key == "delivery.undecided"
    with pytest.raises(DeliveryError) as caught:
        await desk.dispatcher.retry(key)
    assert caught.value.text.key == "delivery.retry-undecided"
    assert [entry.key for entry in await desk.journal.dead()] == [key]
