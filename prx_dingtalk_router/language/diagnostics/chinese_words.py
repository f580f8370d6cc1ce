"""PRX146 chinese-words."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Edit, Fix
from prx_dingtalk_router.language.source import Span


class ChineseWords(Diagnostic, frozen=True):
    """A declaration whose words are Chinese.

    What: The words of the language are Chinese in a whole declaration: ``规则``, ``当``, ``包含``, ``则``.
    Why: The words of the language are English: ``rule``, ``when``, ``contains``, ``then``. Only names and what stands in quotes
        can be Chinese.
    Wrong:
        规则 报销
          当 文字 包含 "报销"
          则 回复 "请稍等"
    Right:
        rule 报销
          when text contains "报销"
          then reply "请稍等"
    Fix: Write the English words; ``prx-router validate --fix`` does it where they are certain, with ``--unsafe-fixes`` everywhere.
    """

    page_zh = """
    整条语句用了中文的词。

    是什么：一条语句里，规则语言的词都写成了中文：`规则`、`当`、`包含`、`则`。
    为什么：规则语言的词是英文的：`rule`、`when`、`contains`、`then`。只有名称和引号里的内容可以用中文。
    怎么改：换成英文的词。意思明确的，`prx-router validate --fix` 会替您改好；其余的加上
        `--unsafe-fixes`，改完请看一遍。
    """

    code = "PRX146"
    severity = "error"
    sentence = Entry(
        zh="规则语言的词是英文的，这条语句用了中文：{found}",
        en="the words of the language are English, and here they are Chinese: {found}",
    )
    advice = Entry(
        zh="换成英文的词；名称和引号里的内容可以用中文。`prx-router validate --fix`（不够时加 `--unsafe-fixes`）会替您改",
        en="write the English words; names and what is in quotes can be Chinese. `prx-router validate --fix` does it (with `--unsafe-fixes` where it must)",
    )

    words: tuple[str, ...]
    """What is written and what it is here, with an arrow between them, each once."""
    places: tuple[Span, ...]
    instead: tuple[str, ...]
    """What to write at each of the places."""
    surely: bool
    """Whether each of them can hardly have been meant in another way."""

    @property
    def found(self) -> str:
        """The words, for people."""
        return "、".join(f"`{pair}`" for pair in self.words)

    def fix(self) -> Fix | None:
        """Write the English words."""
        edits = (Edit(place, word) for place, word in zip(self.places, self.instead, strict=True))
        return Fix(tuple(edits), SAFE if self.surely else SUGGESTED)
