"""PRX303 refused-expression."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import write_instead
from prx_dingtalk_router.language.diagnostics.refusal_reasons import REASONS
from prx_dingtalk_router.language.source import Span

TWO_TESTS = Entry(
    zh="写成两个条件：`text matches {rest} and text not matches {excluded}`",
    en="make it two tests: `text matches {rest} and text not matches {excluded}`",
)
ONE_TEST = Entry(zh="写成 `text not matches {excluded}`", en="write `text not matches {excluded}`")


class RefusedExpression(Diagnostic, frozen=True):
    r"""An expression that cannot be used.

    What: Between the slashes is something that the dialect of expressions, RE2, does not have or know, or that is not
        finished. Other dialects have look-around, back-references and ``\u4e00``; RE2 has not.
    Why: RE2 takes time in proportion to the text, whatever is searched for, so no rule and no message can hang the
        router. What other dialects have besides cannot be done in that time, or is written differently.
    Wrong:
        rule name when text matches /^[\u4e00-\u9fa5]{2,4}$/ then drop
    Right:
        rule name when text matches /^[\p{Han}]{2,4}$/ then drop
    Fix: Write what the sentence names: Chinese characters are ``\p{Han}``; instead of look-around, add a test
        such as ``and not text contains "word"``. Fixed words are found more simply by ``contains``.
    """

    page_zh = r"""
    表达式不能用。

    是什么：两个斜杠之间的内容，有这里的表达式（RE2）没有的写法，或者没有写完。别处常见的“前后查
        看”`(?=…)`、`\1` 和 `\u4e00` 这里都没有。
    为什么：RE2 不管找什么，花的时间只和文字长短有关，所以任何规则、任何消息都卡不住机器人。做不到这一点的写
        法，这里就没有。
    怎么改：按提示改写：汉字写作 `\p{Han}`；“不包含某词”不写在表达式里，另加条件
        `and not text contains "某词"`。只找固定的词，用 `contains` 更简单。
    """

    code = "PRX303"
    severity = "error"
    sentence = Entry(
        zh="表达式有误（第 {position} 个字符）：{why}",
        en="this expression is refused at character {position}: {why}",
    )
    advice = Entry(zh="{repair}", en="{repair}")

    kind: str
    """What is wrong: a kind of refusal, or ``empty``."""
    detail: str
    """The piece at fault, or a name."""
    position: int
    """Where it begins, counted from 1 behind the slash."""
    whole: Span
    """Of the expression with its slashes."""
    instead: str | None = None
    """What to write in place of the piece."""
    corrected: str | None = None
    """The expression with its slashes, put right."""
    is_sure: bool = False
    """Whether that finds the same."""
    excluded: str | None = None
    """The expression that must not be found, with its slashes, where another test can say so."""
    rest: str | None = None
    """The one that must be found besides, if there is one."""

    @property
    def why(self) -> Wording:
        """What is wrong, for people."""
        return Wording(REASONS[self.kind].why, {"detail": self.detail})

    @property
    def repair(self) -> Text | Wording:
        """What to do, for people."""
        if self.excluded is not None:
            words = {"excluded": self.excluded, "rest": self.rest or ""}
            return Wording(TWO_TESTS if self.rest else ONE_TEST, words)
        if self.instead is None and self.kind == "look-around" and self.corrected is not None:
            return write_instead(self.corrected)
        advice = REASONS[self.kind].advice
        return write_instead(self.instead) if self.instead or advice is None else Wording(advice)

    def fix(self) -> Fix | None:
        """Write the expression as RE2 spells it."""
        if self.corrected is None:
            return None
        return Fix.replacing(self.whole, self.corrected, SAFE if self.is_sure else SUGGESTED)
