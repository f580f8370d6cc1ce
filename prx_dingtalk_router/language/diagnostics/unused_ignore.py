"""PRX140 unused-ignore."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix
from prx_dingtalk_router.language.source import Span


class UnusedIgnore(Diagnostic, frozen=True):
    """A comment ``# prx: ignore`` that ignores nothing.

    What: The line that the comment is about has no such warning: its own line, or the next one where the comment stands
        alone.
    Why: What it was written for is gone, or it stands at another line than the warning; left there, it would hide the
        next mistake.
    Wrong:
        list vip = ["u1"]   # prx: ignore PRX203
        rule vip when sender in vip then drop
    Right:
        list vip = ["u1"]
        rule vip when sender in vip then drop
    Fix: ``--fix`` removes the comment, or the codes in it that ignore nothing. If the warning is still shown, move the
        comment to the end of its line or to the line above.
    """

    page_zh = """
    注释 `# prx: ignore` 没有忽略任何东西。

    是什么：注释所管的那一行没有这种警告。写在行末就管这一行，单独一行就管下面第一行有内容的。
    为什么：要忽略的问题已经不在了，或者注释写错了行；留着它，下一个真正的问题就会被挡住看不见。
    怎么改：`--fix` 会删去这条注释，或删去其中没有用的代码。警告还在的话，把注释移到那一行的末尾或上一行。
    """

    code = "PRX140"
    severity = "warning"
    sentence = Entry(
        zh="这一行没有 {codes}，这条 `# prx: ignore` 没有忽略任何东西",
        en="there is no {codes} here for this `# prx: ignore` to ignore",
    )
    advice = Entry(
        zh="删去它；要忽略的警告在别的行，就移到那一行的末尾或上一行",
        en="remove it, or move it to the end of the line with the warning, or to the line above",
    )

    codes: str
    removed: Span
    """What the fix replaces."""
    instead: str
    """And by what."""

    def fix(self) -> Fix | None:
        """Remove what ignores nothing."""
        return Fix.replacing(self.removed, self.instead, SAFE)
