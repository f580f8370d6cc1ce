"""PRX121 too-deep."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class TooDeep(Diagnostic, frozen=True):
    """Conditions or lists that stand too deep within each other.

    What: Parentheses, ``not``, named conditions or lists are nested in more levels than the language allows.
    Why: Nobody can read such a condition, and every level costs time and memory whenever a message is decided.
    Wrong:
        rule deep
          when not not not not not not not not not not not not not not not not not not not not not not not not not not
            not not not not not not not not not not not not not not not not group
          then drop
    Right:
        rule deep
          when group
          then drop
    Fix: Declare parts of it as ``condition NAME = …`` and use the names; many ``or`` become a list, as in
        ``text contains ["vpn", "proxy"]``.
    """

    page_zh = """
    条件或列表套得太深。

    是什么：括号、`not`、有名称的条件或列表，一层套一层，超过了允许的层数。
    为什么：这样的条件没有人读得懂，而且每来一条消息都要一层层判断，费时间也费内存。
    怎么改：把里面的部分单独写成 `condition 名称 = …`，再用名称；一长串 `or` 可以换成列表，如
        `text contains ["报销", "发票"]`。
    """

    code = "PRX121"
    severity = "error"
    sentence = Entry(
        zh="这里嵌套得太深（最多 {limit} 层）", en="this is nested too deeply ({limit} levels at most)"
    )
    advice = Entry(
        zh="拆成几条有名称的 `condition`，或用列表代替一长串 `or`",
        en="divide it into named conditions, or use a list instead of many `or`",
    )

    limit: int
