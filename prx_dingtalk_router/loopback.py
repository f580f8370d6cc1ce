"""What counts as this machine itself: such addresses may be spoken to in clear, and are never reached through a proxy."""

from __future__ import annotations

import ipaddress


def is_loopback(host: str | None) -> bool:
    """Whether ``host`` (a name or an address, IPv6 without brackets) is this machine itself.

    Only ``localhost`` and literal loopback addresses count: a name that merely resolves to one does not.
    """
    if not host:
        return False
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
