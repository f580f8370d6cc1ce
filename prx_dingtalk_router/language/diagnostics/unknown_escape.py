"""PRX106 unknown-escape."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnknownEscape(Diagnostic, frozen=True):
    r"""A backslash in a string before something that it cannot stand before.

    What: A string holds a backslash that begins none of its escapes.
    Why: What is meant cannot be told: ``"C:\new"`` holds a line break, ``"C:\users"`` nothing at all. In an expression
        ``/…/`` a backslash is part of the expression; in a text block it is itself.
    Wrong:
        rule path when text contains "C:\Users" then drop
    Right:
        rule path when text contains "C:\\Users" then drop
    Fix: Write a backslash that is meant itself twice: ``"C:\\Users"``. Besides there are ``\"``, ``\n`` for a
        line break, ``\t`` for a tab and ``\u{1F600}`` for any character.
    """

    page_zh = r'''
    文字里的反斜杠 `\` 后面跟了不认识的字母。

    是什么：引号里的 `\` 有特殊用途：和后面的字符一起表示打不出来的内容，例如 `\n` 是换行。这里的组合不在其
        中。
    为什么：程序猜不出您的意思：`"C:\new"` 里的 `\n` 会变成换行，`"C:\users"` 里的 `\u` 则什么也不是。在
        `/…/` 里，反斜杠属于表达式；在 `"""…"""` 里，反斜杠就是它自己。
    怎么改：要写反斜杠本身，就写两个：`"C:\\Users"`。其他可用的有 `\"`（双引号）、`\n`（换行）、`\t`（制表
        符）。
    '''

    code = "PRX106"
    severity = "error"
    sentence = Entry(zh="`{found}`：反斜杠后面不能是这个字符", en="`{found}` is not an escape")
    advice = Entry(
        zh='反斜杠可以这样用：`\\"`、`\\\\`、`\\n`、`\\t`、`\\u{{1F600}}`；要写反斜杠本身请写 `\\\\`',
        en='the escapes are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{{1F600}}`; a backslash itself is `\\\\`',
    )

    found: str
