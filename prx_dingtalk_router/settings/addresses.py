"""Addresses: URLs of peers, patterns of hosts, the address to listen on."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator

from prx_dingtalk_router.loopback import is_loopback
from prx_dingtalk_router.settings.refusal import RefusedError

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_PROXY_SCHEMES = ("http", "https")


def check_base_url(url: str) -> str:
    """A peer's base URL, without a slash at its end; http only where the host is this machine.

    Raises:
        RefusedError: it is no URL of that kind, or carries a password, a query or a fragment.
    """
    parts = _split(url)
    if parts.scheme not in ("http", "https"):
        raise RefusedError("settings.url-form")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise RefusedError("settings.url-plain")
    if "@" in parts.netloc:
        raise RefusedError("settings.url-credentials")
    if "?" in url or "#" in url:
        raise RefusedError("settings.url-query")
    return parts.geturl().rstrip("/")


def check_proxy(url: str) -> str:
    """A proxy's URL, or ``""``. A proxy may be spoken to in clear: TLS to the peer runs through it.

    Raises:
        RefusedError: it is no URL of a proxy.
    """
    try:
        sound = not url or _split(url).scheme in _PROXY_SCHEMES
    except RefusedError:  # its words are about peers, which are not spoken to in clear
        sound = False
    if not sound:
        raise RefusedError("settings.proxy-form")
    return url


def shown_proxy(url: str, mask: str) -> str:
    """``url`` of a proxy with ``mask`` for the name and password in it."""
    before, at, after = url.rpartition("@")
    return f"{before.partition('://')[0]}://{mask}@{after}" if at else url


def check_host_pattern(pattern: str) -> str:
    """A host, an IP address, or ``*.`` and a domain of two labels or more, in lower case.

    Raises:
        RefusedError: it has a scheme, port or path, is too wide, or is no host name.
    """
    lowered = pattern.strip().lower()
    bare = lowered.removeprefix("[").removesuffix("]")
    if _is_ip(bare):
        return bare
    if "/" in lowered or ":" in lowered:
        raise RefusedError("settings.host-only")
    domain = lowered.removeprefix("*.")
    if lowered == "*" or (domain != lowered and "." not in domain and _HOST.fullmatch(domain)):
        raise RefusedError("settings.host-too-wide")
    if not _HOST.fullmatch(domain):
        raise RefusedError("settings.host-form")
    return lowered


def split_listen(address: str) -> tuple[str, int]:
    """Host and port of ``host:port`` or ``[::1]:port``; port 0 lets the system choose.

    Raises:
        RefusedError: it is not of that form.
    """
    host, colon, port = address.strip().rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
        sound = _is_ip(host)
    else:
        sound = bool(_HOST.fullmatch(host.lower()))
    if not colon or not sound or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:
        raise RefusedError("settings.listen-form")
    return host, int(port)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, SplitResult("", "", "", "", "")
    if (
        not host
        or port == 0
        or not (_is_ip(host) or _HOST.fullmatch(host.lower()))
        or not url.isprintable()
        or " " in url
    ):
        raise RefusedError("settings.url-form")
    return parts


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


BaseUrl = Annotated[str, AfterValidator(check_base_url)]
