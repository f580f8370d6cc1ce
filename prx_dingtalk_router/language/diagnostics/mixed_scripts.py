"""PRX705 mixed-scripts."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class MixedScripts(Diagnostic, frozen=True):
    r"""A word that mixes letters of scripts that look alike.

    What: A word of a text holds both Latin and Cyrillic or Greek letters.
    Why: They look the same and are others, so a message that is typed in the usual way does not match.
    Wrong:
        rule vpn when text contains "V\u{0420}N" then drop
    Right:
        rule vpn when text contains "VPN" then drop
    Fix: Delete the word and type it again.
    """

    page_zh = """
    一个词里混了长得一样的不同文字。

    是什么：一个词里既有英文字母，又有俄文或希腊文字母。
    为什么：它们看起来一样，其实不同，别人正常打出来的词对不上。
    怎么改：删掉这个词，用英文输入法重新打一遍。
    """

    code = "PRX705"
    severity = "warning"
    sentence = Entry(
        zh="`{word}` 里混用了长得一样的不同文字（{scripts}），多半匹配不到",
        en="`{word}` mixes scripts that look alike ({scripts}) and will hardly be found",
    )
    advice = Entry(zh="删掉这个词，用英文输入法重新输入", en="delete the word and type it again")

    word: str
    scripts: tuple[str, ...]
