"""Where a request goes: the address as it is written, by a way that is chosen once for each origin."""

from __future__ import annotations

import re
import string
from base64 import b64encode
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from yarl import URL

from prx_dingtalk_router.net.addresses import https_or_loopback
from prx_dingtalk_router.net.proxies import proxy_for

_ORIGIN = re.compile(r"[^/?#]*://[^/?#]*")
_WRITTEN = re.compile(r"[!-~]*")
"""What a request line may hold as it is."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Target(NamedTuple):
    """An address, and the proxy that it is reached through, if any, with what that is to be told."""

    url: URL
    proxy: URL | None
    proxy_headers: Mapping[str, str] | None


class _Way(NamedTuple):
    origin: str
    proxy: URL | None
    headers: Mapping[str, str] | None


class Targets:
    """The targets of one peer.

    Args:
        proxy: as the ``setting`` of ``proxy_for``.
    """

    def __init__(self, proxy: str = "") -> None:
        self._proxy = proxy
        self._ways: dict[str, _Way] = {}

    def of(self, url: str) -> Target:
        """Where a request to ``url`` goes; a signed query is not written anew, only what no request may hold is encoded.

        Raises:
            RouterError: it is neither https nor loopback, or its proxy is unusable.
            ValueError: it is no address.
        """
        found = _ORIGIN.match(url)
        origin = found.group() if found else url
        way = self._ways.get(origin)
        if way is None:
            way = self._ways[origin] = self._way_to(origin)
        rest = url[len(origin) :]
        if not _WRITTEN.fullmatch(rest):
            if _CONTROL.search(rest):
                msg = "control character in an address"
                raise ValueError(msg)
            rest = quote(rest, safe=string.punctuation)
        return Target(URL(way.origin + rest, encoded=True), way.proxy, way.headers)

    def _way_to(self, origin: str) -> _Way:
        chosen = proxy_for(https_or_loopback(origin), self._proxy)
        written = str(URL(origin)).removesuffix("/")  # a host in letters of its own is written in ASCII
        if chosen is None:
            return _Way(written, None, None)
        proxy = URL(chosen)
        if not proxy.user:
            return _Way(written, proxy, None)
        credentials = b64encode(f"{proxy.user}:{proxy.password or ''}".encode()).decode()
        return _Way(written, proxy.with_user(None), {"Proxy-Authorization": f"Basic {credentials}"})
