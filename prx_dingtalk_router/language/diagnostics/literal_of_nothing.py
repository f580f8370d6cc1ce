"""PRX311 literal-of-nothing."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class LiteralOfNothing(Diagnostic, frozen=True):
    """A text of which nothing is left when it is compared.

    What: A text or id is empty, or holds only what is dropped before texts are compared.
    Why: Nothing is contained in every message, and equal to none. What was meant cannot be told.
    Wrong:
        rule quiet when text is "" then drop
    Right:
        rule quiet when text is empty then drop
    """

    code = "PRX311"
    severity = "error"
    sentence = Entry(
        zh="与 `{field}` 比较时，这段文字什么也不剩",
        en="nothing is left of this text when `{field}` is compared with it",
    )
    advice = Entry(zh="要判断是否为空请用 `is empty`", en="to ask for nothing use `is empty`")

    field: str
