"""PRX130 declaration-too-long."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class DeclarationTooLong(Diagnostic, frozen=True):
    """A declaration of more words than any person reads.

    What: A single declaration has more than 200,000 words, values and signs.
    Why: Something went wrong when the file was made: a closing bracket or quotation mark is missing, or another file
        was pasted in. A list that long belongs into a file of its own.
    Wrong:
        list staff = [ "u1001", "u1002"   # … and a hundred thousand more
        ]
    Right:
        list staff = lines "staff.txt"
    Fix: Look for a bracket or quotation mark that is not closed. A long list goes into a text file, one entry a
        line: ``list staff = lines "staff.txt"``.
    """

    page_zh = """
    一条语句长得不像人写的。

    是什么：单独一条语句里的词、值和符号超过了 20 万个。
    为什么：多半是制作文件时出了问题：少了结尾的括号或引号，或把别的文件粘了进来。确实这么长的名单应该放进单
        独的文件。
    错误写法：
        list staff = [ "u1001", "u1002"   # … 还有十万个
        ]
    正确写法：
        list staff = lines "staff.txt"
    怎么改：看看开头的括号或引号有没有对应的结尾；长名单一行一个写进文本文件，规则里写
        `list staff = lines "staff.txt"`。
    """

    code = "PRX130"
    severity = "error"
    sentence = Entry(
        zh="这条语句太长（超过 {limit} 个词），从这里起没有读",
        en="this declaration is too long (more than {limit} words); it is not read from here on",
    )
    advice = Entry(
        zh='前面多半少了结尾的括号或引号；很长的列表请放进文件：`list 名称 = lines "文件.txt"`',
        en='a closing bracket or quotation mark is probably missing before this; long lists go into a file: `list NAME = lines "FILE.txt"`',
    )

    limit: int
