"""PRX105 unclosed-string."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnclosedString(Diagnostic, frozen=True):
    r"""A string or text block without its closing quotes.

    What: A string does not end on its line, or a text block does not end in its file.
    Why: Without the closing quotes nobody can tell where the text ends and where the rules go on.
    Wrong:
        rule vpn when text contains "vpn then drop
    Right:
        rule vpn when text contains "vpn" then drop
    Fix: Put a ``"`` at the end of the text. A text of several lines begins and ends with three of them; one
        inside is ``\"``.
    """

    page_zh = r'''
    一段文字少了结尾的引号。

    是什么：以 `"` 开头的文字没有在同一行结束，或以 `"""` 开头的多行文字到文件末尾也没有结束。
    为什么：没有结尾的引号，就分不清文字到哪里为止、规则从哪里继续。
    怎么改：在文字的末尾补上 `"`。文字有好几行时，开头和结尾都用三个引号 `"""`。文字里面要用双引号时写成
        `\"`。
    '''

    code = "PRX105"
    severity = "error"
    sentence = Entry(zh="这段文字缺少结尾的 `{quotes}`", en="this string has no closing `{quotes}`")
    advice = Entry(
        zh='用 `"` 写的文字不能换行；多行文字请用 `"""` … `"""`',
        en='a `"` string ends on its line; several lines go between `"""` and `"""`',
    )

    quotes: str
