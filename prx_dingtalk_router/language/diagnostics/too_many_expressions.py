"""PRX137 too-many-expressions."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class TooManyExpressions(Diagnostic, frozen=True):
    """Expressions of a set that are more than a router should have to look at.

    What: An expression is not looked at, and none after it, because all expressions of the set together have more than
        1,000,000 characters.
    Why: Each is taken apart when rules are checked and tried when a message comes. So many were not written by a person;
        words to look for stand better in a list, which is looked up at once however long it is.
    Wrong:
        rule w1 when text matches /发票1/ then drop   # … and a hundred thousand more of them
    Right:
        list ads = lines "ads.txt"
        rule ads when text contains ads then drop
    Fix: Keep the words in a text file, one a line, and ask ``text contains ads`` with ``list ads = lines
        "ads.txt"``.
    """

    page_zh = """
    一套规则里的表达式太多。

    是什么：整套规则里的表达式加起来超过了 100 万个字符；这一个和后面的都没有检查。
    为什么：每个表达式在检查时都要拆开来看，来消息时还要试一遍。这么多不会是人写的；要找的词写进列表，不管多
        长都能一次查完。
    错误写法：
        rule w1 when text matches /发票1/ then drop   # … 还有十万条这样的
    正确写法：
        list ads = lines "ads.txt"
        rule ads when text contains ads then drop
    怎么改：把要找的词一行一个写进文本文件，规则里写 `list ads = lines "ads.txt"` 和 `text contains ads`。
    """

    code = "PRX137"
    severity = "error"
    sentence = Entry(
        zh="整套规则的表达式加起来超过 {limit} 个字符，从这一个起没有检查",
        en="the expressions of the set have more than {limit} characters together; this one and those after it are not looked at",
    )
    advice = Entry(
        zh='要找的词写进列表文件：`list 名称 = lines "文件.txt"`，条件用 `text contains 名称`',
        en='keep the words to look for in a list: `list NAME = lines "FILE.txt"`, and ask `text contains NAME`',
    )

    limit: int
