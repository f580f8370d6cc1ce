"""Dead letters about which nothing was decided: a router that runs decides when they are tried again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.errors import DeliveryError


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
