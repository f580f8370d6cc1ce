"""PRX319 option-twice."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class OptionTwice(Diagnostic, frozen=True):
    """An option that is given twice, or against another.

    What: A step, or the message of a test, has the same option twice, or two that contradict each other.
    Why: Only one of them can count, and which one is meant cannot be told.
    Wrong:
        rule vpn when text contains "vpn" then agent helpdesk timeout 10s timeout 20s
    Right:
        rule vpn when text contains "vpn" then agent helpdesk timeout 20s
    Fix: Keep the one that you mean, such as ``timeout 20s``, and remove the other.
    """

    page_zh = """
    同一个选项写了两次，或互相矛盾。

    是什么：一个步骤或测试里的一条消息，写了两个相同的选项，或两个互相矛盾的选项。
    为什么：只能有一个算数，而程序不知道您要的是哪一个。
    怎么改：留下要的那个，删去另一个，例如只写 `timeout 20s`。
    """

    code = "PRX319"
    severity = "error"
    sentence = Entry(zh="`{option}` 写了两次或互相矛盾", en="`{option}` is given twice, or against another")
    advice = Entry(zh="只保留一个", en="keep one of them")

    option: str
    says_the_same: bool = False
    """Whether both mean the same, so that nothing is lost with the second one."""

    def fix(self) -> Fix | None:
        """Leave out the second of two that say the same."""
        return Fix.replacing(self.span, "", SAFE) if self.says_the_same else None
