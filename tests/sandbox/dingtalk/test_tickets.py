"""Tickets: one connection each, for a short while, at the endpoint's own path."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from prx_dingtalk_router.sandbox.dingtalk import Connected, DingTalk, Faults, Refused
from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.directory import Directory
from prx_dingtalk_router.sandbox.dingtalk.tickets import Grant, Tickets


async def test_ticket_is_good_for_one_connection(bot: Any, log: Any) -> None:
    """The second handshake with a ticket is refused, also while the first connection lives."""
    _, granted = await bot.register()
    await bot.open(granted)
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await bot.open(granted)
    assert refused.value.status == 401
    assert log.of(Refused, what="handshake", why="ticket used")


@pytest.mark.parametrize("ticket", ["", "no-such-ticket", "a+b/=%26"])
async def test_unknown_ticket_is_refused(bot: Any, log: Any, ticket: str) -> None:
    """A ticket that was never given opens nothing."""
    _, granted = await bot.register()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await bot.open(granted | {"ticket": ticket})
    assert log.of(Refused, why="ticket unknown")


def test_ticket_expires(directory: Directory) -> None:
    """A ticket lives 90 seconds of the service, fewer by the speed."""
    clock, faults = Clock(speed=1.0), Faults()
    now = [1_788_200_000_000]
    clock.now = lambda: now[0]  # type: ignore[method-assign]
    tickets = Tickets(clock, faults)
    kept, late = (tickets.issue(directory.apps[0], frozenset(), "h") for _ in range(2))
    now[0] += 89_999
    assert isinstance(tickets.take(kept.ticket), Grant)
    now[0] += 1
    assert tickets.take(late.ticket) == "expired"
    fast = Clock(speed=60.0)
    assert fast.after(0, faults.ticket_life) == 1500


async def test_ticket_of_awkward_characters_arrives(faults: Faults, bot: Any, log: Any) -> None:
    """A ticket with + / = & % opens the stream when it is percent-encoded, and not when it stands raw."""
    faults.special_ticket = True
    _, granted = await bot.register()
    assert set("+/=&%") <= set(granted["ticket"])
    raw = f"{granted['endpoint']}?ticket={granted['ticket']}"
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await bot.http.ws_connect(aiohttp.client.URL(raw, encoded=True))
    socket = await bot.open(granted)
    assert log.of(Connected)
    frame = await bot.frame(socket, "SYSTEM")
    assert frame["headers"]["topic"] == "ping"


async def test_endpoint_path_and_query_are_the_services_choice(faults: Faults, bot: Any) -> None:
    """Only the returned path takes the ticket, and a query of the endpoint stays."""
    faults.endpoint_path = "/gateway/v2/stream?zone=cn&x=1"
    _, granted = await bot.register()
    assert granted["endpoint"].endswith("/gateway/v2/stream?zone=cn&x=1")
    socket = await bot.open(granted)
    assert not socket.closed

    _, granted = await bot.register()
    base = granted["endpoint"].partition("/gateway")[0]
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await bot.open(granted | {"endpoint": f"{base}/connect"})
    assert refused.value.status == 401


async def test_handshake_can_be_refused(faults: Faults, bot: Any) -> None:
    """The knob answers the handshake with a status of choice."""
    faults.handshake_status = 503
    _, granted = await bot.register()
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await bot.open(granted)
    assert refused.value.status == 503


async def test_plain_request_to_the_endpoint_is_not_found(
    dingtalk: DingTalk, http: aiohttp.ClientSession
) -> None:
    """Without an upgrade there is nothing at the endpoint, and unknown addresses answer as the API host does."""
    for path in ("/connect?ticket=x", "/", "/v1.0/nothing"):
        async with http.get(dingtalk.base_url + path) as answer:
            assert answer.status == 404
            assert (await answer.json())["code"] == "InvalidAction.NotFound"
