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
    """

    code = "PRX703"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 只认识英文字母和数字，对旁边的汉字不起作用",
        en="`{found}` knows ASCII letters and digits only, not the letters beside it",
    )
    advice = Entry(
        zh="汉字写作 `\\p{{Han}}`，任何文字的字母写作 `\\p{{L}}`；要匹配完整的词请用 `contains word`",
        en="Chinese characters are `\\p{{Han}}`, letters of any script `\\p{{L}}`; for whole words use `contains word`",
    )

    found: str
