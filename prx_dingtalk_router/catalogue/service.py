"""What the running router logs for people."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import service_notify, service_reload
from prx_dingtalk_router.catalogue.text import Entry

_WORDS = {
    "word.what.api": Entry(zh="接口调用", en="API calls"),
    "word.what.webhook_and_stream": Entry(zh="推送与 Webhook 回复", en="pushes and webhook replies"),
    "word.source.count": Entry(zh="按路由器的计数", en="as counted by the router"),
    "word.source.dingtalk": Entry(zh="钉钉这样说", en="says DingTalk"),
    "word.result.answered": Entry(zh="已回答", en="answered"),
    "word.result.not-started": Entry(zh="没有开始", en="not started"),
    "word.result.failed": Entry(zh="失败", en="failed"),
    "word.result.unknown": Entry(zh="结果不明", en="outcome unknown"),
    "word.result.sent": Entry(zh="已发送", en="sent"),
    "word.result.refused": Entry(zh="被拒绝", en="refused"),
    "word.route.webhook": Entry(zh="会话 Webhook", en="webhook"),
    "word.route.none": Entry(zh="没有可用的途径", en="no way to send it"),
    "word.route.api": Entry(zh="机器人接口", en="robot API"),
    "word.outcome.agent": Entry(zh="交给智能体", en="agent"),
    "word.outcome.reply": Entry(zh="回复", en="reply"),
    "word.outcome.drop": Entry(zh="丢弃", en="drop"),
    "word.reason.closed": Entry(zh="对方关闭", en="closed by the other side"),
    "word.reason.dropped": Entry(zh="网络中断", en="cut off"),
    "word.reason.no-pong": Entry(zh="心跳没有回应", en="no answer to a ping"),
    "word.reason.too-big": Entry(zh="收到过大的消息", en="a message was too big"),
    "word.reason.protocol": Entry(
        zh="对方违反 WebSocket 协议", en="the other side broke the WebSocket protocol"
    ),
    "word.reason.none": Entry(zh="没有写原因", en="no reason given"),
    "word.reason.own": Entry(zh="机器人自己发的", en="the robot's own"),
    "word.reason.quota": Entry(zh="额度用完的通知", en="a notice that the quota is used up"),
    "word.reason.limited": Entry(zh="达到次数上限", en="no room left"),
    "word.reason.empty message": Entry(zh="没有文字可以交给智能体", en="no words to tell an agent"),
    "word.reason.cancelled": Entry(zh="发送者取消了", en="cancelled by its sender"),
    "word.reason.replaced": Entry(
        zh="被同一会话里较新的消息取代", en="replaced by a later message of its session"
    ),
    "word.reason.discarded": Entry(zh="操作者放弃了", en="given up by an operator"),
}

_WAITS = {
    "word.what.frames": Entry(zh="收到的推送等待读取", en="frames wait to be read"),
    "word.what.rate": Entry(
        zh="回复等待会话的频率限制", en="replies wait for the rate of their conversation"
    ),
    "word.what.session": Entry(
        zh="消息等待同一会话里较早的消息", en="messages wait for an earlier one of their session"
    ),
    "word.what.agent": Entry(zh="消息等待智能体有空", en="messages wait for room at an agent"),
}

MESSAGES: dict[str, Entry] = {
    "budget": Entry(
        zh="本月额度已用 80% 以上：{what} {used}/{limit}，照此到月底约 {expected} 次",
        en="over 80% of the month's budget is used: {what} {used} of {limit}; at this rate {expected} by the end of the month",
    ),
    "remedy-budget": Entry(
        zh="回答照常发送，快用到预留份额时不再显示进度；要更多额度，在钉钉开放平台购买，再改 [dingtalk] 的每月次数",
        en="answers go on, and progress is not shown any more once only the reserve is left; for more, buy calls of DingTalk and "
        "raise the months' calls in [dingtalk]",
    ),
    "budget-spent": Entry(
        zh="本月额度已用完：{what} {used}/{limit}（{source}）",
        en="the month's budget is used up: {what} {used} of {limit} ({source})",
    ),
    "remedy-budget-spent.api": Entry(
        zh="会话 Webhook 还有效的消息照常回答；过了 Webhook 有效期的回复，钉钉可能拒绝，会留作死信（prx-router dead list）。"
        "要更多额度，在钉钉开放平台购买，再改 [dingtalk] api_calls_per_month",
        en="messages are answered while their session webhook lives; later replies may be refused by DingTalk and are then kept "
        "(prx-router dead list). For more, buy calls of DingTalk and raise api_calls_per_month in [dingtalk]",
    ),
    "remedy-budget-spent.webhook_and_stream": Entry(
        zh="钉钉可能不再推送消息内容，机器人就答不了；请管理员扩容，再改 [dingtalk] webhook_and_stream_per_month",
        en="DingTalk may push no more texts, and what does not come cannot be answered; an administrator can extend what it "
        "grants: then raise webhook_and_stream_per_month in [dingtalk]",
    ),
    "wait-begins": Entry(zh="开始积压：{what}（{count}）", en="a backlog begins: {what} ({count})"),
    "wait-ends": Entry(
        zh="积压结束：{what}（最多 {most}，{seconds} 秒）",
        en="the backlog is over: {what} ({most} at most, {seconds} s)",
    ),
    "admin-address": Entry(zh="管理地址：{url}", en="the admin address: {url}"),
    "admin-address-taken": Entry(
        zh="管理地址 {address} 用不了（{problem}），路由器照常工作，稍后再试；用 [admin] listen 换一个端口",
        en="the admin address {address} cannot be had ({problem}); the router works without, and tries again. [admin] listen "
        "names another port",
    ),
    "left": Entry(
        zh="停止时还有 {count} 条消息没处理完，下次启动后继续：{messages}",
        en="messages unfinished at the end: {count}; the next start goes on with them: {messages}",
    ),
    "left-for-good": Entry(
        zh="停止时还有 {count} 条消息没处理完，台账在内存里，它们丢失了：{messages}",
        en="messages unfinished at the end: {count}; the journal is in memory, so they are lost: {messages}",
    ),
    "starting": Entry(
        zh="prx-router {version}：{rules} 条规则（{fingerprint}），智能体：{agents}，管理地址：{admin}",
        en="prx-router {version}: rules {rules} ({fingerprint}), agents: {agents}, admin address: {admin}",
    ),
    "agent-trouble": Entry(
        zh="智能体 {agent} 现在用不了：{problem}", en="agent {agent} is of no use now: {problem}"
    ),
    "sender-refused": Entry(
        zh='allowed_users 不允许 {sender} 使用。要放行，把 "{sender}" 加进 [channels_config.dingtalk] 的 allowed_users',
        en='allowed_users does not admit {sender}; to admit them add "{sender}" to allowed_users in '
        "[channels_config.dingtalk]",
    ),
    "journal-in-memory": Entry(
        zh="消息台账（journal）只在内存里：停止时还没处理完的消息会丢失",
        en="the journal is in memory: what is unfinished when the process ends is lost",
    ),
    "clock-set": Entry(
        zh="本机时钟被调整了 {seconds} 秒（也可能是机器休眠过）。等待和超时不受影响；会话 webhook 何时过期、消息的时间以时钟为准，请检查对时（NTP）",
        en="this machine's clock was set by {seconds} s (or the machine slept); waits and time-outs are not touched, "
        "but when webhooks expire and what time messages get goes by it: check its time service (NTP)",
    ),
    "going-on": Entry(
        zh="继续处理上次没有完成的消息：{count} 条", en="going on with what was unfinished: messages {count}"
    ),
    "repeated": Entry(
        zh="对 {msg_id} 的回复的第 {part} 段可能已经送达，再发一次：上次发送时路由器中断",
        en="part {part} of the reply to {msg_id} may have arrived and is sent again: the router ended while it was on its way",
    ),
    "resumed": Entry(zh="继续处理 {msg_id}", en="going on with {msg_id}"),
    "record-incomplete": Entry(
        zh="有 {count} 条回调没能记进 --record 的文件：磁盘太慢或已满",
        en="{count} callbacks could not be recorded (--record): the disk is slow or full",
    ),
    "log-dropped": Entry(
        zh="有 {count} 行日志没能写出：标准错误的另一端读得太慢，或磁盘已满",
        en="{count} lines of the log were not written: the other end of standard error was read too slowly, or the disk is full",
    ),
    "log-unworded": Entry(
        zh="有一行日志写不出来（{about}：{problem}），这是本程序的缺陷",
        en="a line of the log could not be worded ({about}: {problem}): a defect of this program",
    ),
    "connected": Entry(zh="已连接钉钉", en="connected to DingTalk"),
    "connection-lost": Entry(
        zh="与钉钉的连接断开（{reason}），正在重连",
        en="the connection to DingTalk ended ({reason}); connecting again",
    ),
    "connection-closed": Entry(zh="与钉钉的连接已关闭", en="the connection to DingTalk is closed"),
    "connection-replaced": Entry(
        zh="钉钉按计划关闭了一条旧连接，由另一条接替",
        en="DingTalk retired a connection, as it does from time to time; another takes its place",
    ),
    "refused": Entry(
        zh="连不上钉钉：{problem}（{seconds} 秒后重试）",
        en="no connection to DingTalk: {problem} (next try in {seconds} s)",
    ),
    "unreadable-callback": Entry(
        zh="收到无法识别的回调：{problem}", en="a callback cannot be read: {problem}"
    ),
    "undecided": Entry(
        zh="对消息 {msg_id} 做决定时出错，消息已留存",
        en="deciding about message {msg_id} failed; it is kept as dead",
    ),
    "intake-failed": Entry(
        zh="处理一条推送时出错，没有确认", en="taking a frame failed; it is not acknowledged"
    ),
    "observer-failed": Entry(zh="消息 {msg_id} 的旁观者出错", en="whoever watches message {msg_id} failed"),
    "unstored": Entry(
        zh="消息 {msg_id} 无法存储，没有确认：{problem}",
        en="message {msg_id} cannot be stored and is not acknowledged: {problem}",
    ),
    "unstored-more": Entry(
        zh="另有 {count} 条消息无法存储，没有确认：{problem}",
        en="{count} more messages cannot be stored and are not acknowledged: {problem}",
    ),
    "duplicate": Entry(
        zh="消息 {msg_id} 重复投递，已忽略", en="message {msg_id} was delivered again and does nothing"
    ),
    "once-unconnected": Entry(
        zh="{seconds} 秒内没有连上钉钉", en="no connection to DingTalk within {seconds} s"
    ),
    "quota": Entry(
        zh="钉钉调用额度已用完，请联系管理员扩容；额度恢复前机器人收不到消息内容",
        en="the organisation's DingTalk quota is used up: an administrator has to extend it; until then no texts arrive",
    ),
    "decided": Entry(zh="消息 {msg_id} → {by}（{outcome}）", en="message {msg_id} → {by} ({outcome})"),
    "agent-started": Entry(
        zh="智能体 {agent} 开始处理 {msg_id}", en="agent {agent} was asked about {msg_id}"
    ),
    "agent-ended": Entry(
        zh="智能体 {agent} 对 {msg_id} 的处理结束：{result}，{seconds} 秒",
        en="agent {agent} ended {msg_id}: {result}, {seconds} s",
    ),
    "agent-ended-more": Entry(
        zh="另有 {count} 条消息智能体没有回答：{reason}",
        en="{count} more messages got no answer of an agent: {reason}",
    ),
    "agent-fault": Entry(
        zh="智能体 {agent} 不再承认路由器：查不到 {msg_id} 的处理情况（会继续查询），新消息暂不派发给它",
        en="agent {agent} no longer knows the router: how {msg_id} is cannot be seen (it is still asked about), and nothing "
        "new is dispatched to it",
    ),
    "replied": Entry(zh="回复 {msg_id}：{result}（{route}）", en="reply to {msg_id}: {result} ({route})"),
    "limited": Entry(
        zh="{msg_id}：规则 {rule} 的第 {position} 步达到次数上限",
        en="{msg_id}: step {position} of {rule} has no room left",
    ),
    "step-failed": Entry(
        zh="{msg_id}：规则 {rule} 的一步没有完成：{reason}",
        en="{msg_id}: a step of {rule} was not done: {reason}",
    ),
    "step-failed-more": Entry(
        zh="另有 {count} 条消息的一步没有完成：{reason}",
        en="a step of {count} more messages was not done: {reason}",
    ),
    "reaction-refused": Entry(
        zh="消息上显示不了“思考中”表情：{reason}",
        en="messages cannot show that an agent is at work: {reason}",
    ),
    "reaction-left": Entry(
        zh="消息上的“思考中”表情撤不掉，留在那里了：{reason}",
        en="a reaction could not be taken away from a message and stays: {reason}",
    ),
    "reaction-left-more": Entry(
        zh="另有 {count} 条消息上的“思考中”表情撤不掉，留在那里了：{reason}",
        en="reactions of {count} more messages could not be taken away and stay: {reason}",
    ),
    "late-answer": Entry(
        zh="智能体 {agent} 对 {msg_id} 的回答来得太晚，没有发送",
        en="the answer of {agent} to {msg_id} came too late and is not sent",
    ),
    "dropped": Entry(zh="{msg_id} 已丢弃：{reason}", en="{msg_id} dropped: {reason}"),
    "dead": Entry(
        zh="{msg_id} 无法送达，已留存：{reason}", en="{msg_id} could not be delivered and is kept: {reason}"
    ),
    "dead-more": Entry(
        zh="另有 {count} 条消息无法送达，已留存（prx-router dead list）：{reason}",
        en="{count} more messages could not be delivered and are kept (prx-router dead list): {reason}",
    ),
    "dead-retried": Entry(
        zh="{by} 重试了 {count} 条死信：{messages}",
        en="{by} had dead letters tried again ({count}): {messages}",
    ),
    "dead-dropped": Entry(
        zh="{by} 放弃了 {count} 条死信：{messages}", en="{by} gave dead letters up ({count}): {messages}"
    ),
    "stopping": Entry(
        zh="正在停止：处理完手头的消息（最多 30 秒），再次中断则立即结束",
        en="stopping: finishing what runs (30 s at most); interrupt again to end at once",
    ),
    "stopped": Entry(zh="已停止", en="stopped"),
    "stopped-at-once": Entry(
        zh="再次收到信号，立即结束；没处理完的消息下次启动后继续",
        en="stopped at once by a second signal; what is not finished goes on after the next start",
    ),
    "sandbox-page": Entry(
        zh="在浏览器里打开聊天页面（按 Ctrl-C 结束）：{url}",
        en="open the chat page in a browser (Ctrl-C ends): {url}",
    ),
    "remedy": Entry(zh="。处理办法：{remedy}", en="; what to do: {remedy}"),
    **_WORDS,
    **_WAITS,
    **service_notify.MESSAGES,
    **service_reload.MESSAGES,
}
