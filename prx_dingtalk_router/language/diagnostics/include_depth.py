"""PRX206 include-depth."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class IncludeDepth(Diagnostic, frozen=True):
    """A chain of files that use each other which is too long.

    What: A file uses a file that uses a file, and so on, beyond the limit.
    Why: Nobody finds a rule that lies so many files away. The limit also ends what would go on for ever.
    Wrong:
        use "1.rules"
        otherwise drop
        # file: 1.rules
        use "2.rules"
        # file: 2.rules
        use "3.rules"
        # file: 3.rules
        use "4.rules"
        # file: 4.rules
        use "5.rules"
        # file: 5.rules
        use "6.rules"
        # file: 6.rules
        use "7.rules"
        # file: 7.rules
        use "8.rules"
        # file: 8.rules
        use "9.rules"
        # file: 9.rules
        use "10.rules"
        # file: 10.rules
        use "11.rules"
        # file: 11.rules
        rule deep when group then drop
    Right:
        use "1.rules"
        use "2.rules"
        otherwise drop
        # file: 1.rules
        rule group-chat when group then drop
        # file: 2.rules
        rule known when sender is "u1001" then drop
    Fix: Name the files side by side in the entry file, one ``use`` a line.
    """

    page_zh = """
    文件一个引用一个，层数太多。

    是什么：一个文件引用第二个，第二个引用第三个，层层引用超过了上限。
    为什么：藏得这么深的规则没有人找得到。
    怎么改：在入口文件里直接写 `use`，一个文件一行，不要一个接一个地引用。
    """

    code = "PRX206"
    severity = "error"
    sentence = Entry(zh="`use` 最多嵌套 {limit} 层", en="`use` may be nested {limit} deep at most")
    advice = Entry(zh="让入口文件直接 `use` 这个文件", en="let the entry file `use` it directly")

    limit: int
