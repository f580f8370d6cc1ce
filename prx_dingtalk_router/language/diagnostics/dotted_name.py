"""PRX122 dotted-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix


class DottedName(Diagnostic, frozen=True):
    """A name with a dot in it.

    What: A dot stands in a name, or in a text that lacks its quotes.
    Why: Dots are for the fields of a message, such as ``sender.name``. Names are made of letters, digits, ``_`` and
        ``-``.
    Wrong:
        list it.staff = ["u1001"]
    Right:
        list it-staff = ["u1001"]
        rule known when sender in it-staff then drop
    Fix: Write ``-`` for the dot: ``it-staff`` for ``it.staff``. A text, or the name of an agent, goes between
        quotes.
    """

    page_zh = """
    名称里有点。

    是什么：名称里写了 `.`，或者一段带点的文字忘了加引号。
    为什么：点留给消息的字段，例如 `sender.name`。名称由文字、数字、`_` 和 `-` 组成。
    怎么改：把点换成 `-`，例如 `it.staff` 写成 `it-staff`。如果本来是一段文字或智能体的名称，就加上双引号。
    """

    code = "PRX122"
    severity = "error"
    sentence = Entry(
        zh="`{found}` 不能用作名称：名称里不能有点", en="`{found}` cannot be a name: names hold no dot"
    )
    advice = Entry(
        zh='写成 `{dashed}`；如果是文字或智能体的名称，写成 `"{found}"`',
        en='write `{dashed}`; a text, or the name of an agent, is written `"{found}"`',
    )

    found: str
    declared: bool
    """Whether it is the name of a declaration, not the use of one."""

    @property
    def dashed(self) -> str:
        """The same without dots."""
        return self.found.replace(".", "-")

    def fix(self) -> Fix | None:
        """Write ``-`` for the dots in the name of a declaration."""
        return Fix.replacing(self.span, self.dashed, SUGGESTED) if self.declared else None
