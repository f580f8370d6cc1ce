"""PRX134 file-too-large."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class FileTooLarge(Diagnostic, frozen=True):
    """A file larger than any that people write.

    What: A file of rules, or one that they name, has more than 8 MB.
    Why: It is hardly the file that was meant, and reading it would take the time and memory that messages need.
    Wrong:
        use "export.rules"   # 20 MB
    Right:
        use "people.rules"
    Fix: See whether this is the file that you mean; divide one that large into several, each with a ``use "…"``
        of its own.
    """

    page_zh = """
    文件太大。

    是什么：规则文件，或规则里引用的文件，超过了 8 MB。
    为什么：这多半不是您想用的文件；读它要占用处理消息所需的时间和内存。
    怎么改：看看文件名有没有写错；确实这么大，就拆成几个文件，各写一行 `use "…"`。
    """

    code = "PRX134"
    severity = "error"
    sentence = Entry(
        zh="这个文件太大（超过 {limit} MB），没有读入",
        en="this file has more than {limit} MB and is not read",
    )
    advice = Entry(
        zh='多半写错了文件名，改成规则文件的名字；确实这么大，就拆成几个文件，各写一行 `use "…"`',
        en='name the file that you mean; divide one that is really that large into several, each with a `use "…"`',
    )

    limit: int
    """In MB."""
