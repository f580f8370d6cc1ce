"""Time zones by their IANA name."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_NOT_ZONES = ("posix/", "right/", "localtime", "posixrules", "Factory")
_LONGEST_NAME = 64
"""Longer than any zone's name: what is longer still is cut before it is compared."""


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


def nearest_zone(name: str) -> str | None:
    """The name of a zone that is nearly ``name``, also when only the city is given; ``None`` if there is none."""
    wanted = name.casefold().replace(" ", "_")
    for known in _spellings():
        if wanted in known:
            return known[wanted]
    for known in _spellings():
        close = get_close_matches(wanted[:_LONGEST_NAME], known, n=1, cutoff=0.8)
        if close:
            return known[close[0]]
    return None


@cache
def _spellings() -> tuple[dict[str, str], dict[str, str]]:
    """All zones by their whole name, and by that of the city alone, in lower case."""
    zones = sorted(zone for zone in available_timezones() if not zone.startswith(_NOT_ZONES))
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in zones if "/" in zone}
    return {zone.casefold(): zone for zone in zones}, cities
