"""PRX305 wrong-duration."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class WrongDuration(Diagnostic, frozen=True):
    """A duration that is no time, or that nothing can wait for.

    What: A duration of zero, or one that is not a whole number with a unit.
    Why: A window or a time limit of no length would let nothing pass, and a fraction of a unit can be written as a
        whole number of a smaller one.
    Wrong:
        rule hello when text is "hello" then reply "hello" at most 1 per 0s
    Right:
        rule hello when text is "hello" then reply "hello" at most 1 per 30s
    """

    code = "PRX305"
    severity = "error"
    sentence = Entry(zh="`{found}` 不是可用的时长", en="`{found}` is no duration that can be used")
    advice = Entry(
        zh="写一个大于 0 的整数加单位，例如 `30s`、`10m`、`2h`",
        en="write a whole number above 0 and a unit: `30s`, `10m`, `2h`",
    )

    found: str
    instead: str | None = None
    """The same duration as it can be written."""

    def fix(self) -> Fix | None:
        """Write the same duration in the right form."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
