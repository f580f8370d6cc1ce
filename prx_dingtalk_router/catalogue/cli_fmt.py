"""What ``fmt`` prints."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

FMT: dict[str, Entry] = {
    "fmt.help": Entry(
        zh="把规则文件排成统一的版式：注释保留，含义不变。",
        en="Write files of rules in their canonical layout: comments stay, and so does what the rules mean.",
    ),
    "fmt.example": Entry(
        zh="例如：prx-router fmt rules；只看会改什么：prx-router fmt --diff rules",
        en="Example: prx-router fmt rules; only show what would change: prx-router fmt --diff rules",
    ),
    "fmt.paths": Entry(
        zh="规则文件，或文件夹（其中所有 .rules 文件）；- 表示从标准输入读、写到标准输出（默认：配置里的规则，否则 rules）",
        en="files of rules, or folders (all .rules files below); - reads standard input and writes standard output "
        "(default: those of the configuration, else rules)",
    ),
    "fmt.check": Entry(
        zh="不写文件，只列出版式不对的文件；有则退出码为 1",
        en="write nothing, list the files that would change; exit code 1 if there are any",
    ),
    "fmt.diff": Entry(
        zh="不写文件，只显示会改什么；有则退出码为 1",
        en="write nothing, show what would change; exit code 1 if anything would",
    ),
    "fmt.changed": Entry(zh="已排好 {path}", en="formatted {path}"),
    "fmt.would-change": Entry(zh="版式不对 {path}", en="would change {path}"),
    "fmt.done": Entry(
        zh="排好 {changed} 个文件，{unchanged} 个本来就好，{faulty} 个有语法错误、没有动",
        en="formatted: {changed}, already in order: {unchanged}, left alone for syntax errors: {faulty}",
    ),
    "fmt.checked": Entry(
        zh="版式不对的文件 {changed} 个，{unchanged} 个没问题，{faulty} 个有语法错误",
        en="would change: {changed}, in order: {unchanged}, with syntax errors: {faulty}",
    ),
    "fmt.syntax-error": Entry(
        zh="{where}：{code} {problem}；这个文件没有动，先改正（`prx-router validate` 有说明）",
        en="{where}: {code} {problem}; this file was left as it is: mend it first (`prx-router validate` says how)",
    ),
    "fmt.stdin-alone": Entry(
        zh="- 表示标准输入，不能和其他文件一起写", en="- is standard input and cannot go with other files"
    ),
    "fmt.no-files": Entry(zh="{path} 里没有 .rules 文件", en="there are no .rules files in {path}"),
    "fmt.too-large": Entry(
        zh="{path} 超过 {limit} MB；请拆成几个文件，用 use 引用",
        en="{path} has more than {limit} MB; split it into files and name them with `use`",
    ),
    "fmt.not-utf-8": Entry(
        zh="{path} 不是 UTF-8 编码（第 {offset} 个字节起）；请另存为 UTF-8",
        en="{path} is not UTF-8 (from byte {offset} on); save it as UTF-8",
    ),
    "fmt.no-such-file": Entry(zh="没有 {path}", en="there is no {path}"),
    "fmt.unwritable": Entry(zh="无法写入 {path}：{why}", en="{path} cannot be written: {why}"),
}
