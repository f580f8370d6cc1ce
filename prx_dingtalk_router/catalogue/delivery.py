"""What replies, agents and the journal report.

Most of these may be shown in a chat as ``failure`` (language.md section 10): short, and nothing about the inside.
"""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "unreachable": Entry(zh="暂时联系不上智能助手", en="the agent cannot be reached"),
    "busy": Entry(zh="智能助手正忙，请稍后再试", en="the agent is busy, please try again later"),
    "queue-full": Entry(
        zh="前面还有消息在排队，请稍后再发",
        en="too many messages are waiting already, please try again later",
    ),
    "limited": Entry(zh="请求太频繁，请稍后再试", en="too many requests, please try again later"),
    "timed-out": Entry(zh="处理超时", en="the agent took too long"),
    "too-long": Entry(zh="消息太长", en="the message is too long"),
    "refused": Entry(zh="智能助手没有接受这条消息", en="the agent did not accept the message"),
    "misconfigured": Entry(
        zh="智能助手的配置有误，请联系管理员",
        en="the agent is not set up properly, please tell the administrator",
    ),
    "wrong-agent": Entry(
        zh="连接到的不是预期的智能助手，请联系管理员",
        en="another agent answers at this address, please tell the administrator",
    ),
    "failed": Entry(zh="智能助手处理失败", en="the agent could not finish"),
    "cancelled": Entry(zh="处理已取消", en="the work was cancelled"),
    "unknown-outcome": Entry(
        zh="与智能助手的联系中断，无法确定是否处理完成",
        en="contact with the agent was lost, it is unknown whether it finished",
    ),
    "odd-answer": Entry(
        zh="智能助手的应答无法识别，无法确定是否处理完成",
        en="the agent's response cannot be read, it is unknown whether it finished",
    ),
    "restarted": Entry(
        zh="智能助手中途重启，无法确定是否处理完成",
        en="the agent was restarted, it is unknown whether it finished",
    ),
    "answer-lost": Entry(
        zh="智能助手已处理，但结果取不回来", en="the agent finished, but its answer is lost"
    ),
    "answer-too-long": Entry(zh="智能助手的回答太长", en="the answer of the agent is too long"),
    "empty-answer": Entry(zh="智能助手没有给出回答", en="the agent gave no answer"),
    "agent-removed": Entry(
        zh="智能助手“{agent}”已不在配置中",
        en="the agent `{agent}` is no longer in the configuration",
    ),
    "undecided": Entry(zh="判定这条消息时出错", en="deciding about the message failed"),
    "defect": Entry(zh="路由器内部错误", en="the router itself failed"),
    "stopping": Entry(
        zh="路由器正在停止，不再接收消息",
        en="the router is stopping and takes no more messages",
    ),
    "no-webhook": Entry(
        zh="回复发不出去：消息没有附带会话 Webhook",
        en="the reply cannot be sent: the message brought no session webhook",
    ),
    "webhook-expired": Entry(
        zh="回复发不出去：会话 Webhook 已过期",
        en="the reply cannot be sent: the session webhook has expired",
    ),
    "webhook-host": Entry(
        zh="回复发不出去：会话 Webhook 的主机不在 `webhook_hosts` 之列",
        en="the reply cannot be sent: the host of the session webhook is not among `webhook_hosts`",
    ),
    "reply-unreachable": Entry(
        zh="回复发不出去：连接不上钉钉",
        en="the reply cannot be sent: DingTalk cannot be reached",
    ),
    "reply-refused": Entry(
        zh="钉钉拒绝了回复（错误码 {code}）",
        en="DingTalk refused the reply (error code {code})",
    ),
    "reply-throttled": Entry(
        zh="钉钉限制了发送频率，回复未能发出（错误码 {code}）",
        en="DingTalk limits how often may be sent, the reply was not (error code {code})",
    ),
    "reply-content": Entry(
        zh="钉钉认为回复的内容不合适（错误码 {code}）",
        en="DingTalk finds the content of the reply unsuitable (error code {code})",
    ),
    "reply-odd": Entry(
        zh="钉钉的应答无法识别（HTTP {status}），回复未能确认发出",
        en="DingTalk's answer cannot be read (HTTP {status}), the reply is not confirmed",
    ),
    "reply-unknown": Entry(
        zh="发送途中连接中断，无法确定回复是否送达",
        en="the connection broke while sending, it is unknown whether the reply arrived",
    ),
    "not-dead": Entry(
        zh="没有这样的死信：{msg_id}",
        en="there is no such dead message: {msg_id}",
    ),
}
