"""PRX408 mention-in-private."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix


class MentionInPrivate(Diagnostic, frozen=True):
    """A ``mention`` in a rule that holds in private chats only.

    What: The condition of the rule holds in no group, and one of its replies has a ``mention``.
    Why: In a private chat nobody can be mentioned: there is one reader. The mention is left out whenever the reply is sent.
    Wrong:
        rule hello when private and text is "你好" then reply "您好" mention
    Right:
        rule hello when private and text is "你好" then reply "您好"
    Fix: Leave ``mention`` out; if the reply is meant for groups, too, the condition has to hold there:
        ``when text is "你好"``.
    """

    page_zh = """
    只在单聊里成立的规则写了 `mention`。

    是什么：规则的条件在群里从不成立，它的回复却写了 `mention`（@ 某人）。
    为什么：单聊里只有一个人在看，没有人可以 @；这样的回复每次发出时都会去掉 @。
    怎么改：删去 `mention`；如果群里也要这样回复，就让条件在群里也成立，例如 `when text is "你好"`。
    """

    code = "PRX408"
    severity = "warning"
    sentence = Entry(
        zh="规则 `{rule}` 只在单聊里成立，`mention` 不起作用",
        en="the rule `{rule}` holds in private chats only, where `mention` does nothing",
    )
    advice = Entry(
        zh="删去 `mention`；群里也要回复的话，去掉条件里的 `private`",
        en="leave `mention` out; if groups are meant, too, take `private` out of the condition",
    )

    rule: str

    def fix(self) -> Fix:
        """Leave it out."""
        return Fix.replacing(self.span, "", SUGGESTED)
