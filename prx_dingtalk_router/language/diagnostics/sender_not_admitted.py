"""PRX604 sender-not-admitted."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class SenderNotAdmitted(Diagnostic, frozen=True):
    """A rule for people whom the configuration does not admit.

    What: The condition can hold only for senders whom ``allowed_users`` of the configuration does not list.
    Why: The baseline decides before any rule, and no rule can widen it: the messages of these people are denied.
    Wrong:
        rule boss when sender is "u9999" then agent helpdesk
        otherwise agent helpdesk
    Right:
        rule boss when sender is "u1001" then agent helpdesk
        otherwise agent helpdesk
    Fix: Add their staff IDs to ``allowed_users`` in ``prx-router.toml``, or correct the IDs in the rule.
    """

    page_zh = """
    规则是给不允许的人写的。

    是什么：这条规则只对某些人成立，而配置的 `allowed_users`（允许使用的人）里没有他们。
    为什么：先看配置、后看规则，规则不能放宽配置的范围：这些人的消息会直接被拒绝。
    怎么改：把这些人的 staff ID 加进 `prx-router.toml` 的 `allowed_users`，或改规则里的 ID。
    """

    code = "PRX604"
    severity = "warning"
    sentence = Entry(
        zh="规则 `{rule}` 只对不在 `allowed_users` 里的人成立，所以永远不会用到",
        en="the rule `{rule}` holds only for people whom `allowed_users` does not admit, so it is never used",
    )
    advice = Entry(
        zh="把这些人的 staff ID 加进配置的 `allowed_users`，规则不能放宽这个范围",
        en="add their staff IDs to `allowed_users` in the configuration; rules cannot widen it",
    )

    rule: str
