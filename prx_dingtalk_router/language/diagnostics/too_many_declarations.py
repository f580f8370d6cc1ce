"""PRX136 too-many-declarations."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class TooManyDeclarations(Diagnostic, frozen=True):
    """A file with more declarations than a router should have to look at.

    What: A file is not read further, because it has more than 50,000 declarations.
    Why: Rules are asked one after the other for every message. So many were not written by a person; what they have in
        common is better said by one rule and a list.
    Wrong:
        rule u1 when sender is "u1" then drop   # … and fifty thousand more of them
    Right:
        list left = lines "left.txt"
        rule left when sender in left then drop
    Fix: Make one rule of those that differ by a value, and keep the values in a file, one a line: ``list left =
        lines "left.txt"``.
    """

    page_zh = """
    一个文件里的语句太多。

    是什么：这个文件里的语句超过 5 万条，后面不再读了。
    为什么：每来一条消息，规则要一条条地看。这么多规则不会是人写的；它们相同的部分写成一条规则加一个列表更
        好。
    错误写法：
        rule u1 when sender is "u1" then drop   # … 还有五万条这样的
    正确写法：
        list left = lines "left.txt"
        rule left when sender in left then drop
    怎么改：把只差一个值的规则合成一条，值写进列表文件，一行一个：`list left = lines "left.txt"`。
    """

    code = "PRX136"
    severity = "error"
    sentence = Entry(
        zh="这个文件里的语句超过 {limit} 条，从这里起没有读",
        en="this file has more than {limit} declarations; it is not read from here on",
    )
    advice = Entry(
        zh='把大量相似的规则合成一条，内容放进列表文件：`list 名称 = lines "文件.txt"`',
        en='make one rule of those that are alike, with a list: `list NAME = lines "FILE.txt"`',
    )

    limit: int
