"""PRX105 unclosed-string."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnclosedString(Diagnostic, frozen=True):
    """A string or text block without its closing quotes.

    What: A string does not end on its line, or a text block does not end in its file.
    Why: Without the closing quotes nobody can tell where the text ends and where the rules go on.
    Wrong:
        rule vpn when text contains "vpn then drop
    Right:
        rule vpn when text contains "vpn" then drop
    """

    code = "PRX105"
    severity = "error"
    sentence = Entry(zh="这段文字缺少结尾的 `{quotes}`", en="this string has no closing `{quotes}`")
    advice = Entry(
        zh='用 `"` 写的文字不能换行；多行文字请用 `"""` … `"""`',
        en='a `"` string ends on its line; several lines go between `"""` and `"""`',
    )

    quotes: str
