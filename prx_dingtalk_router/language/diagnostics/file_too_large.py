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
    """

    code = "PRX134"
    severity = "error"
    sentence = Entry(
        zh="这个文件太大（超过 {limit} MB），没有读入",
        en="this file has more than {limit} MB and is not read",
    )
    advice = Entry(
        zh="看看是不是写错了文件名；太大的文件请拆成几个",
        en="see whether that is the file you mean; divide one that large",
    )

    limit: int
    """In MB."""
