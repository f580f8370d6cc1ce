"""Addresses: what is https, what is this machine, and which hosts a pattern may cover."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.settings.addresses import (
    check_base_url,
    check_host_pattern,
    check_proxy,
    shown_proxy,
    split_listen,
)
from prx_dingtalk_router.settings.refusal import RefusedError


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://api.dingtalk.com/", "https://api.dingtalk.com"),
        ("http://127.0.0.1:16830", "http://127.0.0.1:16830"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://[::1]:1/base/", "http://[::1]:1/base"),
        ("HTTP://localhost:1", "http://localhost:1"),
    ],
)
def test_sound_urls_are_kept_without_the_last_slash(url, kept):
    """Https anywhere, and http on this machine, are base URLs."""
    assert check_base_url(url) == kept


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://api.dingtalk.com", "settings.url-plain"),
        ("http://10.0.0.1", "settings.url-plain"),
        ("http://127.0.0.1.example.com", "settings.url-plain"),
        ("http://127.0.0.1\\@evil.example", "settings.url-plain"),
        ("https://me:pw@x.example", "settings.url-credentials"),
        ("https://x.example/?a=b", "settings.url-query"),
        ("https://x.example/#", "settings.url-query"),
        ("wss://x.example", "settings.url-form"),
        ("ftp://x.example", "settings.url-form"),
        ("x.example", "settings.url-form"),
        ("https://", "settings.url-form"),
        ("https://x.example:99999", "settings.url-form"),
        ("https://[::1", "settings.url-form"),
        ("https://x .example", "settings.url-form"),
        ("https://x.example/\n", "settings.url-form"),
        ("", "settings.url-form"),
    ],
)
def test_other_urls_are_refused(url, key):
    """Each other kind of URL is refused with its own reason."""
    with pytest.raises(RefusedError) as caught:
        check_base_url(url)
    assert caught.value.text.key == key


def test_a_proxy_may_be_spoken_to_in_clear():
    """A proxy is http or https on any host; its password is masked when shown."""
    for url in ("http://proxy.example:3128", "https://p.example", ""):
        assert check_proxy(url) == url
        assert shown_proxy(url, "***") == url
    assert shown_proxy("http://me:pw@p.example:1", "***") == "http://***@p.example:1"


@pytest.mark.parametrize(
    "url", ["proxy.example:3128", "ftp://p.example", "socks5://p.example:1080", "http://p:99999", "::"]
)
def test_what_is_no_proxy_is_told_how_a_proxy_is_written(url: str):
    """The reason is that of proxies, never that of peers: plain http is no mistake here, SOCKS is one."""
    with pytest.raises(RefusedError) as caught:
        check_proxy(url)
    assert caught.value.text.key == "settings.proxy-form"


@pytest.mark.parametrize(
    ("pattern", "kept"),
    [
        ("*.dingtalk.com", "*.dingtalk.com"),
        ("OAPI.DingTalk.com", "oapi.dingtalk.com"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "::1"),
    ],
)
def test_host_patterns_are_kept_in_lower_case(pattern, kept):
    """Hosts, addresses and wildcards of a domain are patterns."""
    assert check_host_pattern(pattern) == kept


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("*", "settings.host-too-wide"),
        ("*.com", "settings.host-too-wide"),
        ("https://x.example", "settings.host-only"),
        ("x.example:443", "settings.host-only"),
        ("x.example/a", "settings.host-only"),
        ("a.*.example", "settings.host-form"),
        ("x..example", "settings.host-form"),
        ("钉钉.example", "settings.host-form"),
        ("", "settings.host-form"),
        ("*.", "settings.host-form"),
    ],
)
def test_other_patterns_are_refused(pattern, key):
    """Patterns that cover too much or name no host are refused."""
    with pytest.raises(RefusedError) as caught:
        check_host_pattern(pattern)
    assert caught.value.text.key == key


def test_listen_addresses_are_split():
    """A host or bracketed address and a port are told apart; anything else is refused."""
    assert split_listen("127.0.0.1:0") == ("127.0.0.1", 0)
    assert split_listen("[::1]:8321") == ("::1", 8321)
    for address in ("", "8321", ":1", "a:", "a:b", "a:70000", "::1:80", "[::1:80", "a b:1", "http://a:1"):
        with pytest.raises(RefusedError):
            split_listen(address)
