"""PRX707 literal-braces."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.respelled_expression import RespelledExpression


class LiteralBraces(RespelledExpression, frozen=True):
    """Braces of an expression that look like a count and are none.

    What: An expression holds ``{,5}``, ``{2, 4}`` or ``{01}``.
    Why: RE2 takes only ``{2}``, ``{2,}`` and ``{2,4}`` for a count, without blanks and with the smaller number. Other braces
        are looked for as they are written, so the expression is hardly ever found.
    Wrong:
        rule short when text matches /^.{,5}$/ then drop
    Right:
        rule short when text matches /^.{0,5}$/ then drop
    """

    code = "PRX707"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 不是重复次数，找到的是这几个符号本身",
        en="`{found}` is no count here: it finds these signs themselves",
    )

    found: str
