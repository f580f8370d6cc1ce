"""PRX409 guard-without-effect."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

REASONS = {
    "never-full": Entry(
        zh="这么短的时间里来不了这么多消息，它从不起作用",
        en="so many messages never come in so short a time, so it refuses nothing",
    ),
    "one-person": Entry(
        zh="规则只在单聊里成立，那里每个会话只有一个人，`per conversation` 就是 `per sender`",
        en="the rule holds in private chats only, each of one person, so `per conversation` is `per sender`",
    ),
}


class GuardWithoutEffect(Diagnostic, frozen=True):
    """An ``at most`` that never refuses anything, or counts otherwise than it says.

    What: The number of an ``at most`` is more than can come in its time (5 messages a second from one person, 50 in one
        conversation, 500 in all); or ``per conversation`` is written in a rule that holds in private chats only.
    Why: The guard is there to keep something from happening too often, and it never does. Mostly the unit is wrong: ``1s``
        or ``ms`` where ``1m`` or ``1h`` was meant.
    Wrong:
        rule hello when text is "你好" then reply "您好" at most 10 per 1s per sender
    Right:
        rule hello when text is "你好" then reply "您好" at most 10 per 1h per sender
    Fix: Write a longer time or a smaller number, as in ``at most 1 per 10m per sender``; in a rule for private chats say
        ``per sender``, or leave it out to count all messages together.
    """

    page_zh = """
    `at most` 从来不会起作用，或者和写的不是一回事。

    是什么：`at most`（最多几次）的次数比这段时间里可能来的消息还多（一个人每秒 5 条、一个会话每秒 50 条、总共每秒
        500 条），或者只在单聊里成立的规则写了 `per conversation`。
    为什么：写 `at most` 是为了不让一件事做得太频繁，这样写却永远拦不住。多半是时间单位写错了：想写 `1m`（一分钟）
        或 `1h`（一小时），写成了 `1s` 或 `ms`。
    怎么改：时间写长一点或次数写小一点，例如 `at most 1 per 10m per sender`；单聊的规则写 `per sender`，想把所有人
        的消息合在一起数就不写。
    """

    code = "PRX409"
    severity = "warning"
    in_general = Entry(
        zh="这个 `at most` 不起作用，或和写的不是一回事",
        en="this `at most` refuses nothing, or counts otherwise than it says",
    )
    sentence = Entry(zh="这个 `at most` 有问题：{why}", en="this `at most` is hardly what was meant: {why}")
    advice = Entry(
        zh="`at most 1 per 10m per sender` 是每人每 10 分钟最多一次；不写 `per …` 就是所有人合在一起数",
        en="`at most 1 per 10m per sender` is once in 10 minutes for each person; without `per …` all are counted together",
    )

    reason: Literal["never-full", "one-person"]

    @property
    def why(self) -> Wording:
        """The reason, for people."""
        return Wording(REASONS[self.reason])
