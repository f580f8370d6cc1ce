"""The HTTP client against real servers: limits of time and size, no redirects, nothing secret."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net import HttpOptions, ResponseTooLarge, certainly_not_sent, http_client


async def test_a_request_is_answered(peer: Any) -> None:
    """The plain case works, with the headers of the options."""
    async with http_client(HttpOptions(headers={"x-token": "t"})) as client:
        answer = await client.post(peer.url + "/any", json={"a": 1})
    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.request.headers["x-token"] == "t"
    assert peer.requests == ["POST /any"]


@pytest.mark.parametrize(
    "query", ["session=a%2Fb%2Bc%3D%3D", "session=a+b&x=%E9%92%89", "session=a/b==", "s=%26"]
)
async def test_the_query_arrives_as_it_was(peer: Any, query: str) -> None:
    """A signed query is not written anew on the way."""
    async with http_client() as client:
        await client.post(f"{peer.url}/robot/send?{query}")
    assert peer.requests == [f"POST /robot/send?{query}"]


async def test_redirects_are_not_followed(peer: Any) -> None:
    """A redirect is an answer like any other: a webhook's secret goes nowhere else."""
    async with http_client() as client:
        answer = await client.get(peer.url + "/redirect")
    assert answer.status_code == 302
    assert peer.requests == ["GET /redirect"]


async def test_the_total_time_ends_a_hanging_exchange(peer: Any) -> None:
    """A peer that never answers costs the total time and no more, and its fate counts as unknown."""
    async with http_client(HttpOptions(total_timeout=0.05)) as client:
        with pytest.raises(httpx.ReadTimeout) as caught:
            await client.post(peer.url + "/hang")
    assert not certainly_not_sent(caught.value)


async def test_the_total_time_covers_the_body(peer: Any) -> None:
    """A peer that begins an answer and never ends it is left in time too."""
    async with http_client(HttpOptions(total_timeout=30.0)) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.get(peer.url + "/trickle", extensions={"total": 0.2})


async def test_a_body_up_to_the_cap_is_read(peer: Any) -> None:
    """The cap itself is still allowed."""
    async with http_client(HttpOptions(max_body=100_000)) as client:
        answer = await client.get(peer.url + "/big?bytes=100000")
    assert len(answer.content) == 100_000


async def test_a_body_over_the_cap_is_refused(peer: Any) -> None:
    """One byte more than the cap ends the exchange."""
    async with http_client(HttpOptions(max_body=100_000)) as client:
        with pytest.raises(ResponseTooLarge):
            await client.get(peer.url + "/big?bytes=100001")
        assert (await client.get(peer.url + "/again")).text == "ok"


async def test_cookies_are_not_kept(peer: Any) -> None:
    """Two exchanges share nothing."""
    async with http_client() as client:
        await client.get(peer.url + "/cookie")
        client.cookies.clear()
        assert (await client.get(peer.url + "/cookie")).text == "none"


async def test_http_to_another_machine_is_refused_before_anything_is_sent() -> None:
    """The https-except-loopback rule holds for each request, whatever address it was built from."""
    async with http_client() as client:
        with pytest.raises(RouterError, match="https") as caught:
            await client.get("http://api.dingtalk.com/")
    assert certainly_not_sent(caught.value)


async def test_the_log_of_requests_holds_no_query(peer: Any, caplog: pytest.LogCaptureFixture) -> None:
    """The library's own log line of a request masks the session of a webhook."""
    caplog.set_level(logging.DEBUG, logger="httpx")
    async with http_client() as client:
        await client.post(peer.url + "/robot/sendBySession?session=SECRET")
    ours = [
        record.getMessage() for record in caplog.records if record.name != "aiohttp.access"
    ]  # that is the peer's
    assert any("sendBySession" in line for line in ours)
    assert not any("SECRET" in line for line in ours)


def test_options_show_neither_headers_nor_proxy() -> None:
    """The options of a client can be printed without giving a token away."""
    shown = repr(HttpOptions(headers={"authorization": "Bearer SECRET"}, proxy="http://u:SECRET@h:1"))
    assert "SECRET" not in shown
