"""PRX406 asked-every-time."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.source import Span


class AskedEveryTime(Diagnostic, frozen=True):
    """Many rules that have to be asked about every message, one by one.

    What: More than a hundred rules of a set name nothing that a message must hold: no word, no expression, no sender, no
        conversation. They say what a message is not, how its flags are set, when it comes, or which share of people sent it.
    Why: Rules that name something are found by it, so ten thousand of them cost a message no more than ten. These are asked
        one after the other, and each one makes every message wait a little longer.
    Wrong:
        rule a1 when not sender is "u1" and not text contains "x1" then drop   # … and a hundred more like it
    Right:
        rule a1 when text contains "x1" and not sender is "u1" then drop
    Fix: Add a word or a sender that must be there, as in ``text contains "vpn" and not …``; make one rule with
        a list of those that differ by a value.
    """

    page_zh = """
    很多规则没有点名内容，每条消息都要逐条判断。

    是什么：有一百多条规则没有点名任何必须出现的东西：没有词、表达式、发送者或会话，只说了消息“不是什么”、是
        不是群聊、什么时候发的、按比例抽到哪些人。
    为什么：点名内容的规则可以直接查到，一万条和十条一样快；没有点名的要一条条判断，每多一条，每条消息就多等
        一点。
    错误写法：
        rule a1 when not sender is "u1" and not text contains "x1" then drop   # … 还有一百条这样的
    正确写法：
        rule a1 when text contains "x1" and not sender is "u1" then drop
    怎么改：在条件里加上必须出现的词或发送者，例如 `text contains "报销" and not …`；只差一个值的规则，用列
        表合成一条。
    """

    code = "PRX406"
    severity = "warning"
    sentence = Entry(
        zh="有 {count} 条规则（{rules}…）没有点名任何必须出现的内容，每条消息都要逐条询问它们，规则越多越慢",
        en="{count} rules ({rules} …) name nothing that a message must hold: each message asks them one by one, and the more there are, the longer it takes",
    )
    advice = Entry(
        zh="在条件里加上要出现的词、表达式、发送者或会话；或者把这些规则合并成几条",
        en="add a word, an expression, a sender or a conversation that must be there to their conditions, or make a few rules of them",
    )

    count: int
    rules: tuple[str, ...]
    """The first of them."""
    others: tuple[Span, ...]
    """Where the others of ``rules`` stand."""

    @property
    def related(self) -> tuple[Related, ...]:
        """Further ones."""
        return tuple(Related(span, text("language.related.asked-too")) for span in self.others)
