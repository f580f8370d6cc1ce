"""PRX703 ascii-only-class."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class AsciiOnlyClass(Diagnostic, frozen=True):
    r"""A ``\b`` or ``\w`` beside letters that it does not know.

    What: ``\b``, ``\B``, ``\w`` or ``\W`` is written directly beside a letter that is not ASCII, such as a Chinese character.
    Why: In RE2 these know ASCII letters, digits and the underscore only. A ``\b`` beside a Chinese character holds only where
        an English word is on its other side, which is hardly ever meant.
    Wrong:
        rule expenses when text matches /\b报销\b/ then drop
    Right:
        rule expenses when text matches /报销/ then drop
    Fix: Leave the ``\b`` out, or ask ``text contains "报销"``. Any Chinese character is ``\p{Han}``, any letter
        ``\p{L}``.
    """

    page_zh = r"""
    `\b`、`\w` 对汉字不起作用。

    是什么：`\b`（词的边界）、`\B`、`\w`（字母或数字）或 `\W` 紧挨着汉字等非英文字符。
    为什么：在这里的表达式（RE2）里，它们只认识英文字母、数字和下划线。汉字旁边的 `\b` 只有在另一边是英文时
        才成立，一般不是您想要的。
    怎么改：找汉字的词，去掉 `\b`，或直接写 `text contains "报销"`。任意汉字写作 `\p{Han}`，任意文字的字母写
        作 `\p{L}`。
    """

    code = "PRX703"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 只认识英文字母和数字，对旁边的汉字不起作用",
        en="`{found}` knows English letters and digits only, not the letters beside it",
    )
    advice = Entry(
        zh="汉字写作 `\\p{{Han}}`，任何文字的字母写作 `\\p{{L}}`；要匹配完整的词请用 `contains word`",
        en="Chinese characters are `\\p{{Han}}`, letters of any script `\\p{{L}}`; for whole words use `contains word`",
    )

    found: str
