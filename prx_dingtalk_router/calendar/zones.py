"""Time zones by their IANA name."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from prx_dingtalk_router.text.did_you_mean import Vocabulary

_NOT_ZONES = ("posix/", "right/", "localtime", "posixrules", "Factory")


def parse_zone(name: str) -> ZoneInfo | None:
    """Return the zone of that IANA name, as ``Asia/Shanghai``, or None.

    Names that only some machines know (``localtime``) or that count leap seconds (``right/…``) are none.
    """
    if not name or name.startswith(_NOT_ZONES):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def nearest_zone(name: str) -> str | None:
    """Return the name of a zone that is nearly ``name``, also when only the city is given; ``None`` if there is none."""
    zones, cities, zone_of = _spellings()
    city = cities.nearest(name)
    return zones.nearest(name) or (zone_of[city] if city is not None else None)


@cache
def _spellings() -> tuple[Vocabulary, Vocabulary, dict[str, str]]:
    """Return all zones by their whole names, the names of the cities alone, and which zone is that of a city."""
    zones = sorted(zone for zone in available_timezones() if not zone.startswith(_NOT_ZONES))
    zone_of = {zone.rpartition("/")[2]: zone for zone in zones if "/" in zone}
    return Vocabulary(zones), Vocabulary(zone_of), zone_of
