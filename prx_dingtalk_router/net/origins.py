"""An address as a client goes to it: its origin, worked out once for each, and the rest as it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx

from prx_dingtalk_router.net.addresses import https_or_loopback
from prx_dingtalk_router.net.proxies import proxy_for
from prx_dingtalk_router.net.transport import Connections, Transport

# What every reader of addresses takes as it stands, httpx among them, which reads whatever else there is.
_PLAIN = re.compile(r"(https?://[a-z0-9.-]+(?::[0-9]{1,5})?)(/[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)", re.ASCII)
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where requests go.

    Attributes:
        url: of it alone.
        host: as the header of that name says it.
        transport: brings them there.
    """

    url: httpx.URL
    host: str
    transport: Transport


class Origins:
    """The origins of one peer, each looked at when it is first gone to: the environment is asked for its proxy once.

    Args:
        connections: of the client.
        proxy: as of ``proxy_for``.
    """

    def __init__(self, connections: Connections, proxy: str = "") -> None:
        self._connections = connections
        self._proxy = proxy
        self._known: dict[str, Origin] = {}

    def of(self, url: str) -> tuple[Origin, bytes]:
        """The origin of an address, and what is asked for there.

        Raises:
            RouterError: it is neither https nor loopback, or its proxy is unusable.
            httpx.InvalidURL: it cannot be read.
        """
        plain = _PLAIN.fullmatch(url)
        if plain is not None and "/." not in plain[2] and not _NO_ESCAPE.search(plain[2]):
            known = self._known.get(plain[1])
            if known is None:
                known = self._known[plain[1]] = self._at(httpx.URL(plain[1]))
            return known, plain[2].encode("ascii")
        read = httpx.URL(url)
        https_or_loopback(str(read))
        return self._at(read.copy_with(raw_path=b"/", fragment=None)), read.raw_path

    def _at(self, url: httpx.URL) -> Origin:
        written = str(url)
        known = self._known.get(written)
        if known is None:
            proxy = proxy_for(https_or_loopback(written), self._proxy)
            transport = Transport(self._connections, written, proxy)
            known = self._known[written] = Origin(url, url.netloc.decode("ascii"), transport)
        return known
