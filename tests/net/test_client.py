"""The HTTP client against real servers: limits of time, size and number, no redirects, nothing secret."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from prx_dingtalk_router.net import Answer, HttpClient, HttpOptions, NotSent, Unknown


async def test_a_request_is_answered(peer: Any) -> None:
    """The plain case works, with the headers of the options and of the request, in any case."""
    async with HttpClient(HttpOptions(headers={"x-cookie": "t"})) as client:
        answer = await client.post(peer.url + "/any", b"{}", {"content-type": "application/json"})
    assert isinstance(answer, Answer)
    assert (answer.status, answer.content) == (200, b"ok")
    assert answer.headers["Content-Length"] == answer.headers["content-length"] == "2"
    assert peer.requests == ["POST /any"]


async def test_a_header_takes_the_place_of_the_usual_one(peer: Any) -> None:
    """Names of headers have no case: what is asked for stands there once, that of a request before that of the options."""
    async with HttpClient(HttpOptions(headers={"User-Agent": "ours", "x-cookie": "a"})) as client:
        await client.get(peer.url + "/any", {"X-Cookie": "b"})
    assert peer.headers.getall("user-agent") == ["ours"]
    assert peer.headers.getall("x-cookie") == ["b"]
    assert peer.headers.getall("host") == [peer.url.removeprefix("http://")]
    assert "content-length" not in peer.headers


@pytest.mark.parametrize(
    "query", ["session=a%2Fb%2Bc%3D%3D", "session=a+b&x=%E9%92%89", "session=a/b==", "s=%26"]
)
async def test_the_query_arrives_as_it_was(peer: Any, query: str) -> None:
    """A signed query is not written anew on the way."""
    async with HttpClient() as client:
        await client.post(f"{peer.url}/robot/send?{query}")
    assert peer.requests == [f"POST /robot/send?{query}"]


async def test_redirects_are_not_followed(peer: Any) -> None:
    """A redirect is an answer like any other: a webhook's secret goes nowhere else."""
    async with HttpClient() as client:
        answer = await client.get(peer.url + "/redirect")
    assert isinstance(answer, Answer)
    assert answer.status == 302
    assert peer.requests == ["GET /redirect"]


async def test_the_total_time_ends_a_hanging_exchange(peer: Any) -> None:
    """A peer that never answers costs the total time and no more, and its fate is unknown."""
    async with HttpClient(HttpOptions(total_timeout=0.05)) as client:
        answer = await client.post(peer.url + "/hang")
    assert isinstance(answer, Unknown)
    assert answer.kind == "timeout"


async def test_the_total_time_covers_the_body(peer: Any) -> None:
    """A peer that begins an answer and never ends it is left in time too."""
    async with HttpClient(HttpOptions(total_timeout=0.2)) as client:
        answer = await client.get(peer.url + "/trickle")
    assert isinstance(answer, Unknown)
    assert answer.kind == "timeout"


async def test_waiting_for_a_place_takes_no_time_of_the_exchange(peer: Any) -> None:
    """A request over the limit waits until a place is free, however long, and is then answered in its own time."""
    options = HttpOptions(in_flight=1, connect_timeout=0.2, total_timeout=0.4)
    async with HttpClient(options) as client:
        answers = await asyncio.gather(*(client.get(f"{peer.url}/hang") for _ in range(3)))
        peer.release.set()
        assert isinstance(await client.get(peer.url + "/after"), Answer)
    assert [answer.kind for answer in answers if isinstance(answer, Unknown)] == ["timeout"] * 3
    assert peer.requests == ["GET /hang"] * 3 + ["GET /after"]


async def test_a_body_up_to_the_limit_is_read(peer: Any) -> None:
    """The limit itself is still allowed."""
    async with HttpClient(HttpOptions(max_body=100_000)) as client:
        answer = await client.get(peer.url + "/big?bytes=100000")
    assert isinstance(answer, Answer)
    assert len(answer.content) == 100_000


async def test_a_body_over_the_limit_is_refused(peer: Any) -> None:
    """One byte more than the limit ends the exchange, and the next one is answered."""
    async with HttpClient(HttpOptions(max_body=100_000)) as client:
        answer = await client.get(peer.url + "/big?bytes=100001")
        assert isinstance(answer, Unknown)
        assert answer.kind == "too-large"
        assert isinstance(await client.get(peer.url + "/again"), Answer)


async def test_cookies_are_not_kept(peer: Any) -> None:
    """Two exchanges share nothing."""
    async with HttpClient() as client:
        await client.get(peer.url + "/cookie")
        answer = await client.get(peer.url + "/cookie")
    assert isinstance(answer, Answer)
    assert answer.content == b"none"


@pytest.mark.parametrize(
    "url",
    ["http://api.dingtalk.com/", "ftp://127.0.0.1/", "https://u:p@127.0.0.1/", "https://", "no address"],
)
async def test_what_may_not_be_spoken_to_is_refused_before_anything_is_sent(url: str) -> None:
    """The https-except-loopback rule holds for each request, whatever address it was built from."""
    async with HttpClient() as client:
        answer = await client.get(url)
    assert isinstance(answer, NotSent)
    assert answer.kind == "address"


async def test_nothing_of_a_request_is_logged(peer: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Neither library below writes the session of a webhook into the log."""
    caplog.set_level(logging.DEBUG)
    async with HttpClient() as client:
        await client.post(peer.url + "/robot/sendBySession?session=SECRET")
    ours = [
        each.getMessage() for each in caplog.records if each.name != "aiohttp.access"
    ]  # that is the peer's
    assert not any("SECRET" in line for line in ours)


async def test_a_closed_client_opens_nothing_again(peer: Any) -> None:
    """A request after the end is a mistake of ours, and reaches nobody."""
    client = HttpClient()
    await client.aclose()
    with pytest.raises(RuntimeError, match="closed"):
        await client.get(peer.url + "/late")
    assert peer.requests == []


def test_options_show_neither_headers_nor_proxy() -> None:
    """The options of a client can be printed without giving a token away."""
    shown = repr(HttpOptions(headers={"authorization": "Bearer SECRET"}, proxy="http://u:SECRET@h:1"))
    assert "SECRET" not in shown


def test_outcomes_show_nothing_of_the_peer() -> None:
    """What is printed of an outcome holds no words of the network or the peer."""
    assert "SECRET" not in repr((NotSent("connect", "SECRET"), Unknown("odd", "SECRET")))
