"""PRX306 unknown-zone."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import (
    did_you_mean,
)


class UnknownZone(Diagnostic, frozen=True):
    """A time zone that does not exist.

    What: The zone of ``hours`` is none of the names of the IANA time zone database.
    Why: Without its zone nobody knows when the hours begin and end.
    Wrong:
        hours office = mon-fri 09:00-18:00 in "Asia/Beijing"
        rule closed when not during office then drop
    Right:
        hours office = mon-fri 09:00-18:00 in "Asia/Shanghai"
        rule closed when not during office then drop
    Fix: Write the name of a region and a city: ``"Asia/Shanghai"`` for all of China, ``"Asia/Tokyo"``,
        ``"Europe/London"``, ``"America/New_York"``.
    """

    page_zh = """
    时区不存在。

    是什么：`hours` 里写的时区，不在国际通用的时区名单（IANA）里。
    为什么：不知道时区，就不知道这段时间几点开始、几点结束。
    怎么改：中国一律写 `"Asia/Shanghai"`，没有 `Asia/Beijing`。其他常用的有
        `"Asia/Tokyo"`、`"Asia/Singapore"`、`"Europe/London"`、`"America/New_York"`。
    """

    code = "PRX306"
    severity = "error"
    sentence = Entry(zh="没有时区 `{zone}`{hint}", en="there is no time zone `{zone}`{hint}")
    advice = Entry(
        zh="中国写 `Asia/Shanghai`；其他地方写“洲/城市”的英文名，例如 `Asia/Tokyo`",
        en="all of China is `Asia/Shanghai`; others are a region and a city, such as `Asia/Tokyo`",
    )

    zone: str
    near: str | None
    """The zone that was probably meant."""
    written: bool
    """Whether it stands here, and not in the configuration."""

    @property
    def hint(self) -> Text:
        """What was probably meant."""
        return did_you_mean(self.near)

    def fix(self) -> Fix | None:
        """Write the zone that was probably meant."""
        return Fix.replacing(self.span, f'"{self.near}"', SUGGESTED) if self.near and self.written else None
