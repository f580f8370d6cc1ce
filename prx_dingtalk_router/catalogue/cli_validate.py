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
    "validate.strict": Entry(zh="有警告也算失败", en="warnings fail too"),
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
    "validate.clean": Entry(
        zh="没有问题：{files} 个文件，{rules} 条规则", en="all is well: files: {files}, rules: {rules}"
    ),
    "validate.summary": Entry(
        zh="{errors} 个错误，{warnings} 个警告（{files} 个文件，{rules} 条规则）",
        en="errors: {errors}, warnings: {warnings} (files: {files}, rules: {rules})",
    ),
}
