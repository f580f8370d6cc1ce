"""PRX506 unreadable-template."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


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
    """

    code = "PRX506"
    severity = "error"
    sentence = Entry(
        zh="无法读取模板文件 `{file}`：{why}", en="the template file `{file}` cannot be read: {why}"
    )
    advice = Entry(
        zh="检查文件名和路径；路径相对于写着它的那个文件",
        en="check the name; paths are relative to the file that names them",
    )

    file: str
    why: Text | str
