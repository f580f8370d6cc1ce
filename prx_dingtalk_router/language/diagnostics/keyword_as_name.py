"""PRX104 keyword-as-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix

QUOTING = Entry(
    zh='；如果智能体就叫这个名字，请加引号：`agent "{word}"`',
    en='; if the agent is called so, quote its name: `agent "{word}"`',
)


class KeywordAsName(Diagnostic, frozen=True):
    """A word of the language where a name is needed.

    What: A declaration is named by a keyword, or a keyword stands where the name of something belongs.
    Why: Keywords keep their meaning wherever they stand, those kept for later versions too; otherwise a file could not
        be read without guessing. The name of an agent, which others have chosen, may be a keyword between quotes.
    Wrong:
        rule test when text is "ping" then reply "pong"
    Right:
        rule my-test when text is "ping" then reply "pong"
    Fix: Take another name, such as ``my-test`` for ``test``. The name of an agent goes between quotes: ``agent
        "test"``.
    """

    page_zh = """
    用了语言自己的词来起名。

    是什么：`rule`、`test`、`when`、`group` 这些词有固定的含义（叫关键字），不能用作规则、列表等的名称。
    为什么：关键字在哪里都是同一个意思，这样读规则时才不用猜。留给以后版本的几个词也算。智能体的名称由别人决
        定，碰巧是关键字时可以加引号。
    怎么改：换一个名称，或在前面加几个字，例如 `test` 改成 `my-test`，也可以直接用中文名。智能体的名称请写成
        `agent "test"`。
    """

    code = "PRX104"
    severity = "error"
    sentence = Entry(zh="`{word}` 是关键字，不能用作名称", en="`{word}` is a keyword and cannot be a name")
    advice = Entry(
        zh="换一个名称，例如 `my-{word}`{quoting}",
        en="take another name, such as `my-{word}`{quoting}",
    )

    word: str
    of_agent: bool = False

    @property
    def quoting(self) -> Wording | str:
        """What to do if an agent is called so."""
        return Wording(QUOTING, {"word": self.word}) if self.of_agent else ""

    def fix(self) -> Fix | None:
        """Quote the name of an agent."""
        return Fix.replacing(self.span, f'"{self.word}"', SAFE) if self.of_agent else None
