"""PRX502 forbidden-in-template."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.in_template import InTemplate


class ForbiddenInTemplate(InTemplate, frozen=True):
    """Something of Jinja2 that templates of rules do not have.

    What: A template holds a loop, a calculation, a call, a variable of its own, a filter that is not there, or anything
        else but names, ``if``, comparisons and six filters.
    Why: A reply has to be ready at once, whatever a person has written. What the six filters and ``if`` cannot do is
        the work of an agent.
    Wrong:
        rule hello when text is "hello" then reply "{% for x in text %}hello{% endfor %}"
    Right:
        rule hello when text is "hello" then reply "hello hello hello"
    """

    code = "PRX502"
    severity = "error"
    in_general = Entry(
        zh="规则的模板不能用 Jinja2 的这一部分", en="templates of rules do not have this of Jinja2"
    )
    advice = Entry(
        zh="模板里只能用名称、`if`、比较和六个过滤器",
        en="templates have names, `if`, comparisons and six filters",
    )
