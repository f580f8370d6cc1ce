"""Origins of addresses: looked at once, and the rest of an address as httpx would write it."""

from __future__ import annotations

import ssl

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net.origins import Origins
from prx_dingtalk_router.net.transport import Connections

_REST = st.text("abz09-._~!$&'()*+,;=:@/?%#[]{}|^`\"<> \\\n客é", max_size=24)


@pytest.fixture(scope="module")
def connections() -> Connections:
    """Of a client that never connects."""
    return Connections(ssl.create_default_context(), 1.0)


@given(
    st.sampled_from(
        ["https://oapi.dingtalk.com", "https://HOST:443", "http://127.0.0.1:80", "https://h:8443"]
    ),
    _REST,
)
@example("https://h", "/a%2Fb?session=a%2Bb%3D%3D&x=/../y")
@example("https://h", "/a/../b")
@example("https://h", "/50%")
@example("https://h", "/a\r\nx: y")
@example("https://h", "@evil.example/")
async def test_an_address_is_read_as_httpx_reads_it(connections: Connections, origin: str, rest: str) -> None:
    """Whatever an address holds, what is asked for and where are the same as by httpx's own reading, or it is refused."""
    origins = Origins(connections)
    try:
        read = httpx.URL(origin + rest)
    except httpx.InvalidURL:
        with pytest.raises(httpx.InvalidURL):
            origins.of(origin + rest)
        return
    try:
        found, target = origins.of(origin + rest)
    except RouterError:  # userinfo, or what two readers could understand differently
        assert read.userinfo or not set(rest).isdisjoint(" \\\n")
        return
    assert target == read.raw_path
    # Of a name that there cannot be httpx itself writes escapes in either case.
    assert (found.url.scheme, found.url.host, found.url.port) == (read.scheme, read.host.lower(), read.port)
    assert found.host == read.netloc.decode("ascii").lower()


async def test_an_origin_is_looked_at_once(connections: Connections, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is not asked for the proxy of each request."""
    origins = Origins(connections)
    first, _ = origins.of("https://oapi.dingtalk.com/robot/sendBySession?session=1")
    monkeypatch.setenv("HTTPS_PROXY", "socks5://no")
    again, target = origins.of("https://oapi.dingtalk.com/robot/sendBySession?session=%E9%92%89")
    assert again is first
    assert target == b"/robot/sendBySession?session=%E9%92%89"
    with pytest.raises(RouterError):
        origins.of("https://other.dingtalk.com/")
