"""PRX109 malformed-number."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class MalformedNumber(Diagnostic, frozen=True):
    """A number in a form that the language does not know.

    What: Something that begins like a number is no whole number, duration, percentage, date or time.
    Why: A number that can be read in two ways would sooner or later be read in the wrong one.
    Wrong:
        rule hi when text is "hi" then reply "hi" at most 2x per 1h
    Right:
        rule hi when text is "hi" then reply "hi" at most 2 per 1h
    """

    code = "PRX109"
    severity = "error"
    sentence = Entry(
        zh="看不懂 `{found}`", en="`{found}` is not a number, duration, percentage, date or time"
    )
    advice = Entry(
        zh="时长写作 `500ms`、`10s`、`5m`、`2h`、`1d`，时间写作 `09:00-18:00`，日期写作 `2027-02-05`，比例写作 `10%`",
        en="durations are `500ms`, `10s`, `5m`, `2h`, `1d`, times `09:00-18:00`, dates `2027-02-05`, percentages `10%`",
    )

    found: str
    instead: str | None = None
    """The same number in characters that can be used."""

    def fix(self) -> Fix | None:
        """Write the same number in ordinary characters."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
