"""Time zones by their IANA name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from prx_dingtalk_router.text.did_you_mean import Vocabulary

_NOT_ZONES = ("posix/", "right/", "localtime", "posixrules", "Factory")


_IGNORED = re.compile(r"[\s_/().:,，（）]|时间|时区|标准时|standardtime|time")
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])0?(\d{1,2})(?:00)?")
_ZONES_MEANT = {
    word: zone
    for zone, words in {
        "Asia/Shanghai": "beijing peking 北京 上海 中国 china chinastandard cst bjt prc 东八区 utc8 gmt8 cst-8 asiabeijing asiapeking "
        "shenzhen 深圳 广州 guangzhou 杭州 hangzhou 成都 chengdu",
        "Asia/Hong_Kong": "香港 中国香港 hkt",
        "Asia/Macau": "澳门 中国澳门",
        "Asia/Taipei": "台北 台湾 中国台湾",
        "Asia/Singapore": "新加坡 sgt",
        "Asia/Tokyo": "东京 日本 japan jst 东九区",
        "Asia/Seoul": "首尔 韩国 korea kst",
        "Asia/Bangkok": "曼谷 泰国 thailand",
        "Asia/Ho_Chi_Minh": "胡志明 越南 vietnam 河内 hanoi",
        "Asia/Kolkata": "印度 india 孟买 mumbai delhi ist",
        "Asia/Dubai": "迪拜 阿联酋",
        "Australia/Sydney": "悉尼",
        "Europe/London": "伦敦 英国 uk bst",
        "Europe/Paris": "巴黎 法国 france",
        "Europe/Berlin": "柏林 德国 germany",
        "Europe/Moscow": "莫斯科 俄罗斯",
        "America/New_York": "纽约 美东 美国东部 eastern edt usaeastern",
        "America/Los_Angeles": "洛杉矶 美西 美国西部 旧金山 sanfrancisco pacific pst pdt",
        "UTC": "协调世界 世界 z utc0 gmt0",
    }.items()
    for word in words.split()
}
"""Zones by what people call them: cities, countries, abbreviations; without blanks and the word for time."""
_ZONES_OF_OFFSETS = {0: "UTC", 8: "Asia/Shanghai", 9: "Asia/Tokyo"}
"""What people in China mean by a distance from UTC; of the others the zone without daylight saving time."""
_FARTHEST = 12


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
    """Return the name of the zone that ``name`` means, or ``None``.

    It may be a slip of the pen, the city alone, a city or country by the name that people give it, in Chinese too, or a
    distance from UTC.
    """
    meant = _meant(name)
    if meant is not None:
        return meant
    zones, cities, zone_of = _spellings()
    city = cities.nearest(name)
    return zones.nearest(name) or (zone_of[city] if city is not None else None)


def _meant(name: str) -> str | None:
    word = _IGNORED.sub("", unicodedata.normalize("NFKC", name).casefold())
    offset = _OFFSET.fullmatch(word)
    if offset is None:
        return _ZONES_MEANT.get(word)
    hours = int(offset[2]) * (1 if offset[1] == "+" else -1)
    if abs(hours) > _FARTHEST:
        return None
    return _ZONES_OF_OFFSETS.get(hours, f"Etc/GMT{-hours:+d}")


@cache
def _spellings() -> tuple[Vocabulary, Vocabulary, dict[str, str]]:
    """Return all zones by their whole names, the names of the cities alone, and which zone is that of a city."""
    zones = sorted(zone for zone in available_timezones() if not zone.startswith(_NOT_ZONES))
    zone_of = {zone.rpartition("/")[2]: zone for zone in zones if "/" in zone}
    return Vocabulary(zones), Vocabulary(zone_of), zone_of
