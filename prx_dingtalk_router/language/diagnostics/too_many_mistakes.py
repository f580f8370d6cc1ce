"""PRX131 too-many-mistakes."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class TooManyMistakes(Diagnostic, frozen=True):
    """A file of which thousands of declarations are wrong.

    What: A file is not read further, because more than 2,000 of its declarations have mistakes.
    Why: It is hardly a file of rules, or one mistake at its beginning spoils all that follows. More of the same would
        help nobody.
    Wrong:
        ruel a when group then drop   # … and two thousand more of them
    Right:
        rule a when group then drop
    Fix: See whether this is the file that you mean; if so, correct the first mistakes and check again.
    """

    page_zh = """
    一个文件里有几千条语句写错。

    是什么：这个文件里写错的语句超过 2000 条，后面不再读了。
    为什么：多半这不是规则文件，或者开头的一个错误影响了后面所有内容。再列下去对谁都没有帮助。
    错误写法：
        ruel a when group then drop   # … 还有两千条这样的
    正确写法：
        rule a when group then drop
    怎么改：看看文件名有没有写错；是规则文件的话，先改最前面的几条，再检查一次。
    """

    code = "PRX131"
    severity = "error"
    sentence = Entry(
        zh="这个文件里有错的语句超过 {limit} 条，从这里起没有读",
        en="more than {limit} declarations of this file are wrong; it is not read from here on",
    )
    advice = Entry(
        zh="先改最前面的几处，再检查一次；如果它根本不是规则文件，就改成规则文件的名字",
        en="correct the first of them and check again; if this is no file of rules, name the one that is",
    )

    limit: int
