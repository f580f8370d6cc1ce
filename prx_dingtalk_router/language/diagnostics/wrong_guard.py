"""PRX317 wrong-guard."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

REASONS = {
    "count": Entry(zh="次数要从 1 到 1,000,000,000", en="the number must be 1 to 1,000,000,000"),
    "window": Entry(zh="时间窗口最长 24 小时", en="the window is 24 hours at most"),
}


class WrongGuard(Diagnostic, frozen=True):
    """An ``at most`` that can count nothing, or for too long.

    What: The number of an ``at most`` is zero or very large, or its window is longer than a day.
    Why: A step that may be done no times is never done. Counters are kept for a day.
    Wrong:
        rule hello when text is "hello" then reply "hello" at most 1 per 2d
    Right:
        rule hello when text is "hello" then reply "hello" at most 1 per 24h
    """

    code = "PRX317"
    severity = "error"
    sentence = Entry(zh="`at most` 有误：{why}", en="this `at most` is wrong: {why}")
    advice = Entry(
        zh="例如 `at most 5 per 1m per sender`（每人每分钟最多 5 次）",
        en="such as `at most 5 per 1m per sender`",
    )

    reason: Literal["count", "window"]

    @property
    def why(self) -> Wording:
        """The reason, for people."""
        return Wording(REASONS[self.reason])
