"""PRX113 unknown-character."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnknownCharacter(Diagnostic, frozen=True):
    """Characters that mean nothing in this language.

    What: Characters stand outside strings that no part of the language uses.
    Why: Nobody can tell what they were meant for; mostly they belong to a text that lacks its quotes.
    Wrong:
        rule money when text contains "报销" ~ then drop
    Right:
        rule money when text contains "报销" then drop
    """

    code = "PRX113"
    severity = "error"
    sentence = Entry(zh="这里不能出现字符 `{found}`", en="the character `{found}` means nothing here")
    advice = Entry(
        zh="删去它；如果属于一段文字，整段要放在英文双引号里",
        en="delete it; if it is part of a text, the whole text goes between double quotes",
    )

    found: str
