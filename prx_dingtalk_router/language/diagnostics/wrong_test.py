"""PRX321 wrong-test."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix

Reason = Literal[
    "time",
    "refused-needs-from",
    "again",
    "told-nothing",
    "mentions-nobody",
    "failure",
    "no-else",
    "never-else",
]

REASONS: dict[Reason, Entry] = {
    "time": Entry(
        zh="`{found}` 看不懂是什么时间",
        en="`{found}` is no time",
    ),
    "refused-needs-from": Entry(
        zh='`expect refused` 需要用 `from "…"` 写明是谁',
        en='`expect refused` needs a `from "…"` that says who',
    ),
    "again": Entry(
        zh="`again {found} times` 的次数要从 1 到 1000",
        en="the number of `again {found} times` has to be 1 to 1000",
    ),
    "told-nothing": Entry(
        zh="只有 `agent` 会收到要处理的话，`{found}` 后面不能写 `told`",
        en="only an `agent` is told anything: `told` cannot stand behind `{found}`",
    ),
    "mentions-nobody": Entry(
        zh="只有 `reply` 会 @ 人，`{found}` 后面不能写 `mention`",
        en="only a `reply` mentions anybody: `mention` cannot stand behind `{found}`",
    ),
    "failure": Entry(
        zh="没有叫「{found}」的失败原因",
        en="no failure is called `{found}`",
    ),
    "no-else": Entry(
        zh="`{found}` 没有 `else`：它不会失败",
        en="there is no `else` to `{found}`, which cannot fail",
    ),
    "never-else": Entry(
        zh="`{found}` 不能是 `else` 的步骤",
        en="`{found}` is never the step of an `else`",
    ),
}


HELP: dict[Reason, Entry] = {
    "time": Entry(
        zh='年月日和 24 小时制的时间，写成 `at "2026-11-20 20:30"`',
        en='write date and time, in 24 hours, as `at "2026-11-20 20:30"`',
    ),
    "refused-needs-from": Entry(
        zh='写明是谁发的：`given "你好" from "u9999" expect refused`',
        en='say whose message it is: `given "hello" from "u9999" expect refused`',
    ),
    "again": Entry(
        zh="`at most 3 …` 的步骤，写 `again 3 times`（共发 4 次）就没有余量了；只再发一次写 `again`",
        en="for a step with `at most 3 …`, `again 3 times` (four messages in all) leaves it no room; `again` alone is once",
    ),
    "told-nothing": Entry(
        zh='删去，或写在智能体后面：`expect agent hr told "…"`；回复的文字直接写：`expect reply "…"`',
        en='leave it out, or write it behind the agent: `expect agent hr told "…"`; the words of a reply are `expect reply "…"`',
    ),
    "mentions-nobody": Entry(
        zh='删去，或写在回复后面：`expect reply "…" mention sender`',
        en='leave it out, or write it behind the reply: `expect reply "…" mention sender`',
    ),
    "failure": Entry(
        zh="可以写：`空消息` `消息太长` `联系不上` `正忙` `达到上限` `超时` `没有送达` `处理失败`",
        en="it is one of `empty message`, `message too long`, `unreachable`, `busy`, `limited`, `timed out`, `not delivered`, `failed`",
    ),
    "no-else": Entry(zh="删去 `else …`", en="remove the `else …`"),
    "never-else": Entry(
        zh='`else` 后面写 `agent 名称`、`reply "…"`、`drop`、`forget` 或 `cancel`',
        en='behind `else` stands `agent NAME`, `reply "…"`, `drop`, `forget` or `cancel`',
    ),
}


class WrongTest(Diagnostic, frozen=True):
    """A test that cannot be run as it is written.

    What: The time of a test is none; it expects a refusal and does not say of whom; ``again`` repeats the message zero times or
        too often; ``told`` or ``mention`` stands behind a step that tells or mentions nobody; ``failure`` names no failure; or an
        ``else`` belongs to a step that has none.
    Why: A test that is not what it seems to be says nothing about the rules.
    Wrong:
        otherwise drop
        test "night" given "hello" at "8:30 pm" expect drop
    Right:
        otherwise drop
        test "night" given "hello" at "2026-11-20 20:30" expect drop
    Fix: Write the time as ``at "2026-11-20 20:30"``; if a refusal is expected, say whose message it is: ``given
        "hello" from "u9999" expect refused``. ``told`` belongs behind ``expect agent``, ``mention`` behind ``expect
        reply``; ``again 3 times`` takes a number from 1 to 1000.
    """

    page_zh = """
    测试写得没法运行。

    是什么：测试的时间看不懂；期望被拒绝，却没有说消息是谁发的；`again`（再发几次）的次数是零或太大；`told`、`mention` 写在
        了不会告诉谁、不会 @ 谁的步骤后面；`failure` 写的不是失败的名称；或者给没有 `else` 的步骤写了 `else`。
    为什么：和看起来不一样的测试，说明不了规则对不对。
    错误写法：
        otherwise drop
        test "夜里" given "你好" at "晚上8点半" expect drop
    正确写法：
        otherwise drop
        test "夜里" given "你好" at "2026-11-20 20:30" expect drop
    怎么改：时间写成 `at "2026-11-20 20:30"`；期望被拒绝时写明发送
        者：`given "你好" from "u9999" expect refused`；`told` 写在 `expect agent` 后面，`mention` 写在 `expect
        reply` 后面；`again 3 times` 的次数从 1 到 1000。
    """

    code = "PRX321"
    severity = "error"
    sentence = Entry(zh="测试有误：{why}", en="this test is wrong: {why}")
    advice = Entry(
        zh='时间写成 `at "2026-11-20 20:30"`；期望被拒绝，写明是谁：`from "u9999"`',
        en='a time is `at "2026-11-20 20:30"`; a refusal needs its sender: `from "u9999"`',
    )

    reason: Reason
    found: str = ""
    near: str | None = None
    """The failure whose name is most like it."""

    @property
    def help(self) -> Wording:
        """What to do, for people."""
        return Wording(HELP[self.reason])

    @property
    def why(self) -> Wording:
        """The reason, for people."""
        return Wording(REASONS[self.reason], {"found": self.found})

    def fix(self) -> Fix | None:
        """Write the name of the failure that was probably meant."""
        return Fix.replacing(self.span, f'"{self.near}"', SUGGESTED) if self.near else None
