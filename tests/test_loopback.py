"""Which hosts are this machine itself; the configuration and whoever connects ask the same function."""

from __future__ import annotations

import pytest

from prx_dingtalk_router import net
from prx_dingtalk_router.loopback import is_loopback
from prx_dingtalk_router.settings import addresses


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.8.9.1", "127.255.0.1", "::1"]
)
def test_this_machine(host: str) -> None:
    """Loopback addresses and the name ``localhost``."""
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        *(None, "", "0.0.0.1", "10.0.0.1", "::", "127.1", "0177.0.0.1"),
        *(
            "127.0.0.1.example",
            "127.0.0.1.nip.io",
            "localhost.example",
            "loopback.example",
            "2130706433",
            "::2",
        ),
    ],
)
def test_another_machine(host: str | None) -> None:
    """Anything else, also names that could resolve to loopback and odd spellings."""
    assert not is_loopback(host)


def test_there_is_one_idea_of_it() -> None:
    """What the configuration lets through in clear is what the network does."""
    assert net.is_loopback is is_loopback is addresses.is_loopback
