"""Which addresses may be spoken to."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net import host_allowed, https_or_loopback, wss_or_loopback

DINGTALK = ["*.dingtalk.com", "*.dingtalk.io"]


@pytest.mark.parametrize(
    "url",
    [
        "https://api.dingtalk.com",
        "https://[2001:db8::1]:8443/x",
        "http://127.0.0.1:8080/x",
        "http://[::1]:1/",
    ],
)
def test_https_and_loopback_are_accepted(url: str) -> None:
    """Encrypted addresses pass anywhere, plain ones to this machine."""
    assert https_or_loopback(url) == url


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://api.dingtalk.com", "not this machine"),
        ("http://127.0.0.1.example.com/", "not this machine"),
        ("http://localhost@evil.example/", "user name"),
        ("https://me:pw@api.dingtalk.com/", "user name"),
        ("ftp://api.dingtalk.com", "cannot be read"),
        ("api.dingtalk.com", "cannot be read"),
        ("https://", "cannot be read"),
        ("https://host:99999/", "cannot be read"),
        ("https://[::1/", "cannot be read"),
        ("https://a b/", "cannot be read"),
        ("http://localhost\\@evil.example/", "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_other_addresses_are_refused_with_the_reason(url: str, why: str) -> None:
    """What would travel in the clear, or cannot be read, is told apart in the error."""
    with pytest.raises(RouterError, match=why):
        https_or_loopback(url)


def test_websockets_follow_the_same_rule() -> None:
    """Of WebSockets wss passes anywhere, ws to loopback only."""
    assert wss_or_loopback("wss://wss-open-connection.dingtalk.com:443/connect")
    assert wss_or_loopback("ws://127.0.0.1:1/connect")
    with pytest.raises(RouterError, match="wss"):
        wss_or_loopback("ws://wss-open-connection.dingtalk.com/connect")
    with pytest.raises(RouterError):
        wss_or_loopback("https://wss-open-connection.dingtalk.com/connect")


@pytest.mark.parametrize(
    ("url", "patterns", "allowed"),
    [
        ("https://oapi.dingtalk.com/robot/sendBySession?session=a", DINGTALK, True),
        ("https://OAPI.DingTalk.com/robot", DINGTALK, True),
        ("https://oapi.dingtalk.com:443/robot", DINGTALK, True),
        ("https://a.b.dingtalk.io/robot", DINGTALK, True),
        ("https://oapi.dingtalk.com:8443/robot", DINGTALK, False),
        ("https://dingtalk.com/robot", DINGTALK, False),
        ("https://dingtalk.com/robot", ["dingtalk.com"], True),
        ("https://evildingtalk.com/robot", DINGTALK, False),
        ("https://oapi.dingtalk.com.evil.example/robot", DINGTALK, False),
        ("https://oapi.dingtalk.com@evil.example/robot", DINGTALK, False),
        ("https://evil.example\\.dingtalk.com/robot", DINGTALK, False),
        ("https://evil.example#.dingtalk.com", DINGTALK, False),
        ("http://oapi.dingtalk.com/robot", DINGTALK, False),
        ("https://oapi.dingtalk.com:8443/", ["*.dingtalk.com:8443"], True),
        ("http://127.0.0.1:5123/send", DINGTALK, False),
        ("http://127.0.0.1:5123/send", ["*"], False),
        ("http://127.0.0.1:5123/send", ["127.0.0.1:5123"], True),
        ("http://127.0.0.1:5124/send", ["127.0.0.1:5123"], False),
        ("http://127.0.0.1:5124/send", ["127.0.0.1"], True),
        ("http://localhost:5124/send", ["127.0.0.1"], False),
        ("http://[::1]:5124/send", ["[::1]:5124"], True),
        ("http://[::1]:5124/send", ["::1"], True),
        ("https://oapi.dingtalk.com/", [], False),
        ("not an address", DINGTALK, False),
        ("https://oapi.dingtalk.com:x/", DINGTALK, False),
        ("https://oapi.dingtalk.com./robot", DINGTALK, True),
        ("https://oapi.dingtalk.com../robot", DINGTALK, False),
        ("https://oapi..dingtalk.com/robot", DINGTALK, False),
        ("https://.dingtalk.com/robot", DINGTALK, False),
        ("https://@oapi.dingtalk.com/robot", DINGTALK, False),
        ("https://evil.example:443@oapi.dingtalk.com/robot", DINGTALK, False),
        ("https://oapi.dingtalk.com:443@evil.example/robot", DINGTALK, False),
        ("https://oapi.dingtalk.com%40evil.example/robot", DINGTALK, False),
        ("https://evil.example%2f.dingtalk.com/robot", DINGTALK, False),
        ("https://evil.example%00.dingtalk.com/robot", DINGTALK, False),
        ("https://evil.example?.dingtalk.com/robot", DINGTALK, False),
        ("https://evil.example;.dingtalk.com/robot", DINGTALK, False),
        ("https://oapi.dingtalk.com\\@evil.example/robot", DINGTALK, False),
        ("https:\\\\oapi.dingtalk.com/robot", DINGTALK, False),
        ("https:oapi.dingtalk.com/robot", DINGTALK, False),
        ("https:///oapi.dingtalk.com/robot", DINGTALK, False),
        ("//oapi.dingtalk.com/robot", DINGTALK, False),
        ("https://oapi\t.dingtalk.com/robot", DINGTALK, False),
        ("https://oapi.dingtalk.com\r\nHost:evil.example/", DINGTALK, False),
        ("https://[oapi.dingtalk.com]/robot", DINGTALK, False),
        ("https://oapi.dingtalk.com:0443/robot", DINGTALK, True),
        ("https://oapi.dingtalk.com:0/robot", DINGTALK, False),
        ("https://oapi.dingtalk.com:80/robot", DINGTALK, False),
        ("https://oapi.dingtalk.com:99999/robot", DINGTALK, False),
        ("https://oapi.dingtalk。com/robot", DINGTALK, False),
        ("https://evil.example／.dingtalk.com/robot", DINGTALK, False),
        ("https://ｏapi.dingtalk.com/robot", DINGTALK, False),
        ("https://oapi.dıngtalk.com/robot", DINGTALK, False),
        ("https://dingtalk.com.xn--fiqs8s/robot", DINGTALK, False),
        ("http://0x7f.1:5123/send", ["127.0.0.1"], False),
        ("http://127.1:5123/send", ["127.0.0.1"], False),
        ("http://2130706433:5123/send", ["127.0.0.1"], False),
        ("http://[::ffff:127.0.0.1]:5123/send", ["127.0.0.1"], False),
        ("file://oapi.dingtalk.com/etc/passwd", DINGTALK, False),
        ("ftp://oapi.dingtalk.com/", DINGTALK, False),
    ],
)
def test_webhooks_go_to_listed_hosts_only(url: str, patterns: list[str], allowed: bool) -> None:
    """A webhook is allowed by host and port patterns; loopback only when it is named."""
    assert host_allowed(url, patterns) is allowed


PIECES = st.sampled_from(
    [
        *"/\\@:?#;%.[]。／ \t",
        "%2f",
        "%40",
        "https:",
        "oapi",
        ".dingtalk.com",
        "evil.example",
        "443",
        "８",
        "ı",
        "xn--",
    ]
)


@settings(deadline=None, max_examples=500)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_what_is_allowed_is_reached_at_a_listed_host(rest: str) -> None:
    """Whatever an address is made of: if it is allowed, both libraries that post to it find DingTalk's host in it."""
    url = f"https://{rest}"
    if host_allowed(url, DINGTALK):
        for host in (httpx.URL(url).host, URL(url, encoded=True).host):
            assert host is not None
            assert host.lower().removesuffix(".").endswith((".dingtalk.com", ".dingtalk.io"))
