"""PRX135 line-too-long."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class LineTooLong(Diagnostic, frozen=True):
    """A line longer than any that people write.

    What: A line of a file has more than 100,000 characters.
    Why: No such line was written by a person: its line breaks were lost, or it is no file of text. Nobody could find a
        mistake in it.
    Wrong:
        list staff = ["u1001", "u1002"]   # … a hundred thousand characters more, without a line break
    Right:
        list staff = lines "staff.txt"
    """

    code = "PRX135"
    severity = "error"
    sentence = Entry(
        zh="这一行太长（超过 {limit} 个字符），文件没有读入",
        en="this line has more than {limit} characters; its file is not read",
    )
    advice = Entry(
        zh='把它分成几行；长文字可以写成多行文字 `""" … """`，长列表可以放进文件',
        en='divide it into several lines; long texts go between `"""`, long lists into a file',
    )

    limit: int
