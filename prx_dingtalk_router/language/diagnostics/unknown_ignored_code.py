"""PRX141 unknown-ignored-code."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import did_you_mean


class UnknownIgnoredCode(Diagnostic, frozen=True):
    """A comment ``# prx: ignore`` with a word that is the code of no diagnostic.

    What: A word of the comment is neither a code such as ``PRX203`` nor a name such as ``unused-name``.
    Why: The comment ignores nothing by it. A remark goes behind a second ``#``.
    Wrong:
        list vip = ["u1"]   # prx: ignore unused-names
        rule vip when sender is "u1" then drop
    Right:
        list vip = ["u1"]   # prx: ignore unused-name   # for next week
        rule vip when sender is "u1" then drop
    Fix: Write the code that the warning shows in brackets, or its name. ``prx-router codes`` lists all of them.
    """

    page_zh = """
    注释 `# prx: ignore` 里有一个词不是诊断的代码。

    是什么：这个词既不是 `PRX203` 这样的代码，也不是 `unused-name` 这样的名称。
    为什么：它什么也忽略不了。想写备注，请写在另一个 `#` 后面。
    怎么改：照抄警告方括号里的代码，或写它的名称；`prx-router codes` 列出全部。
    """

    code = "PRX141"
    severity = "warning"
    sentence = Entry(
        zh="没有诊断 `{found}`{hint}",
        en="there is no diagnostic `{found}`{hint}",
    )
    advice = Entry(
        zh="写诊断的代码或名称，如 `PRX203`；备注写在另一个 `#` 后面",
        en="write the code or name of a diagnostic, such as `PRX203`; remarks go behind a second `#`",
    )

    found: str
    meant: str | None
    """The code or name that it nearly is."""

    @property
    def hint(self) -> Text:
        """What was probably meant."""
        return did_you_mean(self.meant)

    def fix(self) -> Fix | None:
        """Write what was probably meant."""
        return Fix.replacing(self.span, self.meant, SUGGESTED) if self.meant is not None else None
