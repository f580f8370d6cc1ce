"""PRX313 unknown-calendar."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix
from prx_dingtalk_router.language.diagnostics.phrases import (
    did_you_mean,
)


class UnknownCalendar(Diagnostic, frozen=True):
    """A calendar of a country that does not exist, or that is not known.

    What: The calendar of ``hours`` is no two-letter country code for which holidays are known.
    Why: Without its calendar nobody knows which days are worked.
    Wrong:
        hours office = workdays 09:00-18:00 calendar "日本"
        rule closed when not during office then drop
    Right:
        hours office = workdays 09:00-18:00 calendar "JP"
        rule closed when not during office then drop
    Fix: Write the two letters of the country: ``"CN"`` for China, ``"JP"`` for Japan, ``"SG"`` for Singapore,
        ``"US"`` for the United States.
    """

    page_zh = """
    没有这个国家的日历。

    是什么：`hours` 的日历不是已知的两个字母的国家代码。
    为什么：没有日历，就不知道哪些天上班。
    怎么改：中国写 `"CN"`，日本 `"JP"`，新加坡 `"SG"`，香港 `"HK"`，美国 `"US"`。
    """

    code = "PRX313"
    severity = "error"
    sentence = Entry(
        zh="没有国家 `{country}` 的日历{hint}", en="there is no calendar of the country `{country}`{hint}"
    )
    advice = Entry(
        zh="写两个字母的国家代码：中国 `CN`，日本 `JP`，新加坡 `SG`，美国 `US`",
        en="write a two-letter country code: China is `CN`, Japan `JP`, Singapore `SG`, the United States `US`",
    )

    country: str
    near: str | None
    """The code of the country that was meant."""

    @property
    def hint(self) -> Text:
        """What was meant."""
        return did_you_mean(self.near)

    def fix(self) -> Fix | None:
        """Write the code of the country: its name has no other meaning."""
        return Fix.replacing(self.span, f'"{self.near}"', SAFE) if self.near else None
