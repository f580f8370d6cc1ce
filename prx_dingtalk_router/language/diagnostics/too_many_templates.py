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
    Fix: Declare a template that several rules use once, as ``template answer = "…"``, and write ``reply
        answer``.
    """

    page_zh = """
    一套规则里复杂的模板太多。

    是什么：整套规则里，带 `{% if … %}`、过滤器或注释的模板加起来超过了 100 万个字符；这一个和后面的都没有检
        查。像 `{{ sender.name }}，您好` 这样只有文字和名称的不算。
    为什么：每个模板在检查时都要拆开来看，越多越慢。这么多不会是人写的。
    错误写法：
        rule a when group then reply "{% if quoted %}看到引用了{% endif %}"   # … 还有十万条这样的
    正确写法：
        template answer = "{% if quoted %}看到引用了{% endif %}"
        rule a when group then reply answer
    怎么改：多处用到的同一个模板只定义一次：`template answer = "…"`，规则里写 `reply answer`。
    """

    code = "PRX138"
    severity = "error"
    sentence = Entry(
        zh="整套规则里带 `{{% … %}}` 或过滤器的模板加起来超过 {limit} 个字符，从这一个起没有检查",
        en="the templates of the set that hold `{{% … %}}` or filters have more than {limit} characters together; this one and those after it are not looked at",
    )
    advice = Entry(
        zh="相同的模板只定义一次：`template 名称 = …`，在规则里写它的名字",
        en="declare a template that is used often once, as `template NAME = …`, and use its name",
    )

    limit: int
