"""PRX702 not-in-plain-text."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.respelled_expression import RespelledExpression
from prx_dingtalk_router.text.folding import visible


class NotInPlainText(RespelledExpression, frozen=True):
    r"""A piece of an expression that no text holds when it is searched.

    What: An expression for a text field asks for a full-width letter or sign, an invisible character, a mark on a CJK
        letter, two blanks in a row, or anything else that is not left of a text when it is searched.
    Why: Before ``matches`` looks at a text, full-width becomes ordinary, blanks become one, invisible characters and marks on
        CJK letters go, so that one spelling finds them all. What is gone by then is never found.
    Wrong:
        rule thanks when text matches /报销，谢谢/ then drop
    Right:
        rule thanks when text matches /报销,谢谢/ then drop
    Fix: Write commas, brackets, letters and digits half-width, as in ``/报销,谢谢/``, and blanks as one blank or
        ``\s``.
    """

    page_zh = r"""
    表达式要找的内容，比较前就已经不在了。

    是什么：表达式里有全角字母或标点、看不见的字符、加在汉字上的符号、连续两个空格等，比较前都会变样。
    为什么：用 `matches` 查找之前，全角会变成半角，连续的空白变成一个空格，看不见的字符去掉，这样一种写法就
        能找到各种打法。变掉的内容自然找不到。
    怎么改：逗号、问号、冒号、括号等标点和字母、数字都写成半角，例如 `/报销,谢谢/`；句号 `。` 和顿号 `、` 不
        变。空白用 `\s` 或一个空格。
    """

    code = "PRX702"
    severity = "warning"
    sentence = Entry(
        zh="表达式里的 {character} 永远找不到：比较前全角会变半角、连续空白会变一个空格、看不见的字符和加在汉字上的符号会去掉",
        en="this expression can never find {character}: before it is searched, full-width becomes ordinary, blanks become one, invisible characters and marks on Chinese characters go",
    )

    characters: str
    """The character at fault, or those that are at fault together."""

    @property
    def character(self) -> str:
        """What is at fault, invisible characters as numbers."""
        if all(each == " " or (each.isprintable() and visible(each)) for each in self.characters):
            return f"`{self.characters}`"
        return " ".join(f"U+{ord(each):04X}" for each in self.characters)
