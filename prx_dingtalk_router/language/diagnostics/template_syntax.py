"""PRX501 template-syntax."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.templates import TemplateProblem


class TemplateSyntax(Diagnostic, frozen=True):
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
    sentence = Entry(zh="{what}", en="{what}")
    advice = Entry(
        zh="值写作 `{{{{ sender.name }}}}`，判断写作 `{{% if quoted %}}…{{% endif %}}`",
        en="values are written `{{{{ sender.name }}}}`, choices `{{% if quoted %}}…{{% endif %}}`",
    )

    problem: TemplateProblem

    @property
    def what(self) -> Text:
        """What is wrong, for people."""
        return self.problem.text()
