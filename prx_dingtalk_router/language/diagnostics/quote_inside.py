"""PRX127 quote-inside."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class QuoteInside(Diagnostic, frozen=True):
    r"""A quotation mark inside a text, which ends it.

    What: A string ends at a ``"`` that was meant to be part of it.
    Why: The first ``"`` ends a string. One that belongs to the text is written ``\"``.
    Wrong:
        otherwise reply "请说"你好""
    Right:
        otherwise reply "请说\"你好\""
    Fix: Write it as ``\"``. Within ``{{ … }}`` of a template, ``'`` will do.
    """

    page_zh = r"""
    文字里面有双引号，文字提前结束了。

    是什么：文字在一个 `"` 处结束了，而这个引号本来是文字的一部分。
    为什么：第一个 `"` 就是文字的结尾。要在文字里写双引号，得写成 `\"`。
    怎么改：把里面的 `"` 写成 `\"`，或改用中文引号：`reply "请说“你好”"`。模板的 `{{ … }}` 里面可以用单引号
        `'`。
    """

    code = "PRX127"
    severity = "error"
    sentence = Entry(
        zh='文字在这个 `"` 处已经结束，后面的不再属于它',
        en='the text ends at this `"`; what follows is no part of it',
    )
    advice = Entry(
        zh="""文字里面的双引号写成 `\\"`；模板的 `{{{{ … }}}}` 里可以用 `'`""",
        en="""a double quote inside a text is written `\\"`; within `{{{{ … }}}}` of a template `'` will do""",
    )
