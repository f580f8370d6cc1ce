"""PRX505 group-may-be-unset."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class GroupMayBeUnset(Diagnostic, frozen=True):
    """A capture that the condition does not always set.

    What: A template shows ``match.NAME`` as it is, and the condition can hold without that group taking part.
    Why: It is empty then, and the reply has a hole where the value should be.
    Wrong:
        rule ticket when group or text matches /(?P<n>[0-9]+)/ then reply "ticket {{ match.n }}"
    Right:
        rule ticket when group and text matches /(?P<n>[0-9]+)/ then reply "ticket {{ match.n }}"
    Fix: Say what to show then, as in ``{{ match.n | default('none') }}``, or make two rules, of which one is
        sure to have it.
    """

    page_zh = """
    模板里用的抓取内容有时是空的。

    是什么：模板直接显示 `match.名称`，而条件可以在没有抓取到它的时候成立。
    为什么：那时它是空的，回复里该有值的地方就缺了一块。
    错误写法：
        rule ticket when group or text matches /(?P<n>[0-9]+)/ then reply "工单 {{ match.n }}"
    正确写法：
        rule ticket when group and text matches /(?P<n>[0-9]+)/ then reply "工单 {{ match.n }}"
    怎么改：写上抓不到时显示什么：`{{ match.n | default('无') }}`；或把条件拆成两条规则，一条一定能抓到。
    """

    code = "PRX505"
    severity = "warning"
    sentence = Entry(
        zh="条件有时不会设置 `match.{group}`，那时它是空的",
        en="the condition can hold without setting `match.{group}`, which is empty then",
    )
    advice = Entry(
        zh="写上没有时显示什么：`{{{{ match.{group} | default('无') }}}}`；或把条件拆成两条规则",
        en="give a text for that case, as `{{{{ match.{group} | default('none') }}}}`, or make two rules",
    )

    group: str
