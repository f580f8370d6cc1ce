"""What configuration mistakes are told with."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

_FRAMES = {
    "unusable": Entry(
        zh="配置 {file} 不能使用，有 {count} 处问题：",
        en="the configuration {file} cannot be used, problems: {count}",
    ),
    "at-key": Entry(zh="{where}：{key}：{what}", en="{where}: {key}: {what}"),
    "in-file": Entry(zh="{file}：{what}", en="{file}: {what}"),
    "in-variable": Entry(zh="环境变量 {variable}：{what}", en="environment variable {variable}: {what}"),
    "entry": Entry(zh="第 {number} 项：{what}", en="entry {number}: {what}"),
    "entries": Entry(zh="{entries}", en="{entries}"),
    "where-file": Entry(zh="{file}", en="{file}"),
    "where-line": Entry(zh="{file}:{line}", en="{file}:{line}"),
    "where-variable": Entry(zh="环境变量 {variable}", en="environment variable {variable}"),
    "where-placeholders": Entry(zh="{where}（{placeholders}）", en="{where} ({placeholders})"),
    "where-default": Entry(zh="默认值", en="default"),
    "not-set": Entry(zh="（未设置）", en="(not set)"),
}

_FILES = {
    "no-such-file": Entry(zh="文件 {path} 不存在", en="there is no file {path}"),
    "file-missing": Entry(
        zh="没有这个文件（相对路径从配置所在的文件夹算起）",
        en="there is no such file (relative paths start from the folder of the configuration)",
    ),
    "is-a-folder": Entry(
        zh="{path} 是文件夹，这里要写一个文件", en="{path} is a folder; a file is needed here"
    ),
    "no-permission": Entry(zh="没有权限读取 {path}", en="no permission to read {path}"),
    "unreadable": Entry(zh="读不了 {path}：{reason}", en="cannot read {path}: {reason}"),
    "too-big": Entry(
        zh="{path} 超过 {most} 字节，不像是要读的文件",
        en="{path} has more than {most} bytes, which cannot be the file that is meant",
    ),
    "not-utf8": Entry(
        zh="第 {line} 行起不是 UTF-8 编码（可能存成了 GBK），请另存为 UTF-8",
        en="not UTF-8 from line {line} on (perhaps saved as GBK); save the file as UTF-8",
    ),
    "file-not-utf8": Entry(zh="文件 {path} 不是 UTF-8 编码", en="the file {path} is not UTF-8"),
    "path-characters": Entry(zh="路径里有不能用的字符", en="the path has a character that paths cannot have"),
}

_TOML = {
    "toml-syntax": Entry(
        zh="第 {line} 行第 {column} 列不符合 TOML 写法：{reason}",
        en="line {line}, column {column} is not TOML: {reason}",
    ),
    "toml-value": Entry(
        zh="这里应当是一个值；字符串要加英文双引号",
        en="a value should stand here; a string needs quotation marks",
    ),
    "toml-equals": Entry(zh="键后面应当是等号 =", en="after a key an equals sign should stand"),
    "toml-twice": Entry(zh="同一个键或表写了两次", en="the same key or table is written twice"),
    "toml-string": Entry(
        zh="字符串没有在同一行结束，或含有控制字符",
        en="a string does not end on its line, or has a control character in it",
    ),
    "toml-escape": Entry(
        zh="字符串里的反斜杠要写成两个 \\\\，或改用单引号",
        en="a backslash in a string is written twice, or the string takes single quotation marks",
    ),
    "toml-bracket": Entry(zh="方括号或花括号没有配对", en="a bracket or brace is not closed"),
    "toml-rest": Entry(
        zh="值后面还有多余的内容，每个键要独占一行",
        en="something follows the value; each key needs a line of its own",
    ),
    "toml-full-width": Entry(
        zh="这里用了中文（全角）符号 {character}，请改用英文（半角）符号",
        en="{character} is a full-width character; use the ASCII one",
    ),
    "toml-quote-key": Entry(
        zh='名字里有中文时要加英文双引号，例如 [agents."客服"]；字符串的值也要加',
        en='a name that is not ASCII needs quotation marks, as in [agents."客服"]; so does a string',
    ),
    "toml-deep": Entry(zh="嵌套太深，不像是一份配置", en="nested too deeply for a configuration"),
    "toml-other": Entry(zh="这里看不懂", en="this cannot be understood"),
}

_KEYS = {
    "unknown-key": Entry(zh="没有这个配置项", en="there is no such key"),
    "unknown-key-guess": Entry(
        zh="没有这个配置项，是不是想写 {guess}？", en="there is no such key; did you mean {guess}?"
    ),
    "missing": Entry(zh="必须填写", en="is required and missing"),
    "empty": Entry(zh="不能为空", en="must not be empty"),
    "channel-missing": Entry(
        zh="缺少这个表：写上 client_id 和 client_secret，或用 [prx] config 指向 PRX 的配置",
        en="this table is missing: write client_id and client_secret, or name PRX's configuration with [prx] config",
    ),
    "not-a-table": Entry(
        zh="应当是一个表，写成 [{table}]，各项写在下面",
        en="should be a table: write [{table}] and its keys below it",
    ),
    "agent-name": Entry(
        zh="智能体的名字不能为空，也不能含控制字符",
        en="the name of an agent must not be blank or have control characters",
    ),
    "wrong-type": Entry(zh="应当是{expected}，这里写的是{got}", en="should be {expected}, but is {got}"),
    "wrong-value": Entry(zh="值不对", en="is not a value that this key can have"),
    "not-one-of": Entry(zh="只能是其中之一：{choices}", en="must be one of {choices}"),
    "not-one-of-guess": Entry(
        zh='只能是其中之一：{choices}；是不是想写 "{guess}"？',
        en='must be one of {choices}; did you mean "{guess}"?',
    ),
    "at-least": Entry(zh="不能小于 {least}", en="must be at least {least}"),
    "in-flight": Entry(
        zh="应当在 1 到 {most} 之间：PRX 同时只接受 {most} 个带幂等键的请求",
        en="must be between 1 and {most}: PRX refuses more than {most} keyed requests at a time",
    ),
    "list-bare": Entry(
        zh="要写成列表，加上方括号，例如 {example}", en="must be a list: write brackets, as in {example}"
    ),
    "type-string": Entry(zh='字符串（"…"）', en='a string ("…")'),
    "type-integer": Entry(zh="整数", en="a whole number"),
    "type-float": Entry(zh="小数", en="a number with a fraction"),
    "type-boolean": Entry(zh="真假值（true 或 false）", en="true or false"),
    "type-list": Entry(zh="列表（[…]）", en="a list ([…])"),
    "type-table": Entry(zh="表", en="a table"),
    "type-time": Entry(zh="日期或时间", en="a date or time"),
}

_VALUES = {
    "duration-form": Entry(
        zh='时长写成带引号的整数加单位 ms、s、m、h 或 d，例如 "90s"、"10m"、"7d"',
        en='a duration is a whole number and ms, s, m, h or d in quotation marks, such as "90s", "10m" or "7d"',
    ),
    "duration-zero": Entry(zh="时长必须大于 0", en="the duration must be more than 0"),
    "duration-too-long": Entry(zh="时长不能超过十年", en="the duration must not be more than ten years"),
    "percentage-form": Entry(
        zh='百分比写成带引号的 0% 到 100%，例如 "20%"',
        en='a percentage is 0% to 100% in quotation marks, such as "20%"',
    ),
    "url-form": Entry(
        zh="应当是 https:// 开头的完整网址（本机可以用 http://）",
        en="should be a whole URL that begins with https:// (or http:// for this machine)",
    ),
    "url-plain": Entry(
        zh="http 只能用于本机地址（127.0.0.1、::1、localhost），其他地址要用 https",
        en="http is for loopback addresses only (127.0.0.1, ::1, localhost); use https",
    ),
    "url-credentials": Entry(
        zh="网址里不能写用户名和密码", en="the URL must not hold a user name or password"
    ),
    "url-query": Entry(zh="网址里不能有 ? 或 # 后面的部分", en="the URL must not have a query or fragment"),
    "proxy-form": Entry(
        zh="代理要写成 http://主机:端口 或 https://主机:端口（不支持 SOCKS），或留空",
        en="a proxy is written as http://host:port or https://host:port (not SOCKS), or is empty",
    ),
    "host-form": Entry(
        zh="不是主机名；写成 oapi.dingtalk.com 或 *.dingtalk.com 这样",
        en="is no host name; write it like oapi.dingtalk.com or *.dingtalk.com",
    ),
    "host-only": Entry(
        zh="只写主机名，不带 https://、端口和路径",
        en="write the host name alone, without https://, port or path",
    ),
    "host-too-wide": Entry(
        zh="范围太宽，星号后面至少要有两段，例如 *.dingtalk.com",
        en="is too wide: at least two labels must follow the asterisk, as in *.dingtalk.com",
    ),
    "listen-form": Entry(
        zh='应当是"主机:端口"，例如 "127.0.0.1:8321"', en='should be "host:port", such as "127.0.0.1:8321"'
    ),
    "listen-needs-token": Entry(
        zh="admin.listen 不是本机地址，别的机器也能访问，必须设置 token",
        en="admin.listen is not a loopback address, so other machines can reach it and a token is required",
    ),
    "token-characters": Entry(
        zh="令牌里只能有可见的 ASCII 字符，中间不能有空格和换行",
        en="a token may have visible ASCII characters only, no blanks or line breaks",
    ),
    "journal-form": Entry(
        zh='应当是 "sqlite:///文件路径" 或 "memory:"', en='should be "sqlite:///path/of/file" or "memory:"'
    ),
    "timezone-unknown": Entry(
        zh='没有这个时区，写成 "Asia/Shanghai" 这样', en='is no time zone; write it like "Asia/Shanghai"'
    ),
    "timezone-unknown-guess": Entry(
        zh='没有这个时区，是不是想写 "{guess}"？', en='is no time zone; did you mean "{guess}"?'
    ),
    "calendar-unknown": Entry(
        zh='不是已知的 ISO 国家代码，写成 "CN" 这样，不用就写 ""',
        en='is no ISO country code that is known; write it like "CN", or "" for none',
    ),
    "calendar-unknown-guess": Entry(
        zh='不是 ISO 国家代码（两个大写字母），是不是想写 "{guess}"？',
        en='is no ISO country code (two capital letters); did you mean "{guess}"?',
    ),
    "notice-empty": Entry(
        zh='不能为空；不想发送这句话就写 notice_after = ""',
        en='must not be empty; write notice_after = "" to send none',
    ),
}

_PLACEHOLDERS = {
    "variable-missing": Entry(zh="环境变量 {name} 没有设置", en="the environment variable {name} is not set"),
    "placeholder-open": Entry(
        zh="${{env:…}} 或 ${{file:…}} 缺少右花括号",
        en="the closing brace of ${{env:…}} or ${{file:…}} is missing",
    ),
    "placeholder-bare": Entry(zh="要写成 ${{env:{name}}}", en="write ${{env:{name}}}"),
    "placeholder-kind": Entry(
        zh="不认识 ${{{kind}:…}}，只有 ${{env:名字}} 和 ${{file:路径}}",
        en="${{{kind}:…}} is not known; there are ${{env:NAME}} and ${{file:PATH}}",
    ),
    "placeholder-name": Entry(
        zh="${{{kind}:}} 的冒号后面要写名字", en="a name must follow the colon of ${{{kind}:}}"
    ),
}

_OVERRIDES = {
    "override-unknown": Entry(
        zh="不对应任何配置项；写法是 PRX_ROUTER_<表>__<键>",
        en="stands for no key; the form is PRX_ROUTER_<TABLE>__<KEY>",
    ),
    "override-unknown-guess": Entry(
        zh="不对应任何配置项，是不是想写 {guess}？", en="stands for no key; did you mean {guess}?"
    ),
    "override-ambiguous": Entry(
        zh="分不清是哪一个智能体：{agents}", en="may mean more than one agent: {agents}"
    ),
    "override-boolean": Entry(zh="应当是 true 或 false", en="should be true or false"),
    "override-integer": Entry(zh="应当是整数", en="should be a whole number"),
    "override-list": Entry(
        zh='列表写成 JSON（["a", "b"]）或用逗号隔开（a,b）',
        en='write a list as JSON (["a", "b"]) or separated by commas (a,b)',
    ),
}

_PRX = {
    "prx-both": Entry(
        zh="[channels_config.dingtalk] 和 [prx] config 只能写一个",
        en="[channels_config.dingtalk] and [prx] config exclude each other; keep one",
    ),
    "prx-no-channel": Entry(
        zh="PRX 的配置里没有 [channels_config.dingtalk]",
        en="PRX's configuration has no [channels_config.dingtalk]",
    ),
    "prx-symlink": Entry(
        zh="{path} 是符号链接，PRX 不接受，这里也不接受",
        en="{path} is a symbolic link, which PRX refuses and so does the router",
    ),
    "prx-busy": Entry(
        zh="PRX 一直在改写它的配置，请稍后再试", en="PRX kept rewriting its configuration; try again later"
    ),
    "prx-generation": Entry(zh="{path} 里应当是一个整数", en="{path} should hold a whole number"),
}

MESSAGES: dict[str, Entry] = {
    **_FRAMES,
    **_FILES,
    **_TOML,
    **_KEYS,
    **_VALUES,
    **_PLACEHOLDERS,
    **_OVERRIDES,
    **_PRX,
}
