"""PRX501 template-syntax."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.in_template import InTemplate


class TemplateSyntax(InTemplate, frozen=True):
    """A template that cannot be read.

    What: Braces or an ``if`` of a template are not closed, or what stands between them has no form that is known.
    Why: Where a value begins and ends, and what is shown when, cannot be told.
    Wrong:
        rule hello when text is "hello" then reply "hello {{ sender.name }"
    Right:
        rule hello when text is "hello" then reply "hello {{ sender.name }}"
    Fix: Write values as ``{{ sender.name }}``, with two braces on either side, and choices as ``{% if quoted
        %}…{% endif %}``.
    """

    page_zh = """
    模板写错了，读不出来。

    是什么：模板里的大括号或 `if` 没有写完，或者中间的内容看不懂。
    为什么：分不清哪里是要替换的内容、什么时候显示什么。
    错误写法：
        rule hello when text is "你好" then reply "您好，{{ sender.name }"
    正确写法：
        rule hello when text is "你好" then reply "您好，{{ sender.name }}"
    怎么改：要替换的内容写成 `{{ sender.name }}`，左右各两个大括号；判断写成 `{% if quoted %}…{% endif %}`，
        有头有尾。
    """

    code = "PRX501"
    severity = "error"
    in_general = Entry(zh="模板的写法有误，无法读取", en="this template cannot be read")
    advice = Entry(
        zh="值写作 `{{{{ sender.name }}}}`，判断写作 `{{% if quoted %}}…{{% endif %}}`",
        en="values are written `{{{{ sender.name }}}}`, choices `{{% if quoted %}}…{{% endif %}}`",
    )
