"""PRX312 missing-calendar."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class MissingCalendar(Diagnostic, frozen=True):
    """Working days or holidays of no country.

    What: ``workdays`` or ``holidays`` stand in ``hours`` without a calendar, and the configuration names none.
    Why: Every country has working days and holidays of its own.
    Wrong:
        hours office = workdays 09:00-18:00
        rule closed when not during office then drop
    Right:
        hours office = workdays 09:00-18:00 calendar "JP"
        rule closed when not during office then drop
    Fix: Add the two letters of the country: ``hours office = workdays 09:00-18:00 calendar "CN"``; or say it
        once for all rules, as ``calendar = "CN"`` in ``[rules]`` of the configuration.
    """

    page_zh = """
    没有说明用哪个国家的工作日。

    是什么：`hours` 里写了 `workdays`（工作日）或 `holidays`（节假日），但没有写日历，配置里也没有。
    为什么：每个国家的工作日和节假日都不一样。
    错误写法：
        hours office = workdays 09:00-18:00
        rule closed when not during office then drop
    正确写法：
        hours office = workdays 09:00-18:00 calendar "CN"
        rule closed when not during office then drop
    怎么改：中国的日历在后面加 `calendar "CN"`：`hours office = workdays 09:00-18:00 calendar "CN"`。也可以
        在配置文件的 `[rules]` 里写一次 `calendar = "CN"`，所有规则都用它。
    """

    code = "PRX312"
    severity = "error"
    sentence = Entry(
        zh="`{word}` 需要知道用哪个国家的日历", en="`{word}` needs to know whose calendar counts"
    )
    advice = Entry(
        zh='在这条 `hours` 后面写 `calendar "CN"`，或在配置的 `[rules]` 里设置 `calendar`',
        en='write `calendar "CN"` at the end of the `hours`, or set `calendar` in `[rules]` of the configuration',
    )

    word: str
