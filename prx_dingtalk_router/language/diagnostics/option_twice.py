"""PRX319 option-twice."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class OptionTwice(Diagnostic, frozen=True):
    """An option that is given twice, or against another.

    What: A step, or the message of a test, has the same option twice, or two that contradict each other.
    Why: Only one of them can count, and which one is meant cannot be told.
    Wrong:
        rule vpn when text contains "vpn" then agent helpdesk timeout 10s timeout 20s
    Right:
        rule vpn when text contains "vpn" then agent helpdesk timeout 20s
    """

    code = "PRX319"
    severity = "error"
    sentence = Entry(zh="`{option}` 写了两次或互相矛盾", en="`{option}` is given twice, or against another")
    advice = Entry(zh="只保留一个", en="keep one of them")

    option: str
