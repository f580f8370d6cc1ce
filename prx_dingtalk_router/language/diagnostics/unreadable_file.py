"""PRX100 unreadable-file."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.phrases import did_you_mean


class UnreadableFile(Diagnostic, frozen=True):
    """A file that is named in the rules and cannot be read.

    What: The file of a ``use`` or of a list's ``lines`` is missing, is a folder, or must not be read.
    Why: Rules that lack a part of themselves would decide otherwise than their writer means.
    Wrong:
        use "peple.rules"
        otherwise drop
        # file: people.rules
        rule known when sender is "u1001" then drop
    Right:
        use "people.rules"
        otherwise drop
        # file: people.rules
        rule known when sender is "u1001" then drop
    Fix: Correct the name of the file, capitals and ending included. It is looked for from the folder of the
        file that names it: ``use "people.rules"`` beside it, ``use "lists/people.rules"`` in a folder below.
    """

    page_zh = """
    规则里提到的一个文件，程序读不出来。

    是什么：`use "…"` 引用的规则文件，或列表 `lines "…"` 里的名单文件，不存在、其实是文件夹，或没有读取权
        限。
    为什么：少了一部分的规则，判断结果会和您想的不一样，所以宁可不启用。
    怎么改：对照错误里写的文件名改正，大小写和后缀都要一致。文件的位置从写着这句话的那个文件所在的文件夹算
        起，例如同一文件夹里写 `use "people.rules"`，子文件夹里写 `use "名单/people.rules"`。
    """

    code = "PRX100"
    severity = "error"
    sentence = Entry(zh="无法读取 `{file}`：{why}{hint}", en="`{file}` cannot be read: {why}{hint}")
    advice = Entry(
        zh="文件名要和文件夹里的一样（大小写和后缀也一样）；位置从写着它的那个文件所在的文件夹算起",
        en="the name has to be that of the file, capitals and ending included; it is looked for from the folder of the file that names it",
    )

    file: str
    why: Text | str
    near: str | None = None
    """A file in that folder that was probably meant."""

    @property
    def hint(self) -> Text:
        """What was probably meant."""
        return did_you_mean(self.near)
