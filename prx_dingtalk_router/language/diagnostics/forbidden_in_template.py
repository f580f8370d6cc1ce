"""PRX502 forbidden-in-template."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.in_template import InTemplate
from prx_dingtalk_router.templates.filters import FILTERS


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
    Fix: Write out what is to be said, or let an agent do it.
    """

    page_zh = """
    模板里用了规则不支持的写法。

    是什么：模板里有循环、计算、调用、自己的变量、没有的过滤器等。规则的模板只有名称、`if`、比较和六个过滤器
        （对值再加工的写法，如 `| upper`）。
    为什么：不管对方写了什么，回复都要立刻就绪。六个过滤器和 `if` 做不到的事，是智能体的工作。
    错误写法：
        rule hello when text is "你好" then reply "{% for x in text %}好{% endfor %}"
    正确写法：
        rule hello when text is "你好" then reply "好好好"
    怎么改：去掉这一部分，把要说的话直接写出来；需要计算或循环的，用 `agent` 交给智能体。
    """

    code = "PRX502"
    severity = "error"
    in_general = Entry(
        zh="规则的模板不能用 Jinja2 的这一部分", en="templates of rules do not have this of Jinja2"
    )
    advice = Entry(
        zh="模板里只有名称、`if`、比较和六个过滤器：{filters}",
        en="templates have names, `if`, comparisons and six filters: {filters}",
    )

    @property
    def filters(self) -> tuple[str, ...]:
        """All filters."""
        return tuple(f"`{name}`" for name in FILTERS)
