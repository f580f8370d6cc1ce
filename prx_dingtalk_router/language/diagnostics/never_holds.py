"""PRX403 never-holds."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class NeverHolds(Diagnostic, frozen=True):
    """A condition that no message can fulfil.

    What: Parts of the condition contradict each other, whichever message comes.
    Why: The rule never takes a message. Mostly `and` was written where `or` was meant: a message that contains one thing
        "and" another is rarer than one that contains either.
    Wrong:
        rule team when sender is "u1001" and sender is "u1002" then agent helpdesk
    Right:
        rule team when sender in ["u1001", "u1002"] then agent helpdesk
    Fix: Write ``or`` for the ``and``, or a list: ``sender in ["u1001", "u1002"]``.
    """

    page_zh = """
    条件永远不可能成立。

    是什么：条件里的几部分互相矛盾，什么消息都满足不了。
    为什么：这条规则接不到任何消息。多半是该写 `or` 的地方写了 `and`：`and` 要求两边同时成立，一条消息不可能
        同时来自两个人。
    怎么改：把 `and` 改成 `or`，或写成列表：`sender in ["u1001", "u1002"]`。
    """

    code = "PRX403"
    severity = "warning"
    sentence = Entry(
        zh="规则 `{rule}` 的条件永远不成立", en="the condition of the rule `{rule}` can never hold"
    )
    advice = Entry(
        zh="条件里有互相矛盾的部分；多半是该用 `or` 的地方写了 `and`",
        en="parts of it contradict each other; often `or` was meant where `and` stands",
    )

    rule: str
