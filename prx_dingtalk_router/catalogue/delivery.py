"""What replies, agents and the journal report.

Most of these may be shown in a chat as ``failure`` (language.md section 10): short, and nothing about the inside.
"""

from __future__ import annotations

from prx_dingtalk_router.catalogue.delivery_api import API
from prx_dingtalk_router.catalogue.delivery_journal import JOURNAL
from prx_dingtalk_router.catalogue.text import Entry

_REMEDIES = {
    "remedy-agent-settings": Entry(
        zh="核对这个智能体在 [agents] 里的 url、token、signing_secret 和 webhook_token，以及 PRX 是否还承认这个 token",
        en="compare url, token, signing_secret and webhook_token of the agent in [agents] with PRX, and check that PRX still "
        "knows the token",
    ),
    "remedy-agent-identity": Entry(
        zh="核对这个智能体在 [agents] 里的 url 和 agent_id",
        en="check url and agent_id of the agent in [agents]",
    ),
    "remedy-agent-not-ready": Entry(
        zh="在智能体所在的机器上看 `prx` 的日志和 /health：网关组件的 state 应为 ready",
        en="see the log of `prx` and its /health: the state of the gateway component should be ready",
    ),
    "remedy-agent-address": Entry(
        zh="确认 PRX 正在运行，并核对这个智能体在 [agents] 里的 url",
        en="check that PRX runs, and the agent's url in [agents]",
    ),
    "remedy-agent-removed": Entry(
        zh="把这个智能体写回 [agents]，或从规则里去掉它",
        en="put the agent back into [agents], or take it out of the rules",
    ),
    "remedy-write-again": Entry(
        zh="只能等对方再发一条消息：新消息会带来新的会话 Webhook",
        en="the sender has to write again, which brings a new session webhook",
    ),
    "remedy-webhook-host": Entry(
        zh="若这个主机可信，就把它写进 [dingtalk] webhook_hosts",
        en="if the host can be trusted, add it to webhook_hosts in [dingtalk]",
    ),
    "remedy-no-words": Entry(
        zh='没有文字的消息（文件、表情、视频等）可以另写一条规则，如 when text is empty and quoted is empty then reply "请用文字描述一下。"',
        en='give messages without words (files, stickers, videos) a rule, as when text is empty and quoted is empty then reply "Please use words."',
    ),
    "remedy-network": Entry(zh="检查网络、DNS、代理和证书", en="check network, DNS, proxy and certificates"),
    "remedy-slower": Entry(
        zh="超限后的封锁约 10 分钟；请调小 [dingtalk] replies_per_minute，并检查是否有别的程序在用同一个机器人",
        en="the block lasts about ten minutes; lower replies_per_minute in [dingtalk], and see whether another program uses "
        "the same robot",
    ),
    "remedy-security": Entry(
        zh="检查机器人的安全设置：自定义关键词、加签、IP 地址段",
        en="check the security settings of the robot: keywords, signature, IP addresses",
    ),
    "remedy-group-gone": Entry(zh="群已解散，无需处理", en="the group was dissolved: nothing is to be done"),
    "remedy-robot-gone": Entry(
        zh="机器人已不在群里，请重新添加", en="the robot is no longer in the group: add it again"
    ),
    "remedy-robot-stopped": Entry(
        zh="机器人已停用，请到开放平台启用", en="the robot is stopped: enable it in the developer console"
    ),
    "remedy-link": Entry(
        zh="回复里有钉钉认为不安全的链接，请修改", en="change the link, which DingTalk takes for unsafe"
    ),
    "remedy-words": Entry(zh="修改回复里不合适的文字", en="change the words of the reply"),
    "remedy-picture": Entry(zh="更换回复里的图片", en="change the picture in the reply"),
    "remedy-calls": Entry(
        zh="调用太频繁，稍后会恢复；检查是否有别的程序在用同一个应用",
        en="calls come too fast, which ends by itself; see whether another program uses the same app",
    ),
    "remedy-quota": Entry(
        zh="本月的调用额度已用完，请联系管理员扩容",
        en="the quota of the month is used up: an administrator has to extend it",
    ),
}

MESSAGES: dict[str, Entry] = {
    "failed-reply": Entry(
        zh="抱歉，刚才没有处理成功，请稍后再试。",
        en="Sorry, that did not work just now. Please try again later.",
    ),
    "reaction": Entry(zh="🤔思考中", en="🤔Thinking"),
    "describe-in-words": Entry(
        zh="这条消息里没有文字，我还看不懂。请用文字描述一下。",
        en="There are no words in this message, so I cannot read it. Please describe it in words.",
    ),
    "empty-message": Entry(zh="这条消息里没有文字", en="there are no words in the message"),
    "unreachable": Entry(zh="暂时联系不上智能助手", en="the agent cannot be reached"),
    "not-ready": Entry(zh="智能助手还没有准备好", en="the agent is not ready"),
    "busy": Entry(zh="智能助手正忙，请稍后再试", en="the agent is busy, please try again later"),
    "queue-full": Entry(
        zh="前面还有消息在排队，请稍后再发",
        en="too many messages are waiting already, please try again later",
    ),
    "session-busy": Entry(
        zh="上一条消息还在处理，请等它答完再发",
        en="your message before this one is still being worked on, please wait for its answer",
    ),
    "merged": Entry(
        zh="和消息 {msg_id} 合在一起问了智能体", en="told to its agent together with message {msg_id}"
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
        zh="钉钉拒绝了回复（错误码 {code}{said}）",
        en="DingTalk refused the reply (error code {code}{said})",
    ),
    "reply-throttled": Entry(
        zh="钉钉限制了发送频率，回复未能发出（错误码 {code}{said}）",
        en="DingTalk limits how often may be sent, the reply was not (error code {code}{said})",
    ),
    "reply-content": Entry(
        zh="钉钉认为回复的内容不合适（错误码 {code}{said}）",
        en="DingTalk finds the content of the reply unsuitable (error code {code}{said})",
    ),
    "reply-odd": Entry(
        zh="钉钉的应答无法识别（HTTP {status}{said}），回复未能确认发出",
        en="DingTalk's answer cannot be read (HTTP {status}{said}), the reply is not confirmed",
    ),
    "said": Entry(zh="：{words}", en=": {words}"),
    "reply-again": Entry(zh="一条回复要再发一次：{reason}", en="a reply is sent once more: {reason}"),
    "reply-unknown": Entry(
        zh="发送途中连接中断，无法确定回复是否送达",
        en="the connection broke while sending, it is unknown whether the reply arrived",
    ),
    "conversation-throttled": Entry(
        zh="{reason}；{seconds} 秒内不再向这个会话发送",
        en="{reason}: nothing is sent to that conversation for {seconds} s",
    ),
    "polls-throttled": Entry(
        zh="PRX 限制了查询任务的频率，{seconds} 秒后再查；可在 PRX 的 [gateway] 里调大 api_rate_limit_per_minute",
        en="PRX limits how often jobs are looked at, next look in {seconds} s; a higher api_rate_limit_per_minute in the "
        "[gateway] of PRX helps",
    ),
    "polling-failed": Entry(
        zh="内部错误：查询 PRX 任务时出错", en="internal error: looking at PRX jobs failed"
    ),
    "left": Entry(
        zh="还有 {count} 条消息没有处理完，下次启动时继续",
        en="messages left for the next start: {count}",
    ),
    "lost": Entry(
        zh="有 {count} 条消息没有处理完就丢失了：消息台账（journal）只在内存里",
        en="unfinished messages that are lost, as the journal is in memory only: {count}",
    ),
    "reaction-defect": Entry(
        zh="程序内部错误，消息 {msg_id} 上的表情没有处理好；不影响它的回复，这里是详细信息，请反馈",
        en="a defect of this program: the reaction on message {msg_id} was not handled; its answer is not concerned; "
        "please report what follows",
    ),
    "not-ended": Entry(
        zh="内部错误：一条消息没有正常结束", en="internal error: a message could not be ended"
    ),
    "journal-failed": Entry(
        zh="{problem}；没有处理完的消息停在原处，路由器即将结束",
        en="{problem}; unfinished messages are left as they are, and the router ends",
    ),
    "not-carried-out": Entry(
        zh="内部错误：处理消息 {msg_id} 时出错", en="internal error: carrying out message {msg_id} failed"
    ),
    "observer-failed": Entry(
        zh="内部错误：通报消息 {msg_id} 的进展时出错",
        en="internal error: the observer of message {msg_id} failed",
    ),
    **_REMEDIES,
    **JOURNAL,
    **API,
    "retry-undecided": Entry(
        zh="{msg_id} 当时没能判定，重试要由正在运行的路由器重新判定：请在路由器运行时重试",
        en="nothing was decided about {msg_id}: only a router that runs can decide it now, so retry it while one does",
    ),
    "not-dead": Entry(
        zh="没有这样的死信：{msg_id}",
        en="there is no such dead message: {msg_id}",
    ),
}
