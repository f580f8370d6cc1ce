"""PRX106 unknown-escape."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnknownEscape(Diagnostic, frozen=True):
    r"""A backslash in a string before something that it cannot stand before.

    What: A string holds a backslash that begins none of its escapes.
    Why: What is meant cannot be told: ``"C:\new"`` holds a line break, ``"C:\users"`` nothing at all. In an expression
        ``/…/`` a backslash is part of the expression; in a text block it is itself.
    Wrong:
        rule path when text contains "C:\Users" then drop
    Right:
        rule path when text contains "C:\\Users" then drop
    """

    code = "PRX106"
    severity = "error"
    sentence = Entry(zh="`{found}` 不是可用的转义", en="`{found}` is not an escape")
    advice = Entry(
        zh='可用的转义：`\\"`、`\\\\`、`\\n`、`\\t`、`\\u{{1F600}}`；要写反斜杠本身请写 `\\\\`',
        en='the escapes are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{{1F600}}`; a backslash itself is `\\\\`',
    )

    found: str
