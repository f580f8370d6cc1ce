"""What the owner of the router is told by a private message."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "notify.frame": Entry(zh="【prx-router】{sentence}", en="[prx-router] {sentence}"),
    "notify.more": Entry(zh="{sentence}\n（另有 {count} 条同类）", en="{sentence}\n({count} more like it)"),
    "notify.reload-refused": Entry(
        zh="规则或配置的改动有 {errors} 个错误，没有生效，路由器继续用原来的。第一个错误：{first}",
        en="rules or configuration were changed and refused (errors: {errors}); what was in force stays. The first: {first}",
    ),
    "notify.dead": Entry(
        zh="一条消息没有处理成功，已留存：{reason}{remedy}。消息 {msg_id}，规则 {rule}。详细情况：prx-router dead show {msg_id}",
        en="a message could not be delivered and is kept: {reason}{remedy}. Message {msg_id}, rule {rule}. More: prx-router dead show {msg_id}",
    ),
    "notify.agent-down": Entry(
        zh="智能体 {agent} 已经 {minutes} 分钟联系不上，交给它的消息会走 else，或者留存为死信。请确认 PRX 正在运行",
        en="agent {agent} has been out of reach for {minutes} min: its messages take their `else`, or are kept as dead. Check that PRX "
        "runs",
    ),
    "notify.agent-up": Entry(
        zh="智能体 {agent} 恢复了（中断约 {minutes} 分钟）",
        en="agent {agent} is back, after about {minutes} min",
    ),
    "notify.agent-fault": Entry(
        zh="智能体 {agent} 现在不能用：{reason}{remedy}",
        en="agent {agent} is of no use now: {reason}{remedy}",
    ),
    "notify.disconnected": Entry(
        zh="与钉钉的连接已经断开 {minutes} 分钟，机器人收不到消息，正在重连{problem}",
        en="the connection to DingTalk has been gone for {minutes} min: no messages come; connecting again{problem}",
    ),
    "notify.because": Entry(zh="：{problem}", en=": {problem}"),
    "notify.connected": Entry(
        zh="与钉钉的连接恢复了（中断约 {minutes} 分钟）",
        en="the connection to DingTalk is back, after about {minutes} min",
    ),
    "notify.budget": Entry(
        zh="本月的{meter}已用 {used} 次，额度 {limit} 次；照此下去月底约 {expected} 次。先停进度提示，回复不受影响；要扩容请联系钉钉管理员",
        en="{meter} of this month: {used} of {limit} are used, about {expected} at its end if it goes on so. Progress stops first, answers "
        "go on; an administrator can extend what DingTalk grants",
    ),
    "notify.budget-spent": Entry(
        zh="本月的{meter}额度已用完：{used} 次，额度 {limit} 次。{remedy}",
        en="{meter} of this month are used up: {used} of {limit}; {remedy}",
    ),
    "notify.budget-used-up": Entry(
        zh="钉钉说本月的{meter}额度已用完（路由器数到 {used} 次，配置的额度 {limit} 次）。{remedy}",
        en="DingTalk says that {meter} of this month are used up (the router counted {used}, the configuration says {limit}); {remedy}",
    ),
    "notify.meter.api": Entry(zh="接口调用", en="API calls"),
    "notify.meter.webhook_and_stream": Entry(zh="推送和会话 Webhook 回复", en="pushes and webhook replies"),
    "notice-sent": Entry(zh="已通知 {people} 个人（[notify]）", en="people who were told of it: {people}"),
    "notice-failed": Entry(
        zh="通知没有送达（[notify] staff_ids，{people} 个人）：{problem}",
        en="a notice did not arrive (staff_ids in [notify], people: {people}): {problem}",
    ),
}
