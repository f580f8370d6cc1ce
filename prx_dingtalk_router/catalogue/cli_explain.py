"""What ``explain`` says of its options, and around an explanation."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

EXPLAIN: dict[str, Entry] = {
    "explain.help": Entry(
        zh="说明一条消息由哪条规则接走、为什么，差一点就接走的是哪些，改什么就能接走。",
        en="Say which rule takes a message and why, which ones nearly did, and what to change for them to take it.",
    ),
    "explain.example": Entry(
        zh="""\b
例如：prx-router explain "VPN 密码重置" --from u1003 --group
      prx-router explain "VPN 密码重置" --why-not vpn
      prx-router explain --file 简历.pdf""",
        en="""\b
Example: prx-router explain "VPN password reset" --from u1003 --group
         prx-router explain "VPN password reset" --why-not vpn
         prx-router explain --file cv.pdf""",
    ),
    "explain.text": Entry(zh="消息文字", en="what is said"),
    "explain.message": Entry(
        zh="含一个机器人回调的 JSON 文件，代替消息文字和描述消息的各项",
        en="a JSON file with a bot callback, instead of the text and what describes it",
    ),
    "explain.from": Entry(
        zh="发送者的 staff ID（默认 test-user）", en="the sender's staff ID (default test-user)"
    ),
    "explain.external": Entry(zh="发送者是组织外的人", en="the sender is from outside the organisation"),
    "explain.named": Entry(zh="发送者的昵称", en="the sender's nick"),
    "explain.group": Entry(zh="群聊还是单聊", en="in a group or in private"),
    "explain.title": Entry(zh="群名称", en="the group's title"),
    "explain.type": Entry(
        zh="消息类型（默认 text，有图片时 richText，有文件时 file）",
        en="the type of message (default text, richText with a picture, file with a file)",
    ),
    "explain.at": Entry(
        zh="发送时间，如 2026-11-20 20:30（默认现在）", en="when, as in 2026-11-20 20:30 (default now)"
    ),
    "explain.pictured": Entry(zh="里面有图片", en="there is a picture in it"),
    "explain.mentioned": Entry(
        zh="@ 了机器人，或没有（群里默认 @ 了）",
        en="the robot was mentioned, or not; in a group it is unless said otherwise",
    ),
    "explain.admin": Entry(zh="发送者是管理员", en="the sender is an administrator"),
    "explain.json": Entry(zh="输出 JSON", en="print JSON"),
    "explain.nothing": Entry(
        zh='请写出消息文字，或用 --message 指定文件：prx-router explain "…"',
        en='say what the message is, or name a file with --message: prx-router explain "…"',
    ),
    "explain.both": Entry(
        zh="消息文字和描述消息的选项不能与 --message 一起写：那个文件里已经有整条消息",
        en="give either a text or --message, without options that describe the message: the file holds the whole of it",
    ),
    "explain.not-json": Entry(zh="{path} 不是 JSON（UTF-8）", en="{path} is not JSON in UTF-8"),
    "explain.time": Entry(
        zh="`{found}` 不是时间，请写成 2026-11-20 20:30",
        en="`{found}` is no time; write it as 2026-11-20 20:30",
    ),
    "explain.shadow": Entry(zh="(shadow)", en="(shadow)"),
    "explain.file": Entry(
        zh="一个文件的名字：消息就是发来这个文件", en="the name of a file: the message is that file"
    ),
    "explain.quoting": Entry(zh="引用了哪句话", en="the message that it quotes"),
    "explain.conversation": Entry(zh="会话 ID", en="the conversation's id"),
    "explain.why-not": Entry(
        zh="只问一条规则：它为什么没有接走，改什么它就会接走",
        en="ask about one rule: why it did not take the message, and what to change",
    ),
    "explain.all": Entry(zh="没有接走的规则也逐条列出", en="list each rule that did not take the message"),
    "explain.unknown-type": Entry(
        zh="没有 `{found}` 这种消息类型；已知的有：{known}",
        en="no message has the type `{found}`; known ones: {known}",
    ),
    "explain.read-as": Entry(zh="规则看到的是{read}", en="rules read it as {read}"),
    "explain.of-type": Entry(zh="类型 {type}", en="type {type}"),
    "explain.quoting-said": Entry(zh="引用{quoted}", en="quoting {quoted}"),
    "explain.file-named": Entry(zh="文件 {name}", en="file {name}"),
    "explain.sender": Entry(zh="{name}（{id}）", en="{name} ({id})"),
    "explain.about": Entry(zh="（{about}）", en=" ({about})"),
    "explain.of-rule": Entry(zh="（规则 {rule}）", en=" (rule {rule})"),
    "explain.semicolon": Entry(zh="；", en="; "),
    "explain.why-not-heading": Entry(zh="规则 {rule} 呢？", en="what about {rule}?"),
    "explain.near-heading": Entry(
        zh="差一点就接走的规则（改一处就成立）：", en="rules that nearly took it (one change and they hold):"
    ),
    "explain.missed-heading": Entry(zh="问过但不成立的规则：", en="rules that were asked and do not hold:"),
    "explain.more-missed": Entry(
        zh="✗ 共 {count} 条：{rules}…（--all 逐条列出，--why-not 规则名 只问一条）",
        en="✗ {count} rules: {rules} … (--all lists each, --why-not RULE asks about one)",
    ),
    "explain.more-later": Entry(
        zh="后面还有 {count} 条规则也成立", en="{count} more rules that come later hold as well"
    ),
    "explain.no-such-rule": Entry(zh="没有规则 `{found}`{meant}", en="there is no rule `{found}`{meant}"),
    "explain.meant": Entry(zh="；是不是想写 `{meant}`？", en="; did you mean `{meant}`?"),
    "explain.type-meant": Entry(
        zh="没有 `{found}` 这种消息类型；是不是想写 `{meant}`？已知的有：{known}",
        en="no message has the type `{found}`; did you mean `{meant}`? Known ones: {known}",
    ),
}
