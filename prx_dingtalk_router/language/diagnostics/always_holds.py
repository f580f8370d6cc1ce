"""PRX404 always-holds."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class AlwaysHolds(Diagnostic, frozen=True):
    """A condition that every message fulfils, though it does not say so.

    What: Whichever message comes, one part of the condition holds.
    Why: The rule takes every message, and nothing after it is ever reached. Mostly `or not` was written where `and not`
        was meant.
    Wrong:
        rule office when group or not group then agent helpdesk
    Right:
        rule office when always then agent helpdesk
    Fix: Write ``and not`` for ``or not``; if every message is meant, write ``when always``.
    """

    page_zh = """
    条件对所有消息都成立，却没有写明。

    是什么：不管来什么消息，条件里总有一部分成立。
    为什么：这条规则接走所有消息，后面的都轮不到。多半是该写 `and not` 的地方写了 `or not`。
    怎么改：把 `or not` 改成 `and not`；确实要接走所有消息，请写 `when always`。
    """

    code = "PRX404"
    severity = "warning"
    sentence = Entry(
        zh="规则 `{rule}` 的条件对所有消息都成立",
        en="the condition of the rule `{rule}` holds for every message",
    )
    advice = Entry(
        zh="确实要接走所有消息，请写 `when always`；否则多半该写 `and not`，而不是 `or not`",
        en="if every message is meant, write `when always`; else `and not` was probably meant for `or not`",
    )

    rule: str
