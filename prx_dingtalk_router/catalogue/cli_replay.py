"""What ``replay`` prints."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

REPLAY: dict[str, Entry] = {
    "replay.help": Entry(
        zh="对记录下来的回调逐条做出决定，不发送任何消息。",
        en="Decide recorded callbacks, one a line, sending nothing.",
    ),
    "replay.example": Entry(
        zh="例如：prx-router replay callbacks.jsonl --json；prx-router replay --journal --since 1d --summary",
        en="Example: prx-router replay callbacks.jsonl --json; prx-router replay --journal --since 1d --summary",
    ),
    "replay.file": Entry(
        zh="每行一个机器人回调（JSON）；- 表示标准输入",
        en="bot callbacks as JSON, one a line; - for standard input",
    ),
    "replay.summary": Entry(
        zh="只列出各条规则的条数、占比和一条消息",
        en="only a table: each rule with its count, its share and one message",
    ),
    "replay.against": Entry(
        zh="和另一套规则（原来的）比较，只列出决定不同的消息，按“原来的规则 → 现在的规则”分组；有不同时退出码为 1",
        en="compare with another set, as it was before: only what is decided differently, grouped by rule before → rule "
        "now; exit code 1 if anything is",
    ),
    "replay.max-changed": Entry(
        zh="与 --against 同用：决定不同的消息不超过百分之几就算通过（默认 0）",
        en="with --against: so many percent of the messages may be decided differently (default: 0)",
    ),
    "replay.max-without-against": Entry(
        zh="--max-changed 要和 --against 一起用", en="--max-changed goes with --against"
    ),
    "replay.against-one": Entry(zh="{path} 不是一套规则", en="{path} is not one set of rules"),
    "replay.deciding": Entry(zh="正在逐条决定", en="deciding"),
    "replay.share": Entry(zh="占比", en="share"),
    "replay.sample": Entry(zh="其中一条", en="one of them"),
    "replay.line": Entry(zh="第 {line} 行", en="line {line}"),
    "replay.other-steps": Entry(zh="规则没变，做的事变了", en="the same rule, which does something else"),
    "replay.more-groups": Entry(zh="……另有 {count} 组", en="… and {count} more groups"),
    "replay.changed": Entry(
        zh="{count} 条消息里有 {changed} 条决定不同（{share}）",
        en="{changed} of {count} messages are decided differently ({share})",
    ),
    "replay.bad-line": Entry(zh="第 {line} 行：{problem}", en="line {line}: {problem}"),
    "replay.rule": Entry(zh="规则", en="rule"),
    "replay.count": Entry(zh="条数", en="count"),
}
