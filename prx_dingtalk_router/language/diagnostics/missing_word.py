"""PRX118 missing-word."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Edit, Fix
from prx_dingtalk_router.language.source import Span

LONGEST = 30


class MissingWord(Diagnostic, frozen=True):
    """A small word or sign without which the rest would be right.

    What: What stands here belongs here, but a word before it is missing: ``then``, ``when``, ``expect``, or a comma.
    Why: These words say what a piece is: without ``then``, a step could be part of the condition.
    Wrong:
        rule vpn when text contains "vpn" reply "一会儿就好"
    Right:
        rule vpn when text contains "vpn" then reply "一会儿就好"
    Fix: Write the word at that place, as in ``when text contains "vpn" then reply "one moment"``.
    """

    page_zh = """
    少了一个连接用的词或符号。

    是什么：这里的内容本身没错，但前面少了 `then`、`when`、`expect` 或逗号。
    为什么：这些词说明后面是什么：没有 `then`，就分不清哪里是条件、哪里是要做的事。
    怎么改：在指出的地方补上那个词，例如 `when text contains "vpn" then reply "一会儿就好"`。
    """

    code = "PRX118"
    severity = "error"
    sentence = Entry(zh="`{shown}` 前面少了 `{word}`", en="`{word}` is missing before `{shown}`")
    advice = Entry(zh="在前面补上 `{word}`", en="write `{word}` before it")

    found: str
    word: str
    places: tuple[Span, ...] = ()
    """Where commas are missing, behind the entries of a list; for words there is one place, before ``span``."""

    grown: bool = False
    """Whether there is no blank before ``found``, so that the word would grow together with what is there."""

    @property
    def shown(self) -> str:
        """What is written there, shortened."""
        return self.found if len(self.found) <= LONGEST else self.found[: LONGEST - 1] + "…"

    def fix(self) -> Fix | None:
        """Put it in."""
        if self.places:
            return Fix(tuple(Edit(place, self.word) for place in self.places), SAFE)
        before = " " if self.grown else ""
        return Fix.replacing(self.span, f"{before}{self.word} {self.found}", SAFE)
