"""The way to a host: the hop at which it ends is named."""

from __future__ import annotations

import re
import socket
from typing import Any

from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.diagnosis.checkup.hops import walk


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_a_host_that_is_reached(site: Any) -> None:
    """In the clear on loopback, without a proxy even where one is set."""
    assert await walk(site.dingtalk.base_url, proxy=f"http://127.0.0.1:{closed_port()}") is None


async def test_a_name_that_nobody_knows(site: Any) -> None:
    """A host that does not exist."""
    broken = await walk("https://dingtalk.invalid")
    assert broken is not None
    assert (broken.hop, broken.host) == ("name", "dingtalk.invalid:443")


async def test_a_connection_that_is_refused(site: Any) -> None:
    """Nobody listens there."""
    broken = await walk(f"https://127.0.0.1:{closed_port()}")
    assert broken is not None
    assert broken.hop == "connection"


async def test_a_host_that_does_not_speak_tls(site: Any) -> None:
    """Such as a proxy that answers in the clear."""
    broken = await walk(site.dingtalk.base_url.replace("http:", "https:"))
    assert broken is not None
    assert broken.hop == "encryption"


async def test_proxies_that_are_down_or_do_not_let_it_pass(site: Any) -> None:
    """The first is a connection to the proxy that fails; the second answers, and says no."""
    down = await walk("https://api.dingtalk.com", proxy=f"http://127.0.0.1:{closed_port()}")
    refusing = await walk(
        "https://api.dingtalk.com", proxy=site.dingtalk.base_url.replace("//", "//me:p4ssw0rd@")
    )
    assert down is not None
    assert refusing is not None
    assert (down.hop, down.host.partition(":")[0]) == ("connection", "127.0.0.1")
    assert (refusing.hop, refusing.why[:6]) == ("proxy", "HTTP 4")
    assert "p4ssw0rd" not in str(refusing)


async def test_each_hop_has_its_advice(site: Any, snapshot: SnapshotAssertion) -> None:
    """The name, the connection, the proxy and the encryption, in both languages."""
    base = site.dingtalk.base_url
    findings = []
    for api_base, proxy in (
        ("https://dingtalk.invalid", ""),
        (f"https://127.0.0.1:{closed_port()}", ""),
        (base.replace("http:", "https:"), ""),
        ("https://api.example.com", base),
    ):
        site.change(r'api_base      = ".*"', f'api_base      = "{api_base}"\nproxy = "{proxy}"\nwas = ""')
        site.change(r'\nwas = ""', "")
        findings.append(await site.finding("host"))
        site.change(r'\nproxy = ".*"', "")
    assert [each.status for each in findings] == ["failed"] * 4
    assert _without_system_words(site.told(findings)) == snapshot


def _without_system_words(told: str) -> str:
    """What the system calls the trouble differs between systems."""
    return re.sub(r"（[^（）]*）$|\([^()]*\)$", "(…)", told, flags=re.MULTILINE)
