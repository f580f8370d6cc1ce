"""Which addresses may be spoken to: encrypted everywhere but on loopback, webhooks only to listed hosts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.loopback import is_loopback

_NEVER_WRITTEN = re.compile(r"[\x00-\x20\x7f\\]")
# A name that every reader of addresses reads in the same way: nothing encoded, no letters that another one would map.
_PLAIN_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?", re.IGNORECASE | re.ASCII)
# Up to where every reader of addresses takes the path, the query or the fragment to begin.
_ORIGIN = re.compile(r"https?://[^/?#]*")
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def https_or_loopback(url: str) -> str:
    """Give back ``url`` if it is https, or http to loopback (interfaces.md section 3).

    Raises:
        RouterError: the address cannot be read, has no host, holds a user name, or would travel in the clear;
            the text names the reason and no setting, so that a caller can put its key in front.
    """
    return _encrypted_or_loopback(url, secure="https", plain="http")


def wss_or_loopback(url: str) -> str:
    """Give back ``url`` if it is wss, or ws to loopback (dingtalk-stream.md section 2).

    Raises:
        RouterError: as for ``https_or_loopback``.
    """
    return _encrypted_or_loopback(url, secure="wss", plain="ws")


def host_allowed(url: str, patterns: Iterable[str]) -> bool:
    """Whether a session webhook may be posted to (``webhook_hosts``, interfaces.md section 3).

    Decided on the address as it is parsed; one that two parsers could read differently is not allowed.

    Args:
        url: the webhook; https, or http if its host is loopback.
        patterns: ``host``, ``*.domain`` (any name below the domain, and not the domain itself), each with an
            optional ``:port``; a pattern without one means the scheme's own port, but for loopback any port.
            A loopback address is allowed only if a pattern names it literally.
    """
    if _NEVER_WRITTEN.search(url):
        return False
    # Thousands of webhooks have one origin, and nothing behind it is asked about.
    origin = _ORIGIN.match(url)
    return _is_listed(origin.group() if origin is not None else url, tuple(patterns))


@lru_cache(maxsize=256)
def _is_listed(url: str, patterns: Sequence[str]) -> bool:
    parts = _split(url)
    if parts is None or parts.username is not None:
        return False
    name = parts.hostname or ""
    host = name.removesuffix(".")
    if ":" not in name and not _PLAIN_NAME.fullmatch(name):
        return False
    loopback = is_loopback(host)
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and loopback)):
        return False
    default_port = _DEFAULT_PORTS[parts.scheme]
    port = parts.port if parts.port is not None else default_port
    for pattern in patterns:
        pattern_name, wanted = _pattern(pattern)
        if wanted is None:
            port_fits = loopback or port == default_port
        else:
            port_fits = port == wanted
        if port_fits and _name_fits(host, pattern_name, loopback=loopback):
            return True
    return False


def _encrypted_or_loopback(url: str, *, secure: str, plain: str) -> str:
    parts = _split(url)
    if parts is None or parts.scheme not in (secure, plain) or not parts.hostname:
        raise RouterError("stream.url-unreadable", secure=secure)
    if parts.username is not None or parts.password is not None:
        raise RouterError("stream.url-with-user")
    if parts.scheme == plain and not is_loopback(parts.hostname):
        raise RouterError("stream.url-insecure", secure=secure, plain=plain, host=parts.hostname)
    return url


def _split(url: str) -> SplitResult | None:
    if _NEVER_WRITTEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return None
    return parts


def _pattern(pattern: str) -> tuple[str, int | None]:
    """A host pattern as (name in lower case, port or None)."""
    text = pattern.strip().lower()
    if text.count(":") > 1 and not text.startswith("["):
        return text, None  # an IPv6 address without brackets
    name, colon, port = text.rpartition(":")
    if colon and port.isascii() and port.isdigit():
        return name.strip("[]"), int(port)
    return text.strip("[]"), None


def _name_fits(host: str, name: str, *, loopback: bool) -> bool:
    host = host.lower()
    if loopback:
        return host == name
    if name.startswith("*."):
        return host.endswith(name[1:]) and len(host) > len(name) - 1
    return host == name
