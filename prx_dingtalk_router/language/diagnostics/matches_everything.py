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
    Fix: Take the ``?`` or ``*`` away that lets everything be left out. If every message is meant, write ``when
        always``.
    """

    page_zh = """
    这个表达式什么文字都能匹配。

    是什么：表达式里的内容全都可有可无，或者表示“任意文字”。
    为什么：条件对每条消息都成立，一般不是您想要的；往往是多写了一个 `*` 或 `?`。
    怎么改：去掉整个表达式后面的 `?` 或 `*`，写出一定要有的内容。确实要对所有消息成立，请写 `when always`。
    """

    code = "PRX304"
    severity = "warning"
    sentence = Entry(zh="这个表达式与任何文字都匹配", en="this expression is found in every text")
    advice = Entry(
        zh="写出真正要找的内容；确实要对所有消息成立请写 `always`",
        en="write what is to be found; if every message is meant, write `always`",
    )
