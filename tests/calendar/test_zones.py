"""Zones are found by their IANA name only."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.calendar.zones import nearest_zone, parse_zone


@pytest.mark.parametrize("name", ["Asia/Shanghai", "UTC", "America/New_York", "Europe/Berlin"])
def test_iana_names_are_zones(name: str) -> None:
    """A name of the IANA database gives its zone."""
    zone = parse_zone(name)
    assert zone is not None
    assert zone.key == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Asia",
        "Asia/Peking",
        "../etc/passwd",
        "/etc/localtime",
        "localtime",
        "right/UTC",
        "posix/UTC",
        "\0",
        "\ud800",
        "北京",
        "A" * 5000,
        "UTC+8",
    ],
)
def test_other_names_are_none(name: str) -> None:
    """Folders, paths, unknown names and broken text give None and no traceback."""
    assert parse_zone(name) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Amercia/New_York", "America/New_York"),
        ("asia/shanghai", "Asia/Shanghai"),
        ("Shanghai", "Asia/Shanghai"),
        ("New York", "America/New_York"),
        ("qqqqqq", None),
        ("Beijing", "Asia/Shanghai"),
        ("Asia/Beijing", "Asia/Shanghai"),
        ("北京", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        ("China Standard Time", "Asia/Shanghai"),
        ("CST", "Asia/Shanghai"),
        ("东八区", "Asia/Shanghai"),
        ("UTC+8", "Asia/Shanghai"),
        ("GMT+8", "Asia/Shanghai"),
        ("+08:00", "Asia/Shanghai"),
        ("UTC+0800", "Asia/Shanghai"),
        ("ＵＴＣ＋８", "Asia/Shanghai"),
        ("UTC+9", "Asia/Tokyo"),
        ("UTC-7", "Etc/GMT+7"),
        ("UTC+0", "UTC"),
        ("UTC+99", None),
        ("东京", "Asia/Tokyo"),
        ("香港", "Asia/Hong_Kong"),
        ("纽约时间", "America/New_York"),
    ],
)
def test_nearly_right_names_are_recognised(written: str, meant: str | None) -> None:
    """A slip of the pen, another case, the city alone, its Chinese name or a distance from UTC leads to the zone."""
    assert nearest_zone(written) == meant
    assert meant is None or parse_zone(meant) is not None
