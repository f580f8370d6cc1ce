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
    """

    code = "PRX122"
    severity = "error"
    sentence = Entry(
        zh="`{found}` 不能用作名称：名称里不能有点", en="`{found}` cannot be a name: names hold no dot"
    )
    advice = Entry(
        zh="用 `-` 或 `_` 代替点；如果是文字或智能体的名称，请加英文双引号",
        en="write `-` or `_` for the dot; a text, or the name of an agent, goes between double quotes",
    )

    found: str
    declared: bool
    """Whether it is the name of a declaration, not the use of one."""

    def fix(self) -> Fix | None:
        """Write ``-`` for the dots in the name of a declaration."""
        return Fix.replacing(self.span, self.found.replace(".", "-"), SUGGESTED) if self.declared else None
