"""PRX318 misplaced-step."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

PlaceReason = Literal[
    "else-in-denied",
    "only-reply-or-drop",
    "agent-not-last",
    "drop-not-last",
    "drop-not-alone",
    "drop-with-guard",
    "next-in-otherwise",
    "next-in-chain",
    "next-not-last",
    "next-with-guard",
    "next-after-other",
]
"""Why a step cannot be where it is."""

REASONS: dict[PlaceReason, Entry] = {
    "else-in-denied": Entry(zh="`denied` 没有 `else`", en="`denied` takes no `else`"),
    "only-reply-or-drop": Entry(
        zh="`denied` 里只能用 `reply` 和 `drop`", en="`denied` takes only `reply` and `drop`"
    ),
    "agent-not-last": Entry(zh="`agent` 必须是最后一步", en="`agent` must be the last step"),
    "drop-not-last": Entry(zh="`drop` 之后不能再有别的", en="nothing can follow a `drop`"),
    "drop-not-alone": Entry(
        zh="`drop` 只能是规则的唯一一步，或最后一个 `else`",
        en="`drop` is a rule's only step, or the last `else`",
    ),
    "drop-with-guard": Entry(
        zh="`drop` 不能带 `at most`：次数用完后，消息也同样没有去处",
        en="`drop` takes no `at most`: with no room left, nothing would be sent either",
    ),
    "next-in-otherwise": Entry(
        zh="`otherwise` 之后没有规则了，不能用 `next`",
        en="no rule comes after `otherwise`, so there is no `next`",
    ),
    "next-in-chain": Entry(zh="`next` 不能和 `else` 一起用", en="`next` does not go with `else`"),
    "next-not-last": Entry(zh="`next` 必须是最后一步", en="`next` must be the last step"),
    "next-with-guard": Entry(zh="`next` 不能带 `at most`", en="`next` takes no `at most`"),
    "next-after-other": Entry(zh="`next` 之前只能有 `reply`", en="only `reply` may come before `next`"),
}


class MisplacedStep(Diagnostic, frozen=True):
    """A step where it cannot be done.

    What: A step stands behind one that ends the rule, beside one that it does not go with, or in ``otherwise`` or
        ``denied``, which do not take it.
    Why: An agent's answer ends the rule, ``drop`` sends nothing, and ``next`` hands the message on; after them there is
        nothing left to do.
    Wrong:
        rule vpn
          when text contains "vpn"
          then agent helpdesk
          then reply "please wait"
    Right:
        rule vpn
          when text contains "vpn"
          then reply "please wait"
          then agent helpdesk
    Fix: Put ``reply`` before ``agent``, let ``drop`` stand alone, and write ``next`` last.
    """

    page_zh = """
    这一步放错了位置。

    是什么：一个步骤写在已经结束规则的步骤后面，和不能同时做的步骤放在一起，或者写在不能有它的
        `otherwise`、`denied` 里。
    为什么：智能体的回答结束这条规则，`drop` 表示什么都不发，`next` 把消息交给下一条规则；它们后面没有事可做
        了。
    错误写法：
        rule vpn
          when text contains "vpn"
          then agent helpdesk
          then reply "请稍等"
    正确写法：
        rule vpn
          when text contains "vpn"
          then reply "请稍等"
          then agent helpdesk
    怎么改：把 `reply` 移到 `agent` 前面；`drop` 单独写；`next` 写在最后。
    """

    code = "PRX318"
    severity = "error"
    sentence = Entry(zh="这一步不能放在这里：{why}", en="this step cannot stand here: {why}")
    advice = Entry(
        zh="一条规则可以有任意个 `reply`、`forget`、`cancel`，最后至多一个 `agent`，或以 `next` 结尾，或只有一个 `drop`",
        en="a rule holds any number of `reply`, `forget`, `cancel`, then at most one `agent`, or `next`, or `drop` alone",
    )

    reason: PlaceReason

    @property
    def why(self) -> Wording:
        """The reason, for people."""
        return Wording(REASONS[self.reason])
