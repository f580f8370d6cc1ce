"""PRX129 malformed-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class MalformedName(Diagnostic, frozen=True):
    """A name that begins with a sign for a number.

    What: A name begins with a fraction, a numeral in a circle or the like.
    Why: A name begins with a letter of any script or with ``_``; what begins with a number is read as one.
    Wrong:
        rule ②级 when text contains "升级" then agent helpdesk
    Right:
        rule 二级 when text contains "升级" then agent helpdesk
    Fix: Begin with a letter of any script; digits may follow, as in ``level2``.
    """

    page_zh = """
    名称以特殊的数字符号开头。

    是什么：名称以 `②`、`½` 之类的符号开头。
    为什么：名称要以文字或 `_` 开头；以数字开头的会被当作数字来读。
    怎么改：改用汉字或字母开头，数字放后面，例如 `二级`、`level2`。
    """

    code = "PRX129"
    severity = "error"
    sentence = Entry(
        zh="`{found}` 不能用作名称：名称以文字或 `_` 开头",
        en="`{found}` cannot be a name: a name begins with a letter or `_`",
    )
    advice = Entry(
        zh="名称可以用汉字、字母开头，后面再写数字、`-` 或 `_`",
        en="begin it with a letter of any script; digits, `-` and `_` may follow",
    )

    found: str
