"""PRX504 no-such-group."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.in_template import InTemplate


class NoSuchGroup(InTemplate, frozen=True):
    """A capture that no expression of the rule has.

    What: A template uses ``match.NAME``, and no ``matches`` of the rule's condition has a group of that name.
    Why: There is nothing that could be shown there.
    Wrong:
        rule ticket when text matches /(?P<number>[0-9]+)/ then reply "ticket {{ match.numbr }}"
    Right:
        rule ticket when text matches /(?P<number>[0-9]+)/ then reply "ticket {{ match.number }}"
    Fix: Use the name as it is in the expression, or enclose there what is to be shown in ``(?P<number>…)``.
    """

    page_zh = """
    表达式里没有抓取这个名称。

    是什么：模板用了 `match.名称`，而这条规则的 `matches` 表达式里没有叫这个名称的 `(?P<名称>…)`。
    为什么：没有内容可以显示在那里。
    错误写法：
        rule ticket when text matches /(?P<number>[0-9]+)/ then reply "工单 {{ match.numbr }}"
    正确写法：
        rule ticket when text matches /(?P<number>[0-9]+)/ then reply "工单 {{ match.number }}"
    怎么改：名称要和表达式里的一致；还没有的话，在表达式里把要抓取的部分用 `(?P<number>…)` 括起来。
    """

    code = "PRX504"
    severity = "error"
    in_general = Entry(
        zh="这条规则的表达式里没有抓取这个名称", en="no expression of this rule has this capture"
    )
    advice = Entry(
        zh="在这条规则的 `matches` 表达式里写出 `(?P<名称>…)`，或改用已有的名称",
        en="write `(?P<name>…)` in a `matches` expression of this rule, or use a name that is there",
    )
