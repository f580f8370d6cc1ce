"""What ``validate`` prints."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

VALIDATE: dict[str, Entry] = {
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
    "validate.strict": Entry(zh="有警告也算失败（提示不算）", en="warnings fail too; notes never do"),
    "validate.select": Entry(
        zh="只看这些警告，例如 PRX4,unused-name（错误总会显示）；此时不看配置里的 ignore",
        en="of the warnings only these, such as PRX4,unused-name; errors always show; ignore of the configuration then does not count",
    ),
    "validate.ignore": Entry(
        zh="不看这些警告，例如 PRX4,unused-name", en="not these warnings, such as PRX4,unused-name"
    ),
    "validate.no-codes": Entry(
        zh="{where}：要写诊断代码，例如 PRX203", en="{where}: codes are needed, such as PRX203"
    ),
    "validate.unknown-code": Entry(
        zh="{where}：没有诊断 `{found}`；最接近的是 {near}；`prx-router codes` 列出全部",
        en="{where}: there is no diagnostic `{found}`; the nearest are {near}; `prx-router codes` lists all",
    ),
    "validate.ignored-error": Entry(
        zh="{where}：{code} 是错误，有它规则就不能用，只能改正，不能忽略",
        en="{where}: {code} is an error, which keeps rules from being used: it can be mended, not ignored",
    ),
    "validate.fix": Entry(
        zh="改好不影响规则含义的问题，写回文件",
        en="make the fixes that keep what the rules mean, in the files",
    ),
    "validate.unsafe-fixes": Entry(
        zh="同 --fix 或 --diff 一起用：也采用可能改变含义的修改建议，改后请检查",
        en="with --fix or --diff: make those, too, that may change what the rules mean; look at them afterwards",
    ),
    "validate.diff": Entry(
        zh="只显示 --fix 会改什么，不写文件", en="show what --fix would change, and write nothing"
    ),
    "validate.cache": Entry(
        zh="没有改动时用上一次的结果（在用户的缓存文件夹里，可以随时删除）",
        en="use the last result while nothing has changed; it is kept in the user's cache folder, which may be deleted at any time",
    ),
    "validate.watch": Entry(
        zh="每次保存后重新检查，按 Ctrl-C 结束", en="check again whenever a file is saved, until Ctrl-C"
    ),
    "validate.watching": Entry(
        zh="保存文件就会再检查，按 Ctrl-C 结束", en="saving a file checks again; Ctrl-C ends"
    ),
    "validate.checked-at": Entry(zh="{time} 的检查", en="checked at {time}"),
    "validate.watch-writes-nothing": Entry(
        zh="--watch 只检查，不能和 --fix、--diff 一起用",
        en="--watch only checks; it does not go with --fix or --diff",
    ),
    "validate.stdin-filename": Entry(
        zh="同 `-` 一起用，给编辑器：标准输入的内容当作这个文件，还没有保存也能检查",
        en="with `-`, for editors: take standard input as the content of this file, saved or not",
    ),
    "validate.stdin-not-asked-for": Entry(
        zh="--stdin-filename 要和 `-` 一起用：prx-router validate --stdin-filename rules/main.rules -",
        en="--stdin-filename goes with `-`: prx-router validate --stdin-filename rules/main.rules -",
    ),
    "validate.stdin-without-name": Entry(
        zh="`-` 表示标准输入，还要写明是哪个文件：prx-router validate --stdin-filename rules/main.rules -",
        en="`-` is standard input; say which file it is: prx-router validate --stdin-filename rules/main.rules -",
    ),
    "validate.stdin-and-paths": Entry(
        zh="`-` 不能和别的路径一起用：整套规则都会检查",
        en="`-` takes no other paths: the whole set is checked",
    ),
    "validate.stdin-configuration": Entry(
        zh="{name} 是配置，不能从标准输入读；可以检查规则、名单和模板文件",
        en="{name} is a configuration, which is not read from standard input; files of rules, lists and templates are",
    ),
    "validate.stdin-only-checks": Entry(
        zh="`-` 只检查，不能和 --fix、--diff、--watch 一起用",
        en="`-` only checks; it does not go with --fix, --diff or --watch",
    ),
    "validate.fixed": Entry(zh="改好 {count} 处，{files} 个文件", en="fixed: {count}, files: {files}"),
    "validate.fixes-not-asked-for": Entry(
        zh="--unsafe-fixes 要和 --fix（写回文件）或 --diff（只显示）一起用",
        en="--unsafe-fixes goes with --fix, which writes, or --diff, which only shows",
    ),
    "validate.changed-meanwhile": Entry(
        zh="文件在检查期间有改动，或不是 UTF-8 编码：什么也没有写，请再试一次",
        en="a file changed while it was checked, or is not UTF-8: nothing was written, try again",
    ),
    "validate.clean": Entry(
        zh="没有问题：{files} 个文件，{rules} 条规则{notes}",
        en="all is well: files: {files}, rules: {rules}{notes}",
    ),
    "validate.summary": Entry(
        zh="{errors} 个错误，{warnings} 个警告{notes}（{files} 个文件，{rules} 条规则）",
        en="errors: {errors}, warnings: {warnings}{notes} (files: {files}, rules: {rules})",
    ),
    "validate.read-more": Entry(
        zh="某一条的说明和例子：prx-router codes {code}；怎么写规则：prx-router guide",
        en="about one of them, with examples: prx-router codes {code}; how to write rules: prx-router guide",
    ),
    "validate.notes": Entry(zh="，{count} 条提示", en=", notes: {count}"),
}
