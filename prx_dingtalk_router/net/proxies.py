"""Which proxy an address is reached through: the setting, else the environment; never for loopback."""

from __future__ import annotations

import urllib.request
from urllib.parse import urlsplit

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.loopback import is_loopback

_SAME_AS = {"ws": "http", "wss": "https"}


class Proxies:
    """The proxies of one peer, each chosen when an origin is first reached: the environment is read once for it.

    Args:
        setting: as of ``proxy_for``.
    """

    def __init__(self, setting: str = "") -> None:
        self._setting = setting
        self._chosen: dict[tuple[str, str], str | None] = {}

    def to(self, url: str) -> str | None:
        """The proxy for ``url``, as ``proxy_for`` says.

        Raises:
            RouterError: it is not one of http or https.
        """
        parts = urlsplit(url)
        origin = (parts.scheme, parts.netloc)
        if origin not in self._chosen:
            self._chosen[origin] = proxy_for(url, self._setting)
        return self._chosen[origin]


def proxy_for(url: str, setting: str = "") -> str | None:
    """The proxy for ``url``, as ``http://host:port`` (or https), or None to go straight.

    Args:
        url: where the request goes; http, https, ws or wss (which use the proxies of http and https).
        setting: the configured proxy, which then serves every address but loopback; ``""`` asks the
            environment (``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY``, ``NO_PROXY``).

    Raises:
        RouterError: the proxy is not one of http or https.
    """
    parts = urlsplit(url)
    if is_loopback(parts.hostname):
        return None
    if setting:
        return _usable(setting)
    scheme = _SAME_AS.get(parts.scheme, parts.scheme)
    proxies = urllib.request.getproxies()
    proxy = proxies.get(scheme) or proxies.get("all")
    if not proxy or urllib.request.proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    return _usable(proxy)


def _usable(proxy: str) -> str:
    candidate = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(candidate)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise RouterError("stream.proxy-unusable", scheme=candidate.partition("://")[0])
    return candidate
