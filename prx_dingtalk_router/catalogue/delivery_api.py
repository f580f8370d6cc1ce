"""What calls of DingTalk's API report, and what an operator can do about it."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

API: dict[str, Entry] = {
    "call-refused": Entry(
        zh="钉钉没有受理（错误码 {code}{said}）", en="DingTalk refused the call (error code {code}{said})"
    ),
    "call-unreachable": Entry(zh="连接不上钉钉", en="DingTalk cannot be reached"),
    "call-unknown": Entry(
        zh="与钉钉的连接中断或应答不完整，无法确定是否生效",
        en="the connection to DingTalk broke or its answer cannot be read, it is unknown whether the call had an effect",
    ),
    "no-token": Entry(
        zh="取不到机器人的访问凭证 access token（错误码 {code}{said}）",
        en="there is no access token for the robot (error code {code}{said})",
    ),
    "budget-observer-failed": Entry(
        zh="内部错误：通报本月用量时出错", en="internal error: an observer of the month's budget failed"
    ),
    "webhook-unused": Entry(
        zh="有消息的会话 Webhook 不在 `webhook_hosts` 之列，不会使用；{remedy}",
        en="the session webhook of a message is at a host that is not among `webhook_hosts`, and is not used; {remedy}",
    ),
    "reply-no-token": Entry(
        zh="回复发不出去：取不到机器人的访问凭证 access token（错误码 {code}{said}）",
        en="the reply cannot be sent: there is no access token for the robot (error code {code}{said})",
    ),
    "no-staff-id": Entry(
        zh="回复发不出去：会话 Webhook 已失效，而对方没有员工号（组织外的人），机器人接口无法单聊",
        en="the reply cannot be sent: the session webhook is gone, and the robot API reaches nobody without a staff ID in private",
    ),
    "reply-flow-controlled": Entry(
        zh="钉钉暂时限制了发给这个人的消息，回复未能发出",
        en="DingTalk holds back messages to this person for now, the reply was not sent",
    ),
    "reply-invalid-person": Entry(
        zh="回复发不出去：钉钉说没有这个人，或机器人对其不可见",
        en="the reply cannot be sent: DingTalk knows no such person, or the robot is not visible to them",
    ),
    "reply-filtered": Entry(
        zh="回复发不出去：钉钉把这个人过滤掉了，例如对方屏蔽了机器人",
        en="the reply cannot be sent: DingTalk left this person out, for example because they blocked the robot",
    ),
    "conversation-full": Entry(
        zh="这个会话里已有 {most} 条回复在等着发送，这一条没有再排队",
        en="{most} replies wait in this conversation already, this one was not put in line",
    ),
    "remedy-fewer-replies": Entry(
        zh="钉钉每分钟只收每个会话 20 条；用 `at most` 减少回复，或检查是否有程序在群里刷消息",
        en="DingTalk takes 20 a minute of each conversation: let `at most` hold back replies, and see whether a program floods the group",
    ),
    "remedy-flow-control": Entry(
        zh="钉钉对这个人做了流控，过一段时间会恢复；减少发给这个人的消息",
        en="DingTalk's flow control of this person ends by itself; send them fewer messages",
    ),
    "remedy-credentials": Entry(
        zh="核对 [channels_config.dingtalk] 里的 client_id 和 client_secret，密钥可能已经重置",
        en="check client_id and client_secret in [channels_config.dingtalk]: the secret may have been reset",
    ),
    "remedy-permission": Entry(
        zh="到开放平台给应用开通权限 qyapi_robot_sendmsg（企业内机器人发送消息权限），并发布新版本",
        en="grant the app the permission qyapi_robot_sendmsg in the developer console, and publish a new version",
    ),
    "remedy-ip-list": Entry(
        zh="到开放平台把本机的出口 IP 加到应用的服务器出口 IP 里",
        en="add the public address of this machine to the app's list of server addresses in the developer console",
    ),
    "remedy-muted": Entry(
        zh="机器人被禁言，请群主或管理员解除",
        en="the robot is muted: the group's owner or an administrator can lift it",
    ),
    "remedy-receiver": Entry(
        zh="对方可能已离职，或不在机器人的可见范围内；请到开放平台检查应用的可见范围",
        en="the person may have left, or the robot is not visible to them: check the scope of the app in the developer console",
    ),
    "remedy-private-robot": Entry(
        zh="机器人不能主动发单聊消息，请到开放平台检查机器人是否已启用并发布",
        en="the robot may not write to people: check in the developer console that it is enabled and published",
    ),
    "remedy-robot-code": Entry(
        zh="robotCode 不属于这个应用：核对 client_id 与机器人是否是同一个应用",
        en="the robotCode is not this app's: check that client_id and the robot belong to the same app",
    ),
    "remedy-api-setup": Entry(
        zh="到开放平台检查应用和机器人的设置（机器人能力、消息接收模式、发布状态）",
        en="check app and robot in the developer console (robot capability, message mode, published version)",
    ),
    "remedy-report": Entry(
        zh="这是路由器的缺陷，请把错误码报告给维护者",
        en="a defect of the router: please report the error code",
    ),
}
