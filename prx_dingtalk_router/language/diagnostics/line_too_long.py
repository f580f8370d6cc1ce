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
    Fix: Write one entry a line; a long text goes between three quotation marks and three more, a long list into
        a file: ``list staff = lines "staff.txt"``.
    """

    page_zh = '''
    一行太长。

    是什么：文件里有一行超过了 10 万个字符。
    为什么：没有人会写这么长的一行：多半是换行丢了，或者这根本不是文本文件。这么长的一行里，错误也没法找。
    错误写法：
        list staff = ["u1001", "u1002"]   # … 还有十万个字符，没有换行
    正确写法：
        list staff = lines "staff.txt"
    怎么改：名单一行写一个；长文字放在 `"""` 和 `"""` 之间，可以换行；长列表放进文件，写
        `list staff = lines "staff.txt"`。
    '''

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
