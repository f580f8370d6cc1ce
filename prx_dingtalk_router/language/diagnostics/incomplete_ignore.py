"""PRX143 incomplete-ignore."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class IncompleteIgnore(Diagnostic, frozen=True):
    """A comment ``# prx:`` that does not say what to ignore.

    What: Behind ``# prx:`` stands no ``ignore``, or behind that no code.
    Why: Nothing is ignored by it. To ignore everything is not possible: the next mistake in that line would not be seen.
    Wrong:
        list vip = ["u1"]   # prx: ignore
        rule vip when sender is "u1" then drop
    Right:
        list vip = ["u1"]   # prx: ignore PRX203
        rule vip when sender is "u1" then drop
    Fix: Write ``ignore`` and the code of the warning, which is shown in brackets: ``# prx: ignore PRX203``. Remove the
        comment if nothing is to be ignored.
    """

    page_zh = """
    注释 `# prx:` 没有写明要忽略什么。

    是什么：`# prx:` 后面没有 `ignore`，或 `ignore` 后面没有代码。
    为什么：这样什么也不会忽略。不能“全部忽略”：否则这一行下次真的写错了也看不见。
    怎么改：写上 `ignore` 和警告方括号里的代码，例如 `# prx: ignore PRX203`；不需要就删去这条注释。
    """

    code = "PRX143"
    severity = "warning"
    sentence = Entry(
        zh="`# prx:` 后面要写 `ignore` 和诊断代码",
        en="`# prx:` takes `ignore` and the code of a diagnostic",
    )
    advice = Entry(
        zh="写成 `# prx: ignore PRX203`，代码见警告的方括号；不用就删去",
        en="write `# prx: ignore PRX203`, with the code that the warning shows in brackets, or remove it",
    )
