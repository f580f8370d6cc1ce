"""PRX138 too-many-templates."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class TooManyTemplates(Diagnostic, frozen=True):
    """Templates of a set that are more than a router should have to look at.

    What: A template is not looked at, and none after it, because all templates of the set that hold more than texts and
        names (``{% if … %}``, a filter, a comment) have more than 1,000,000 characters together. Templates like
        ``{{ sender.name }}，您好`` do not count.
    Why: Each is taken apart when rules are checked, which takes time in proportion. So many were not written by a person.
    Wrong:
        rule a when group then reply "{% if quoted %}1{% endif %}"   # … and a hundred thousand more of them
    Right:
        template answer = "{% if quoted %}1{% endif %}"
        rule a when group then reply answer
    """

    code = "PRX138"
    severity = "error"
    sentence = Entry(
        zh="整套规则里带 `{{% … %}}` 或过滤器的模板加起来超过 {limit} 个字符，从这一个起没有检查",
        en="the templates of the set that hold `{{% … %}}` or filters have more than {limit} characters together; this one and those after it are not looked at",
    )
    advice = Entry(
        zh="相同的模板只声明一次：`template 名称 = …`，在规则里写它的名字",
        en="declare a template that is used often once, as `template NAME = …`, and use its name",
    )

    limit: int
