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
