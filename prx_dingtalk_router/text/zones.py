"""Time zones by their IANA name."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_NOT_ZONES = ("posix/", "right/", "localtime", "posixrules", "Factory")


def parse_zone(name: str) -> ZoneInfo | None:
    """The zone of that IANA name, as ``Asia/Shanghai``, or None.

    Names that only some machines know (``localtime``) or that count leap seconds (``right/…``) are none.
    """
    if not name or name.startswith(_NOT_ZONES):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
