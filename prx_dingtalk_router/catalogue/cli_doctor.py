"""What ``doctor`` says around its findings."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

DOCTOR: dict[str, Entry] = {
    "doctor.help": Entry(
        zh="检查安装：规则、权限、台账、到钉钉的网络和凭证、每个智能体；每项一行，不对的写出怎么办。有一项不对就以 1 结束。",
        en="Check an installation: rules, permissions, journal, the way to DingTalk and its credentials, each agent. One line a check, "
        "with what to do where something is wrong; exit code 1 if anything is.",
    ),
    "doctor.example": Entry(
        zh="例如：prx-router doctor（也可以写 prx-router channel doctor dingtalk）",
        en="Example: prx-router doctor (or prx-router channel doctor dingtalk)",
    ),
    "doctor.json": Entry(zh="输出一个 JSON 文档", en="print one JSON document"),
    "channel.channel": Entry(zh="通道（只有 dingtalk）", en="the channel (dingtalk is the only one)"),
    "channel.other": Entry(
        zh="没有通道“{found}”：这里只有 dingtalk", en="there is no channel `{found}`, only dingtalk"
    ),
    "doctor.remedy": Entry(zh="怎么办：{remedy}", en="what to do: {remedy}"),
    "doctor.summary": Entry(
        zh="正常 {ok} 项，警告 {warning} 项，不对 {failed} 项，没有检查 {skipped} 项",
        en="ok {ok}, warnings {warning}, failed {failed}, skipped {skipped}",
    ),
    "doctor.name.rules": Entry(zh="规则", en="rules"),
    "doctor.name.allowed-users": Entry(zh="谁能使用", en="allowed users"),
    "doctor.name.notify": Entry(zh="故障通知", en="owner notice"),
    "doctor.name.secret-files": Entry(zh="密钥文件", en="secret files"),
    "doctor.name.journal": Entry(zh="消息台账", en="journal"),
    "doctor.name.hosts": Entry(zh="网络", en="network"),
    "doctor.name.host": Entry(zh="网络", en="network"),
    "doctor.name.registration": Entry(zh="钉钉注册", en="registration"),
    "doctor.name.robot-permission": Entry(zh="机器人权限", en="robot permission"),
    "doctor.name.clock": Entry(zh="时钟", en="clock"),
    "doctor.name.agent": Entry(zh="智能体", en="agent"),
    "doctor.name.agent-token": Entry(zh="token", en="token"),
    "doctor.name.agent-webhook": Entry(zh="提交", en="dispatching"),
    "doctor.name.agent-identity": Entry(zh="身份", en="identity"),
    "doctor.name.agent-version": Entry(zh="版本", en="version"),
    "doctor.name.agent-channel": Entry(zh="第二个接收者", en="second listener"),
    "doctor.name.agent-limits": Entry(zh="限额", en="limits"),
    "doctor.name.agent-memory": Entry(zh="单聊保存", en="private talk"),
    "channel.help": Entry(
        zh="检查钉钉通道和它后面的一切，同 prx-router doctor。",
        en="Check the DingTalk channel and all that is behind it, as prx-router doctor does.",
    ),
    "channel.example": Entry(
        zh="例如：prx-router channel doctor dingtalk", en="Example: prx-router channel doctor dingtalk"
    ),
}
