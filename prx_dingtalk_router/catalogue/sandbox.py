"""What the sandbox reports."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    # sandbox/prx: the simulated PRX daemon
    "prx-echo": Entry(zh="**{agent}** 收到：{message}", en="**{agent}** got: {message}"),
    "prx-echo-target": Entry(zh="会话：`{target}`", en="Conversation: `{target}`"),
    "prx-echo-earlier": Entry(zh="还记得之前的消息：", en="Earlier messages still remembered:"),
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
    "prx-started": Entry(
        zh="PRX 模拟器 `{agent}` 已经启动", en="the simulated PRX `{agent}` was started before"
    ),
    "prx-not-started": Entry(
        zh="PRX 模拟器 `{agent}` 尚未启动", en="the simulated PRX `{agent}` was never started"
    ),
}
