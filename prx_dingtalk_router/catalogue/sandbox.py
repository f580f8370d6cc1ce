"""What the sandbox reports."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    # sandbox/prx: the simulated PRX daemon
    "prx-fault-unknown": Entry(
        zh="PRX 模拟器没有故障开关 `{name}`，可用的有：{known}",
        en="the simulated PRX has no fault `{name}`; known faults: {known}",
    ),
    "prx-fault-value": Entry(
        zh="故障开关 `{name}` 不接受 `{value}`，应为：{expected}",
        en="fault `{name}` does not take `{value}`; expected {expected}",
    ),
    "prx-listen": Entry(
        zh="PRX 模拟器无法监听 {host}:{port}：{reason}",
        en="the simulated PRX cannot listen on {host}:{port}: {reason}",
    ),
    "prx-public": Entry(
        zh="{host} 不是本机回环地址：PRX 只在 `allow_public_bind = true` 时才监听这样的地址",
        en="{host} is not loopback: PRX listens there only with `allow_public_bind = true`",
    ),
    "prx-started": Entry(
        zh="PRX 模拟器 `{agent}` 已经启动", en="the simulated PRX `{agent}` was started before"
    ),
    "prx-not-started": Entry(
        zh="PRX 模拟器 `{agent}` 没有在运行", en="the simulated PRX `{agent}` is not running"
    ),
    # sandbox/page: the chat page
    "page-listen": Entry(
        zh="聊天页面无法监听 {host}:{port}：{reason}",
        en="the chat page cannot listen on {host}:{port}: {reason}",
    ),
    "page-started": Entry(zh="聊天页面已经启动", en="the chat page was started before"),
    "page-request": Entry(zh="看不懂页面的请求", en="the page asked for something that is not understood"),
    "page-field": Entry(zh="请求里的 `{name}` 不对", en="`{name}` in the request is not right"),
    "page-not-member": Entry(
        zh="{person} 不在会话「{conversation}」里", en="{person} is not in the conversation `{conversation}`"
    ),
    "page-too-long": Entry(
        zh="消息太长，最多 {limit} 个字符", en="the message is too long; at most {limit} characters"
    ),
    "page-no-router": Entry(
        zh="这里没有路由器，说不出消息会去哪里",
        en="there is no router here that could tell where a message goes",
    ),
    "page-nick": Entry(
        zh="姓名不能空着，最多 {limit} 个字符", en="a name is needed, of at most {limit} characters"
    ),
    "page-staff-id": Entry(
        zh="工号不能空着，不能有空格、引号和 $，最多 {limit} 个字符",
        en="a staff ID is needed, without blanks, quotes and $, of at most {limit} characters",
    ),
    "page-no-stream": Entry(zh="现在没有连接可以断开", en="there is no connection to close"),
    "page-no-simulator": Entry(zh="没有名为 `{name}` 的模拟器", en="there is no simulator named `{name}`"),
    "world-started": Entry(zh="沙箱已经启动", en="the sandbox was started before"),
    "world-agents": Entry(zh="智能体 `{name}` 出现了两次", en="agent `{name}` is named twice"),
    # sandbox/dingtalk: the simulated DingTalk
    "dingtalk-address": Entry(
        zh="DingTalk 模拟器无法监听 {host}:{port}：{why}",
        en="the simulated DingTalk cannot listen on {host}:{port}: {why}",
    ),
    "dingtalk-empty-directory": Entry(
        zh="通讯录里至少要有一个应用和一个人", en="the directory needs an application and a person"
    ),
    "dingtalk-fault-value": Entry(
        zh="故障开关 `{name}` 不接受 `{value}`，应为：{wanted}",
        en="fault `{name}` does not take `{value}`; expected {wanted}",
    ),
    "dingtalk-group-type": Entry(
        zh="群里不能给机器人发 `{type}` 消息，可用的有：{known}",
        en="a robot in a group gets no `{type}` messages; possible types: {known}",
    ),
    "dingtalk-message-type": Entry(
        zh="没有 `{type}` 这种消息，可用的有：{known}",
        en="there is no message type `{type}`; known types: {known}",
    ),
    "dingtalk-no-member": Entry(
        zh="{name} 不在会话「{conversation}」里", en="{name} is not in the conversation `{conversation}`"
    ),
    "dingtalk-not-running": Entry(zh="DingTalk 模拟器没有在运行", en="the simulated DingTalk is not running"),
    "dingtalk-running": Entry(zh="DingTalk 模拟器已经启动", en="the simulated DingTalk was started before"),
    "dingtalk-same-id": Entry(zh="通讯录里 `{id}` 出现了两次", en="`{id}` is in the directory twice"),
    "dingtalk-speed": Entry(
        zh="速度必须大于 0，不能是 {speed}", en="the speed must be greater than 0, not {speed}"
    ),
    "dingtalk-unknown-conversation": Entry(
        zh="没有会话 `{id}`，已有的群：{known}", en="there is no conversation `{id}`; known groups: {known}"
    ),
    "dingtalk-unknown-fault": Entry(
        zh="DingTalk 模拟器没有故障开关 `{name}`，可用的有：{known}",
        en="the simulated DingTalk has no fault `{name}`; known faults: {known}",
    ),
    "dingtalk-unknown-person": Entry(
        zh="通讯录里没有 `{name}`，已有的人：{known}", en="nobody is `{name}`; known people: {known}"
    ),
    "dingtalk-unknown-quote": Entry(
        zh="这个会话里没有被引用的消息 `{id}`", en="the quoted message `{id}` is not in this conversation"
    ),
    "dingtalk-unknown-robot": Entry(zh="没有机器人 `{code}`", en="there is no robot `{code}`"),
}
