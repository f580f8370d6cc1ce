"""PRX102 unexpected."""

from __future__ import annotations

from typing import ClassVar

from prx_dingtalk_router.catalogue import Entry, Text, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.forms import example_of
from prx_dingtalk_router.language.diagnostics.phrases import did_you_mean

LONGEST = 30


class Unexpected(Diagnostic, frozen=True):
    """Something that cannot stand where it does.

    What: A word, sign or value stands where the declaration can only go on in another way.
    Why: Every declaration has one form. The sentence names what may stand there; often a word is misspelt, or one
        that joins two conditions is missing. The rest of this declaration is not read until that is put right.
    Wrong:
        rule vpn
          when text contains "vpn"
          than reply "一会儿就好"
    Right:
        rule vpn
          when text contains "vpn"
          then reply "一会儿就好"
    Fix: Take the word of "did you mean" where there is one, else one of those after "expected". In the example
        ``then`` was written ``than``.
    """

    page_zh = """
    这个地方不能这样写。

    是什么：语句写到这里，后面只能接某几种内容，而您写的是别的。
    为什么：每种语句都有固定的写法。错误里列出了这里可以写什么；多半是拼错了一个词，或两个条件之间少了
        `and`、`or`。改好之前，这条语句后面的内容不再检查。
    怎么改：先看“是不是想写”给出的词；没有的话，从“应为”后面列出的几样里选一样。例子里是把 `then` 错写成了
        `than`。
    """

    code = "PRX102"
    severity = "error"
    sentence = Entry(
        zh="这里不能写 {shown}，应为：{expected}{hint}",
        en="{shown} cannot stand here; expected {expected}{hint}",
    )
    advice = Entry(
        zh="从上面列出的几样里选一样写在这里；例子见 `prx-router codes PRX102`",
        en="write one of the things named here; `prx-router codes PRX102` has an example",
    )

    translation: ClassVar[Entry] = Entry(
        zh="这里要用英文的词：`{found}` 写作 `{meant}`", en="`{found}` is written `{meant}` here"
    )
    """What is wrong, where there is a word that means the same."""

    renaming: ClassVar[Entry] = Entry(zh="把 `{found}` 改成 `{meant}`", en="write `{meant}` for `{found}`")
    """What to do, where it is known what was meant."""
    pattern: ClassVar[Entry] = Entry(
        zh="`{opener}` 完整的写法，例如：`{example}`",
        en="a whole `{opener}` is written like this: `{example}`",
    )
    """What to do, where it is known what is declared."""

    found: str
    expected: tuple[Text | str, ...]
    """What may stand there, in words, the general before the particular."""
    meant: str | None = None
    surely: bool = False
    """Whether what is written there is another word for ``meant``, not one that merely looks like it."""
    opener: str = ""
    """The word that the declaration begins with."""
    name_given: str = ""
    """What is declared."""

    @property
    def message(self) -> Wording:
        """What is wrong, for people."""
        return self._filled(self.translation if self.meant is not None and self.surely else self.sentence)

    @property
    def help(self) -> Wording:
        """What to do, for people."""
        if self.meant is not None:
            return self._filled(self.renaming)
        return self._filled(self.advice if self.example is None else self.pattern)

    @property
    def example(self) -> Wording | None:
        """A declaration of this kind that is complete."""
        return example_of(self.opener, self.name_given)

    @property
    def shown(self) -> str:
        """What is written there, shortened."""
        return f"`{self.found if len(self.found) <= LONGEST else self.found[: LONGEST - 1] + '…'}`"

    @property
    def hint(self) -> Text:
        """What was probably meant."""
        return did_you_mean(self.meant)

    def fix(self) -> Fix | None:
        """Write the word that was meant."""
        if self.meant is None:
            return None
        return Fix.replacing(self.span, self.meant, SAFE if self.surely else SUGGESTED)
