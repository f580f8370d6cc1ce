"""What ``dead`` says: messages that could not be delivered."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

DEAD: dict[str, Entry] = {
    "dead.help": Entry(
        zh="没有处理成功而留存的消息（死信）：列出、查看、重试、放弃。",
        en="Messages that could not be delivered and are kept: list, look at, try again, give up.",
    ),
    "dead_list.help": Entry(
        zh="列出死信，每条一行，最后按原因统计。路由器运行与否都可以。",
        en="List dead letters, one a line, and how many there are of each reason. The router may be running or not.",
    ),
    "dead_list.example": Entry(
        zh="""\b
例如：prx-router dead list --since 1d
      prx-router dead list --agent helpdesk --reason unreachable""",
        en="""\b
Example: prx-router dead list --since 1d
         prx-router dead list --agent helpdesk --reason unreachable""",
    ),
    "dead_show.help": Entry(
        zh="一条死信的来龙去脉：谁在哪里说了什么，每一步和每次尝试的时间与结果，没有成功的原因和办法。",
        en="All that is known of a dead letter: who wrote where, each step and attempt with its times, the reason, and what can "
        "be done.",
    ),
    "dead_show.example": Entry(
        zh="例如：prx-router dead show msgAbC==", en="Example: prx-router dead show msgAbC=="
    ),
    "dead_retry.help": Entry(
        zh="重试死信：已经做完的步骤和已经发出的部分不会再做一遍，智能体可能会被再问一次。路由器在运行时立即继续，否则在下次启动后。",
        en="Try dead letters again: what was performed or sent is not done twice, an agent may be asked a second time. A router that "
        "runs goes on with them at once, else the next start does.",
    ),
    "dead_retry.example": Entry(
        zh="""\b
例如：prx-router dead retry msgAbC==
      prx-router dead retry --reason webhook-expired --since 2h""",
        en="""\b
Example: prx-router dead retry msgAbC==
         prx-router dead retry --reason webhook-expired --since 2h""",
    ),
    "dead_drop.help": Entry(
        zh="放弃死信：不再重试，记为“操作者放弃了”，到保留时间（[journal] retention）后删除。",
        en="Give dead letters up: they are noted as given up by an operator, and removed after the retention of the journal.",
    ),
    "dead_drop.example": Entry(
        zh="例如：prx-router dead drop --all --yes", en="Example: prx-router dead drop --all --yes"
    ),
    "dead.ids": Entry(zh="消息 id，可以写几个", en="message ids, one or several"),
    "dead.since": Entry(
        zh="只看这段时间内死去的，例如 1d、12h", en="only those that died within this time, such as 1d or 12h"
    ),
    "dead.agent": Entry(zh="只看本该交给这个智能体的", en="only those that were for this agent"),
    "dead.reason": Entry(
        zh="只看这个原因的：`dead list` 里的名字，或原因里的几个字",
        en="only those of this reason: its name in `dead list`, or a part of its words",
    ),
    "dead.all": Entry(zh="全部", en="all of them"),
    "dead.yes": Entry(zh="不再询问", en="do not ask"),
    "dead.none": Entry(zh="没有这样的死信", en="there are no such dead letters"),
    "dead.earlier": Entry(
        zh="更早的还有 {count} 条，没有显示：用 --json 看全部",
        en="{count} earlier ones are not shown: --json has all",
    ),
    "dead.count": Entry(zh="共 {count} 条，按原因：", en="dead letters: {count}; by reason:"),
    "dead.next": Entry(
        zh="详细情况：prx-router dead show ID；处理好原因之后：prx-router dead retry --reason 名字",
        en="more: prx-router dead show ID; once the cause is mended: prx-router dead retry --reason NAME",
    ),
    "dead.choose": Entry(
        zh="请写出消息 id，或者用 --since、--agent、--reason、--all 选择（不能两者都用）",
        en="name message ids, or choose by --since, --agent, --reason or --all, and not both",
    ),
    "dead.say-yes": Entry(
        zh="找到 {count} 条。这里没有终端可以询问：确定的话请加上 --yes",
        en="found: {count}. Nobody can be asked without a terminal: add --yes if they are meant",
    ),
    "dead.really.retry": Entry(zh="重试这 {count} 条？", en="Try them again ({count})?"),
    "dead.really.drop": Entry(zh="放弃这 {count} 条？", en="Give them up ({count})?"),
    "dead.done.retry": Entry(zh="已重新排队：{count} 条", en="queued again: {count}"),
    "dead.done.drop": Entry(zh="已放弃：{count} 条", en="given up: {count}"),
    "dead.no-router": Entry(
        zh="现在没有路由器在运行：下次启动（prx-router run）后接着处理",
        en="no router is running now: they go on after the next start (prx-router run)",
    ),
}
