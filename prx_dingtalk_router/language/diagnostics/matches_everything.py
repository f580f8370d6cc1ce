"""PRX304 matches-everything."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class MatchesEverything(Diagnostic, frozen=True):
    r"""An expression that is found in every text.

    What: Everything in the expression may be left out, or stands for any text.
    Why: The condition holds for every message, which is seldom meant; often one ``*`` is too many.
    Wrong:
        rule ticket when text matches /(OPS-\d+)?/ then drop
    Right:
        rule ticket when text matches /OPS-\d+/ then drop
    """

    code = "PRX304"
    severity = "warning"
    sentence = Entry(zh="这个表达式与任何文字都匹配", en="this expression is found in every text")
    advice = Entry(
        zh="写出真正要找的内容；确实要对所有消息成立请写 `always`",
        en="write what is to be found; if every message is meant, write `always`",
    )
