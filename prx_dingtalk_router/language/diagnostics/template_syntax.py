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
    """

    code = "PRX501"
    severity = "error"
    in_general = Entry(zh="模板的写法有误，无法读取", en="this template cannot be read")
    advice = Entry(
        zh="值写作 `{{{{ sender.name }}}}`，判断写作 `{{% if quoted %}}…{{% endif %}}`",
        en="values are written `{{{{ sender.name }}}}`, choices `{{% if quoted %}}…{{% endif %}}`",
    )
