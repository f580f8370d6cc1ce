"""What the commands say that look into the journal."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

JOURNAL: dict[str, Entry] = {
    "option.since": Entry(
        zh="只看这段时间以来的，例如 1d、12h", en="only what came within this time, such as 1d or 12h"
    ),
    "since-form": Entry(
        zh="--since 要写成整数加单位，例如 1d、12h、30m，而不是“{written}”",
        en="--since takes a whole number and a unit, such as 1d, 12h or 30m, not `{written}`",
    ),
    "journal-in-memory": Entry(
        zh="配置里的消息台账只在内存里（[journal] url），没有可读的记录",
        en="the journal of this configuration is in memory only (url in [journal]): there is nothing to read",
    ),
    "no-journal": Entry(
        zh="还没有消息台账 {path}：路由器用这份配置运行过之后才有",
        en="there is no journal {path} yet: it is made when the router runs with this configuration",
    ),
    "journal-unreadable": Entry(zh="{problem}", en="{problem}"),
    "export.help": Entry(
        zh="把消息台账里记录的回调导出为 JSON 行（不含会话 webhook）。",
        en="Write the callbacks recorded in the journal as JSON lines, without session webhooks.",
    ),
    "export.example": Entry(
        zh="例如：prx-router export --since 1d --redact > calls.jsonl",
        en="Example: prx-router export --since 1d --redact > calls.jsonl",
    ),
    "export.redact": Entry(
        zh="文字、姓名和各种 id 换成带密钥的散列值：相同的仍然相同，但看不出是什么；每次导出的密钥不同",
        en="replace texts, names and ids by keyed hashes: equal ones stay equal and nothing else can be told; each export has "
        "a key of its own",
    ),
    "replay.journal": Entry(
        zh="不读文件，读消息台账里记录的回调", en="the callbacks recorded in the journal instead of a file"
    ),
    "replay.file-or-journal": Entry(
        zh="请给出一个文件，或者用 --journal（不能两者都要）",
        en="name a file, or use --journal, and not both",
    ),
    "replay.since-without-journal": Entry(
        zh="--since 只能和 --journal 一起用", en="--since goes with --journal only"
    ),
}
