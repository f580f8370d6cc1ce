"""PRX602 no-otherwise."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class NoOtherwise(Diagnostic, frozen=True):
    """A set that does not say what happens to messages that no rule takes.

    What: The set has no ``otherwise``.
    Why: A message that no rule takes is dropped, and who wrote it hears nothing.
    Wrong:
        rule vpn when text contains "vpn" then agent helpdesk
    Right:
        rule vpn when text contains "vpn" then agent helpdesk
        otherwise reply "请换个说法，或联系 IT。"
    Fix: Add a last line, such as ``otherwise reply "please rephrase, or ask IT"``; if dropping is meant, write
        ``otherwise drop``.
    """

    page_zh = """
    没有说明其余的消息怎么办。

    是什么：整套规则里没有 `otherwise`。
    为什么：没有规则接走的消息会丢掉，发消息的人得不到任何回应。
    怎么改：在最后加一行，例如 `otherwise reply "请换个说法，或联系 IT。"`；确实要丢掉，就写
        `otherwise drop`。
    """

    code = "PRX602"
    severity = "warning"
    sentence = Entry(
        zh="没有 `otherwise`：没有规则接走的消息会被静默丢弃",
        en="there is no `otherwise`: a message that no rule takes is dropped silently",
    )
    advice = Entry(
        zh='加一行，例如 `otherwise reply "请换个说法。"`；确实要丢弃就写 `otherwise drop`',
        en='add one, such as `otherwise reply "please rephrase."`; if dropping is meant, write `otherwise drop`',
    )
