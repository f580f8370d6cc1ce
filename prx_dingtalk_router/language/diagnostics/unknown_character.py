"""PRX113 unknown-character."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnknownCharacter(Diagnostic, frozen=True):
    """Characters that mean nothing in this language.

    What: Characters stand outside strings that no part of the language uses.
    Why: Nobody can tell what they were meant for; mostly they belong to a text that lacks its quotes.
    Wrong:
        rule money when text contains "报销" ~ then drop
    Right:
        rule money when text contains "报销" then drop
    Fix: Delete it; if it belongs to a text, put the whole text between quotes, as in ``reply "price: $10~20"``.
    """

    page_zh = """
    这里有一个规则用不到的符号。

    是什么：引号外面出现了规则里没有任何用处的字符。
    为什么：程序不知道它是做什么的，多半是一段文字忘了加引号。
    怎么改：多打的就删去；如果属于一段文字，就把整段放进英文双引号，例如 `reply "价格：￥10~20"`。
    """

    code = "PRX113"
    severity = "error"
    sentence = Entry(zh="这里不能出现字符 `{found}`", en="the character `{found}` means nothing here")
    advice = Entry(
        zh="删去它；如果属于一段文字，整段要放在英文双引号里",
        en="delete it; if it is part of a text, the whole text goes between double quotes",
    )

    found: str
