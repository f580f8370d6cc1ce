"""What an error says about how far a request got, and the ways through proxies and certificates."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest

from prx_dingtalk_router.net import Answer, HttpClient, HttpOptions, NotSent, Unknown


async def test_a_refused_connection_was_certainly_not_sent() -> None:
    """Nobody listening: sending again is safe."""
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    async with HttpClient() as client:
        answer = await client.post(f"http://127.0.0.1:{port}/")
        assert isinstance(answer, NotSent)
        assert answer.kind == "connect"


async def test_a_connection_that_never_stands_was_certainly_not_sent() -> None:
    """A peer that accepts and never does its part of TLS costs the time of connecting, and got no request."""
    writers: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: writers.append(writer), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, HttpClient(HttpOptions(connect_timeout=0.05, total_timeout=30.0)) as client:
        answer = await client.post(f"https://127.0.0.1:{port}/")
        assert isinstance(answer, NotSent)
        assert answer.kind == "timeout"
        for writer in writers:  # the end of a server waits for its connections
            writer.close()


async def test_a_connection_cut_after_the_request_may_have_acted(peer: Any) -> None:
    """The peer read the request and cut the line: that is no connect error, and sending again may act twice."""
    async with HttpClient() as client:
        answer = await client.post(peer.url + "/drop", b"x")
        assert isinstance(answer, Unknown)
        assert answer.kind == "broken"
    assert peer.requests == ["POST /drop"]


async def test_an_answer_that_is_no_http_is_a_protocol_error() -> None:
    """Garbage instead of an answer leaves open whether the request was acted on."""

    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"what?\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    async with server, HttpClient() as client:
        answer = await client.post(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        assert isinstance(answer, Unknown)
        assert answer.kind == "odd"


async def test_a_body_cut_short_is_a_read_error() -> None:
    """An answer that ends before its length becomes a read error."""

    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    async with server, HttpClient() as client:
        answer = await client.get(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        assert isinstance(answer, Unknown)
        assert answer.kind == "broken"


async def test_a_packed_body_is_refused(peer: Any) -> None:
    """Compression was not asked for and would get around the size cap."""
    async with HttpClient() as client:
        answer = await client.get(peer.url + "/gzip", {"accept-encoding": "gzip"})
        assert isinstance(answer, Unknown)
        assert answer.kind == "odd"


async def test_a_certificate_of_an_unknown_authority_is_refused(tls_peer: Any) -> None:
    """Without the CA file nothing is sent to the peer."""
    async with HttpClient() as client:
        answer = await client.get(f"https://127.0.0.1:{tls_peer.port}/")
        assert isinstance(answer, NotSent)
        assert answer.kind == "connect"
    assert tls_peer.requests == []


async def test_the_ca_file_makes_it_known(tls_peer: Any, authority: Any) -> None:
    """With the CA file the same peer is trusted."""
    async with HttpClient(HttpOptions(ca_file=str(authority.ca_file))) as client:
        answer = await client.get(f"https://127.0.0.1:{tls_peer.port}/")
        assert isinstance(answer, Answer)
        assert answer.content == b"ok"


async def test_the_proxy_leads_to_the_peer(tls_peer: Any, authority: Any, proxy: Any) -> None:
    """A request to a name goes through the tunnel of the proxy, and TLS is with the peer."""
    async with HttpClient(HttpOptions(proxy=proxy.url, ca_file=str(authority.ca_file))) as client:
        answer = await client.get(f"https://gateway.test:{tls_peer.port}/x")
        assert isinstance(answer, Answer)
        assert answer.content == b"ok"
    assert proxy.targets == [f"gateway.test:{tls_peer.port}"]
    assert tls_peer.requests == ["GET /x"]


async def test_the_proxy_gets_its_credentials_and_the_peer_does_not(
    tls_peer: Any, authority: Any, proxy: Any
) -> None:
    """A user name and password in the setting open the tunnel, also a second time."""
    setting = proxy.url.replace("http://", "http://u:p%40ss@")
    async with HttpClient(HttpOptions(proxy=setting, ca_file=str(authority.ca_file))) as client:
        for path in ("x", "y"):
            assert isinstance(await client.get(f"https://gateway.test:{tls_peer.port}/{path}"), Answer)
    assert proxy.credentials == ["Basic dTpwQHNz"]
    assert tls_peer.requests == ["GET /x", "GET /y"]


async def test_the_proxy_of_the_environment_is_used(
    tls_peer: Any, authority: Any, proxy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a setting the environment names the proxy."""
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    async with HttpClient(HttpOptions(ca_file=str(authority.ca_file))) as client:
        answer = await client.get(f"https://gateway.test:{tls_peer.port}/x")
        assert isinstance(answer, Answer)
        assert answer.content == b"ok"
    assert len(proxy.targets) == 1


async def test_a_proxy_that_refuses_is_told(tls_peer: Any, proxy: Any) -> None:
    """A refused tunnel is a proxy error, and nothing reached the peer."""
    proxy.refuses = 407
    async with HttpClient(HttpOptions(proxy=proxy.url)) as client:
        answer = await client.get(f"https://gateway.test:{tls_peer.port}/x")
        assert isinstance(answer, NotSent)
        assert answer.kind == "proxy"
    assert tls_peer.requests == []


async def test_loopback_is_reached_without_the_proxy(peer: Any, proxy: Any) -> None:
    """The configured proxy is not asked for this machine."""
    async with HttpClient(HttpOptions(proxy=proxy.url)) as client:
        answer = await client.get(peer.url + "/x")
        assert isinstance(answer, Answer)
        assert answer.content == b"ok"
    assert proxy.targets == []


async def test_what_only_a_burst_needed_grows_idle() -> None:
    """After many exchanges at a time, single ones use the same connection again and again; the others can be closed."""
    met: list[object] = []
    burst = asyncio.Barrier(6)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if b"/burst" in head:
                    await burst.wait()
                met.append(writer.get_extra_info("peername"))
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, HttpClient() as client:
        await asyncio.gather(*(client.get(f"{url}/burst") for _ in range(6)))
        assert len(set(met)) == 6
        met.clear()
        for _ in range(12):
            assert isinstance(await client.get(url), Answer)
        assert len(set(met)) == 1


async def test_an_answer_that_nobody_asked_for_is_no_other_request_s() -> None:
    """A peer that answers twice, or says something while nothing is asked, loses the connection; the next answer is its own."""
    answered, said_more = asyncio.Event(), asyncio.Event()
    answer = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split()[1]
                writer.write(answer % (len(path), path))
                if path == b"/1":
                    await answered.wait()
                    writer.write(answer % (5, b"again"))
                    said_more.set()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, HttpClient() as client:
        for path in ("/1", "/2", "/3"):
            got = await client.post(url + path, b"")
            assert isinstance(got, Answer)
            assert got.content == path.encode()
            answered.set()
            await said_more.wait()
            for _ in range(20):  # until it is read, which is within this process
                await asyncio.sleep(0)


@pytest.mark.parametrize(("method", "asked"), [("GET", 3), ("POST", 2)])
async def test_only_what_asks_is_asked_again(method: str, asked: int) -> None:
    """A peer that gives up a kept connection as the next request comes is asked again, but nothing is posted twice."""
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            for _ in range(2):
                heads.append(await reader.readuntil(b"\r\n\r\n"))
                if len(heads) != 2:
                    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/x"
    async with server, HttpClient() as client:
        assert isinstance(await client.request(method, url), Answer)
        answer = await client.request(method, url)
        assert isinstance(answer, Answer) == (method == "GET")
    assert len(heads) == asked


async def test_what_comes_before_an_answer_is_passed_over() -> None:
    """Hints and "continue" are no answers."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n")
        writer.write(b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server, HttpClient() as client:
        answer = await client.post(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", b"{}")
    assert isinstance(answer, Answer)
    assert (answer.status, answer.content) == (201, b"ok")


@pytest.mark.parametrize("value", ["a\r\nx-more: b", "a\nb", "a\rb", "a\0b"])
async def test_a_header_stays_one(peer: Any, value: str) -> None:
    """What would be read as another header, or another request, is a mistake of ours, and reaches nobody."""
    async with HttpClient() as client:
        with pytest.raises(ValueError, match="more than one line"):
            await client.get(peer.url + "/x", {"x-any": value})
    assert peer.requests == []


async def test_an_exchange_that_was_given_up_leaves_nothing_behind(peer: Any) -> None:
    """Whoever waits for an answer may be cancelled; the next request gets its own answer."""
    async with HttpClient() as client:
        hanging = asyncio.create_task(client.get(peer.url + "/hang"))
        await peer.asked.wait()
        hanging.cancel()
        await asyncio.gather(hanging, return_exceptions=True)
        answer = await client.get(peer.url + "/next")
    assert isinstance(answer, Answer)
    assert answer.content == b"ok"


async def test_an_answer_before_the_request_was_read_ends_the_connection() -> None:
    """What the peer did not read would be before the next request, which nobody would answer."""
    stuck = asyncio.Event()

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\nno")
        if head.startswith(b"POST /big"):
            await stuck.wait()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, HttpClient() as client:
        for path, content in (("/big", bytes(20_000_000)), ("/small", b"x")):
            answer = await client.post(url + path, content)
            assert isinstance(answer, Answer)
            assert answer.status == 413
        stuck.set()


@pytest.mark.parametrize("said", [None, b"", b"what?\r\n\r\n", b"HTTP/1.1 2"])
async def test_a_proxy_that_is_gone_before_there_is_a_tunnel_passed_nothing_on(said: bytes | None) -> None:
    """Whatever ends the way to the peer before the request is written, sending it again is safe."""

    async def leave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if said is None:
            writer.transport.abort()
        else:
            writer.write(said)
            writer.close()

    server = await asyncio.start_server(leave, "127.0.0.1", 0)
    options = HttpOptions(proxy=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    async with server, HttpClient(options) as client:
        answer = await client.post("https://peer.test/", b"x")
    assert isinstance(answer, NotSent)
    assert answer.kind == "proxy"


async def test_what_waited_for_its_turn_when_the_client_was_closed_was_not_sent(peer: Any) -> None:
    """One that nobody began to send may be sent again, by the next process."""
    client = HttpClient(HttpOptions(in_flight=1))
    sent = asyncio.create_task(client.post(peer.url + "/hang"))
    waiting = asyncio.create_task(client.post(peer.url + "/later"))
    await peer.asked.wait()
    await client.aclose()
    assert isinstance(await sent, Unknown)
    assert isinstance(await waiting, NotSent)
    assert peer.requests == ["POST /hang"]
