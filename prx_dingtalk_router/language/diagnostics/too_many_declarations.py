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
    """

    code = "PRX136"
    severity = "error"
    sentence = Entry(
        zh="这个文件里的声明超过 {limit} 条，从这里起没有读",
        en="this file has more than {limit} declarations; it is not read from here on",
    )
    advice = Entry(
        zh='把大量相似的规则合成一条，内容放进列表文件：`list 名称 = lines "文件.txt"`',
        en='make one rule of those that are alike, with a list: `list NAME = lines "FILE.txt"`',
    )

    limit: int
