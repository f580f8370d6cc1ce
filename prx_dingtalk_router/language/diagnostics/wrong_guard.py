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
    Fix: Write a number from 1 on and a window up to a day, as in ``at most 5 per 1m per sender``.
    """

    page_zh = """
    `at most` 限制的次数或时间不对。

    是什么：`at most`（最多几次）的次数是零或太大，或者时间超过一天。
    为什么：最多零次的步骤永远不会做；计数只保留一天。
    错误写法：
        rule hello when text is "你好" then reply "您好" at most 1 per 2d
    正确写法：
        rule hello when text is "你好" then reply "您好" at most 1 per 24h
    怎么改：次数写 1 以上，时间写一天以内，例如每人每分钟最多 5 次：`at most 5 per 1m per sender`。
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
