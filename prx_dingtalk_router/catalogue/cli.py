"""What commands print."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "help": Entry(
        zh="按规则把钉钉机器人收到的消息交给 PRX 智能体、固定回复或丢弃。",
        en="Routes what a DingTalk bot receives to PRX agents, canned replies or nowhere, by rules.",
    ),
    "defect": Entry(
        zh="内部错误 {kind}（{place}）。这是程序的缺陷，请报告；设置 PRX_ROUTER_TRACEBACK=1 可看到详细位置",
        en="internal error {kind} ({place}). This is a defect of the program, please report it; PRX_ROUTER_TRACEBACK=1 shows where",
    ),
    "no-configuration": Entry(
        zh="没有找到配置：请用 --config 指定，或在本文件夹或上级文件夹放 prx-router.toml（试用请运行 `prx-router run --sandbox`）",
        en="no configuration found: name one with --config, or put a prx-router.toml into this folder or one above (to try it out: `prx-router run --sandbox`)",
    ),
    "unreadable": Entry(zh="无法读取 {path}：{why}", en="{path} cannot be read: {why}"),
    "rules-with-errors": Entry(
        zh="规则 {path} 有 {errors} 个错误，用 `prx-router validate` 查看详情",
        en="the rules {path} have errors ({errors}); `prx-router validate` shows them in full",
    ),
    "everybody-admitted": Entry(
        zh="没有配置 allowed_users：按允许所有人计算",
        en="no configuration says who may use the bot: everybody is admitted",
    ),
    "severity.error": Entry(zh="错误", en="error"),
    "severity.warning": Entry(zh="警告", en="warning"),
    "advice": Entry(zh="建议：", en="help: "),
    "repair": Entry(zh="修复：", en="fix: "),
    "option.config": Entry(
        zh="配置文件（默认：PRX_ROUTER_CONFIG，否则本文件夹或上级文件夹里的 prx-router.toml）",
        en="the configuration (default: PRX_ROUTER_CONFIG, else prx-router.toml here or in a folder above)",
    ),
    "option.rules": Entry(
        zh="规则文件或文件夹，代替配置里的", en="rules file or folder instead of the configuration's"
    ),
    "option.lang": Entry(zh="显示语言", en="the language of what is shown"),
    "option.no-color": Entry(zh="不用颜色", en="no colour"),
    "option.json": Entry(zh="输出 JSON，每行一项", en="print JSON, one item a line"),
    "validate.help": Entry(
        zh="检查规则；有配置时也对照配置检查。",
        en="Check rules, and against the configuration when there is one.",
    ),
    "validate.example": Entry(
        zh="例如：prx-router validate rules --strict", en="Example: prx-router validate rules --strict"
    ),
    "validate.paths": Entry(
        zh="规则文件或文件夹（默认：配置里的规则，否则 rules）",
        en="rules files or folders (default: those of the configuration, else rules)",
    ),
    "validate.format": Entry(zh="输出形式", en="how to show what is found"),
    "validate.json": Entry(zh="同 --format json", en="the same as --format json"),
    "validate.strict": Entry(zh="有警告也算失败", en="warnings fail too"),
    "validate.clean": Entry(
        zh="没有问题：{files} 个文件，{rules} 条规则", en="all is well: files: {files}, rules: {rules}"
    ),
    "validate.summary": Entry(
        zh="{errors} 个错误，{warnings} 个警告（{files} 个文件，{rules} 条规则）",
        en="errors: {errors}, warnings: {warnings} (files: {files}, rules: {rules})",
    ),
    "replay.help": Entry(
        zh="对记录下来的回调逐条做出决定，不发送任何消息。",
        en="Decide recorded callbacks, one a line, sending nothing.",
    ),
    "replay.example": Entry(
        zh="例如：prx-router replay callbacks.jsonl --json",
        en="Example: prx-router replay callbacks.jsonl --json",
    ),
    "replay.file": Entry(
        zh="每行一个机器人回调（JSON）；- 表示标准输入",
        en="bot callbacks as JSON, one a line; - for standard input",
    ),
    "replay.summary": Entry(zh="只显示各规则的条数", en="only a table of rules and counts"),
    "replay.bad-line": Entry(zh="第 {line} 行：{problem}", en="line {line}: {problem}"),
    "replay.rule": Entry(zh="规则", en="rule"),
    "replay.count": Entry(zh="条数", en="count"),
    "run.help": Entry(zh="运行路由器。", en="Run the router."),
    "run.example": Entry(
        zh="例如：prx-router run --sandbox（无需钉钉和 PRX，带聊天页面）",
        en="Example: prx-router run --sandbox (no DingTalk, no PRX, with a page to chat on)",
    ),
    "run.sandbox": Entry(
        zh="在本机模拟钉钉和 PRX 智能体，并提供聊天页面",
        en="DingTalk and PRX agents simulated on this machine, with a page to chat on",
    ),
    "run.once": Entry(zh="第一次空闲满一秒就结束", en="end after the first idle second"),
    "run.port": Entry(zh="聊天页面的端口（0：任意空闲端口）", en="port of the chat page (0: any free one)"),
}
