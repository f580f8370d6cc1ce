"""PRX706 doubled-backslash."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.respelled_expression import RespelledExpression


class DoubledBackslash(RespelledExpression, frozen=True):
    r"""A backslash of an expression that is written twice and surely meant once.

    What: An expression holds ``\\u4e00``, ``\\p{Han}`` or ``\\d+``, with two backslashes.
    Why: Strings of Java and JSON double every backslash; between slashes two of them stand for a backslash that is looked
        for, so an expression that was copied from there is never found.
    Wrong:
        rule name when text matches /^\\p{Han}+$/ then drop
    Right:
        rule name when text matches /^\p{Han}+$/ then drop
    """

    code = "PRX706"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 的反斜杠写了两次，找到的是反斜杠本身",
        en="with its backslash written twice, `{found}` finds a backslash itself",
    )

    found: str
