"""PRX506 unreadable-template."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.phrases import did_you_mean


class UnreadableTemplate(Diagnostic, frozen=True):
    """A template's file that cannot be read.

    What: The file of a ``template … file`` is missing, is a folder, or must not be read.
    Why: Without it there is nothing to say.
    Wrong:
        template welcome = file "welcome.md"
        rule hello when text is "hello" then reply welcome
    Right:
        template welcome = file "welcome.md.j2"
        rule hello when text is "hello" then reply welcome
        # file: welcome.md.j2
        hello {{ sender.name }}
    Fix: Correct the name of the file, capitals and ending included. It is looked for from the folder of the
        file that names it.
    """

    page_zh = """
    模板文件读不出来。

    是什么：`template … file "…"` 里的文件不存在、其实是文件夹，或没有读取权限。
    为什么：没有它，就没有话可回。
    错误写法：
        template welcome = file "欢迎.md"
        rule hello when text is "你好" then reply welcome
    正确写法：
        template welcome = file "欢迎.md.j2"
        rule hello when text is "你好" then reply welcome
        # file: 欢迎.md.j2
        您好，{{ sender.name }}
    怎么改：对照错误里写的文件名改正，大小写和后缀都要一致；位置从写着这句话的那个文件所在的文件夹算起。
    """

    code = "PRX506"
    severity = "error"
    sentence = Entry(
        zh="无法读取模板文件 `{file}`：{why}{hint}",
        en="the template file `{file}` cannot be read: {why}{hint}",
    )
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
