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
    """

    code = "PRX131"
    severity = "error"
    sentence = Entry(
        zh="这个文件里有错的声明超过 {limit} 条，从这里起没有读",
        en="more than {limit} declarations of this file are wrong; it is not read from here on",
    )
    advice = Entry(
        zh="先改前面的错误，再检查一次；也看看这是不是规则文件",
        en="correct those before it and check again; or it is no file of rules at all",
    )

    limit: int
