"""PRX321 wrong-test."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

REASONS = {
    "time": Entry(
        zh="`{found}` 看不懂是什么时间",
        en="`{found}` is no time",
    ),
    "refused-needs-from": Entry(
        zh='`expect refused` 需要用 `from "…"` 写明是谁',
        en='`expect refused` needs a `from "…"` that says who',
    ),
}


HELP = {
    "time": Entry(
        zh='年月日和 24 小时制的时间，写成 `at "2026-11-20 20:30"`',
        en='write date and time, in 24 hours, as `at "2026-11-20 20:30"`',
    ),
    "refused-needs-from": Entry(
        zh='写明是谁发的：`given "你好" from "u9999" expect refused`',
        en='say whose message it is: `given "hello" from "u9999" expect refused`',
    ),
}


class WrongTest(Diagnostic, frozen=True):
    """A test that cannot be run as it is written.

    What: The time of a test is none, or it expects a refusal and does not say of whom.
    Why: A test that is not what it seems to be says nothing about the rules.
    Wrong:
        otherwise drop
        test "night" given "hello" at "8:30 pm" expect drop
    Right:
        otherwise drop
        test "night" given "hello" at "2026-11-20 20:30" expect drop
    Fix: Write the time as ``at "2026-11-20 20:30"``; if a refusal is expected, say whose message it is: ``given
        "hello" from "u9999" expect refused``.
    """

    page_zh = """
    测试写得没法运行。

    是什么：测试的时间看不懂，或者它期望被拒绝，却没有说消息是谁发的。
    为什么：和看起来不一样的测试，说明不了规则对不对。
    错误写法：
        otherwise drop
        test "夜里" given "你好" at "晚上8点半" expect drop
    正确写法：
        otherwise drop
        test "夜里" given "你好" at "2026-11-20 20:30" expect drop
    怎么改：时间写成 `at "2026-11-20 20:30"`；期望被拒绝时写明发送
        者：`given "你好" from "u9999" expect refused`。
    """

    code = "PRX321"
    severity = "error"
    sentence = Entry(zh="测试有误：{why}", en="this test is wrong: {why}")
    advice = Entry(
        zh='时间写成 `at "2026-11-20 20:30"`；期望被拒绝，写明是谁：`from "u9999"`',
        en='a time is `at "2026-11-20 20:30"`; a refusal needs its sender: `from "u9999"`',
    )

    reason: Literal["time", "refused-needs-from"]
    found: str = ""

    @property
    def help(self) -> Wording:
        """What to do, for people."""
        return Wording(HELP[self.reason])

    @property
    def why(self) -> Wording:
        """The reason, for people."""
        return Wording(REASONS[self.reason], {"found": self.found})
