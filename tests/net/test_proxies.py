"""Which proxy an address is reached through."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net import Proxies, proxy_for


def test_without_setting_and_environment_there_is_none() -> None:
    """Nothing set means straight."""
    assert proxy_for("https://api.dingtalk.com") is None


def test_the_setting_serves_every_address_but_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """The configured proxy wins over the environment, and loopback never goes through one."""
    monkeypatch.setenv("HTTPS_PROXY", "http://other:1")
    assert proxy_for("https://api.dingtalk.com", "http://proxy:3128") == "http://proxy:3128"
    assert proxy_for("wss://host/connect", "proxy:3128") == "http://proxy:3128"
    assert proxy_for("http://127.0.0.1:16830/webhook", "http://proxy:3128") is None


def test_the_environment_is_asked_by_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both https and wss use one proxy, and NO_PROXY names exceptions."""
    monkeypatch.setenv("HTTPS_PROXY", "http://secure:1")
    monkeypatch.setenv("NO_PROXY", "intern.example")
    assert proxy_for("https://api.dingtalk.com") == "http://secure:1"
    assert proxy_for("wss://api.dingtalk.com:443/connect") == "http://secure:1"
    assert proxy_for("https://prx.intern.example:8443/x") is None
    assert proxy_for("http://127.0.0.1/") is None


def test_all_proxy_is_the_last_resort(monkeypatch: pytest.MonkeyPatch) -> None:
    """ALL_PROXY serves what no variable of its own scheme does."""
    monkeypatch.setenv("ALL_PROXY", "http://all:1")
    assert proxy_for("https://api.dingtalk.com") == "http://all:1"


@pytest.mark.parametrize("proxy", ["socks5://proxy:1080", "ftp://proxy:1", "http://", "http://proxy:port"])
def test_an_unusable_proxy_is_an_error(proxy: str) -> None:
    """A proxy that cannot be spoken to is told, instead of being passed by in silence."""
    with pytest.raises(RouterError, match="proxy"):
        proxy_for("https://api.dingtalk.com", proxy)


def test_the_environment_is_read_once_for_an_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was chosen for an origin stays, whatever becomes of the environment; another origin asks anew."""
    monkeypatch.setenv("HTTPS_PROXY", "http://first:1")
    proxies = Proxies()
    assert proxies.to("https://api.dingtalk.com/a") == "http://first:1"
    monkeypatch.setenv("HTTPS_PROXY", "http://second:1")
    assert proxies.to("https://api.dingtalk.com/b") == "http://first:1"
    assert proxies.to("wss://api.dingtalk.com/connect") == "http://second:1"
    assert Proxies("http://set:1").to("https://api.dingtalk.com") == "http://set:1"
    with pytest.raises(RouterError):
        Proxies("socks5://p:1").to("https://api.dingtalk.com")
