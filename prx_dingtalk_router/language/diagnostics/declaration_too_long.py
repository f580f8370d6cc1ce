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
    """

    code = "PRX130"
    severity = "error"
    sentence = Entry(
        zh="这条声明太长（超过 {limit} 个词），从这里起没有读",
        en="this declaration is too long (more than {limit} words); it is not read from here on",
    )
    advice = Entry(
        zh='检查前面是否少了括号或引号；很长的列表请放进文件：`list 名称 = lines "文件.txt"`',
        en='look for a missing bracket or quotation mark; long lists go into a file: `list NAME = lines "FILE.txt"`',
    )

    limit: int
