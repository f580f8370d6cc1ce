"""PRX315 wrong-date."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix

REASONS = {
    "none": Entry(zh="没有 `{found}` 这一天", en="there is no day `{found}`"),
    "backwards": Entry(zh="结束早于开始", en="it ends before it begins"),
}


class WrongDate(Diagnostic, frozen=True):
    """A date that no calendar has, or a range of dates that ends before it begins.

    What: A day that does not exist, or two dates in the wrong order.
    Why: No message is ever written on such a day, so a rule that asks for it would never hold.
    Wrong:
        hours festival = 2026-09-31..2026-10-07
        rule closed when during festival then reply "closed"
    Right:
        hours festival = 2026-09-30..2026-10-07
        rule closed when during festival then reply "closed"
    """

    code = "PRX315"
    severity = "error"
    sentence = Entry(zh="日期有误：{why}", en="this date is wrong: {why}")
    advice = Entry(
        zh="日期写作 `2027-02-05`，一段日期写作 `2027-02-05..2027-02-12`",
        en="a date is written `2027-02-05`, a range `2027-02-05..2027-02-12`",
    )

    reason: Literal["none", "backwards"]
    found: str
    instead: str | None = None
    """The same dates as they can be written."""

    @property
    def why(self) -> Wording:
        """The reason, for people."""
        return Wording(REASONS[self.reason], {"found": self.found})

    def fix(self) -> Fix | None:
        """Write the same dates in the right form."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
