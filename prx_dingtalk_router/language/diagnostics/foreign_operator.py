"""PRX110 foreign-operator."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class ForeignOperator(Diagnostic, frozen=True):
    """A sign of other languages for a word of this one.

    What: A condition is written with signs such as ``&&``, ``||``, ``!`` or ``==``.
    Why: Conditions read like sentences: ``and``, ``or``, ``not``, ``is``. There is one way to say each thing.
    Wrong:
        rule urgent when group && text contains "急" then agent helpdesk
    Right:
        rule urgent when group and text contains "急" then agent helpdesk
    Fix: Write ``and`` for ``&&``, ``or`` for ``||``, ``not`` for ``!``, ``is`` for ``==``, ``is not`` for
        ``!=``. ``prx-router validate --fix`` does it for you.
    """

    page_zh = """
    用了编程语言的符号。

    是什么：条件里写了 `&&`、`||`、`!`、`==` 之类的符号。
    为什么：规则像句子一样读，用的是英文单词：`and`（并且）、`or`（或者）、`not`（不）、`is`（是）。每个意思
        只有一种写法。
    怎么改：把 `&&` 换成 `and`，`||` 换成 `or`，`!` 换成 `not`，`==` 换成 `is`，`!=` 换成
        `is not`。`prx-router validate --fix` 可以替您换好。
    """

    code = "PRX110"
    severity = "error"
    sentence = Entry(zh="这里不用 `{found}`，请写 `{instead}`", en="`{found}` is written `{instead}` here")
    advice = Entry(
        zh="规则里用英文单词连接条件：`and`、`or`、`not`、`is`、`is not`",
        en="conditions are written in words: `and`, `or`, `not`, `is`, `is not`",
    )

    found: str
    instead: str
    apart: tuple[bool, bool]
    """Whether a blank is needed before and after the word, which would grow together with what stands there."""

    def fix(self) -> Fix | None:
        """Write the word."""
        before, after = (" " if needed else "" for needed in self.apart)
        return Fix.replacing(self.span, f"{before}{self.instead}{after}", SAFE)
