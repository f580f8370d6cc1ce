"""What diagnostics of the rules language say: the sentence under its name, the advice under ``<name>.help``."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.language_values import VALUES
from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    **VALUES,
    # text and syntax
    "unreadable-file": Entry(zh="无法读取 `{file}`：{why}", en="`{file}` cannot be read: {why}"),
    "unreadable-file.help": Entry(
        zh="检查文件名和路径；路径相对于写着它的那个文件",
        en="check the name; paths are relative to the file that names them",
    ),
    "wrong-encoding": Entry(
        zh="`{file}` 不是 UTF-8 编码（从第 {offset} 字节起），看起来是 {encoding}",
        en="`{file}` is not UTF-8 (from byte {offset} on); it looks like {encoding}",
    ),
    "wrong-encoding.help": Entry(zh="用编辑器把文件另存为 UTF-8", en="save the file as UTF-8 in your editor"),
    "unexpected": Entry(
        zh="这里不能写 {found}，应为：{expected}{hint}",
        en="{found} cannot stand here; expected {expected}{hint}",
    ),
    "unfinished": Entry(
        zh="`{opener}` 没有写完，后面还应有：{expected}",
        en="this `{opener}` is not finished; expected {expected} after it",
    ),
    "keyword-as-name": Entry(
        zh="`{word}` 是关键字，不能用作名称", en="`{word}` is a keyword and cannot be a name"
    ),
    "keyword-as-name.help": Entry(
        zh='换一个名称，例如 `my-{word}`；智能体的名称可以加引号：`agent "{word}"`',
        en='take another name, such as `my-{word}`; an agent\'s name may be quoted: `agent "{word}"`',
    ),
    "unclosed-string": Entry(zh="这段文字缺少结尾的 `{quotes}`", en="this string has no closing `{quotes}`"),
    "unclosed-string.help": Entry(
        zh='用 `"` 写的文字不能换行；多行文字请用 `"""` … `"""`',
        en='a `"` string ends on its line; several lines go between `"""` and `"""`',
    ),
    "unknown-escape": Entry(zh="`{found}` 不是可用的转义", en="`{found}` is no escape"),
    "unknown-escape.help": Entry(
        zh='可用的转义：`\\"`、`\\\\`、`\\n`、`\\t`、`\\u{{1F600}}`；要写反斜杠本身请写 `\\\\`',
        en='the escapes are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{{1F600}}`; a backslash itself is `\\\\`',
    ),
    "unclosed-expression": Entry(
        zh="这个表达式没有以 `/` 正确结束", en="this expression does not end properly with `/`"
    ),
    "unclosed-expression.help": Entry(
        zh="写成 `/…/` 或 `/…/i`，其后须为空格、`)`、`,` 或 `]`；表达式内的斜杠写作 `\\/`",
        en="write `/…/` or `/…/i`, followed by a blank, `)`, `,` or `]`; a slash inside is `\\/`",
    ),
    "unknown-flag": Entry(zh="表达式不认识标志 `{flags}`", en="an expression knows no flag `{flags}`"),
    "unknown-flag.help": Entry(
        zh="唯一的标志是 `i`（不区分大小写）", en="the one flag is `i`: upper and lower case are the same"
    ),
    "malformed-number": Entry(zh="看不懂 `{found}`", en="`{found}` is no number, duration, date or time"),
    "malformed-number.help": Entry(
        zh="时长写作 `500ms`、`10s`、`5m`、`2h`、`1d`，时间写作 `09:00-18:00`，日期写作 `2027-02-05`，比例写作 `10%`",
        en="durations are `500ms`, `10s`, `5m`, `2h`, `1d`, times `09:00-18:00`, dates `2027-02-05`, shares `10%`",
    ),
    "foreign-operator": Entry(
        zh="这里不用 `{found}`，请写 `{instead}`", en="`{found}` is written `{instead}` here"
    ),
    "foreign-quotes": Entry(
        zh="文字要用英文双引号，不能用 `{found}`", en="strings take straight double quotes, not `{found}`"
    ),
    "foreign-quotes.help": Entry(zh='写成 `"…"`', en='write `"…"`'),
    "foreign-punctuation": Entry(
        zh="`{found}` 是全角标点，请改用 `{instead}`",
        en="`{found}` is full-width punctuation; write `{instead}`",
    ),
    "unknown-character": Entry(
        zh="这里不能出现字符 `{found}`", en="the character `{found}` means nothing here"
    ),
    "unknown-character.help": Entry(
        zh="文字要放在双引号里，注释以 `#` 开头", en="texts go between double quotes, comments begin with `#`"
    ),
    "wide-blank": Entry(
        zh="这里有一个全角或不间断空格（{character}），已当作普通空格",
        en="this is a full-width or no-break blank ({character}), taken for an ordinary one",
    ),
    "unknown-version": Entry(
        zh="规则语言版本 {version} 需要更新的 prx-router；本程序只支持版本 {known}",
        en="version {version} of the rules language needs a newer prx-router; this one knows version {known}",
    ),
    "misplaced-version": Entry(
        zh="`language` 必须是文件的第一条声明", en="`language` must be the first declaration of its file"
    ),
    "no-declaration": Entry(zh="`{found}` 不能作为声明的开头", en="`{found}` does not begin a declaration"),
    "no-declaration.help": Entry(
        zh="声明以这些词开头：`rule`、`otherwise`、`denied`、`list`、`pattern`、`hours`、`condition`、`template`、`use`、`test`",
        en="a declaration begins with `rule`, `otherwise`, `denied`, `list`, `pattern`, `hours`, `condition`, `template`, `use` or `test`",
    ),
    # names
    "undeclared-name": Entry(
        zh="没有名为 `{name}` 的{kind}{hint}", en="there is no {kind} called `{name}`{hint}"
    ),
    "declared-twice": Entry(zh="{kind} `{name}` 声明了两次", en="the {kind} `{name}` is declared twice"),
    "declared-twice.help": Entry(zh="改名，或删去其中一个", en="rename or remove one of the two"),
    "unused-name": Entry(zh="{kind} `{name}` 没有被用到", en="the {kind} `{name}` is never used"),
    "outside-folder": Entry(
        zh="`{file}` 在规则文件夹 `{folder}` 之外",
        en="`{file}` lies outside the folder of the rules, `{folder}`",
    ),
    "outside-folder.help": Entry(
        zh="把文件移到入口文件所在的文件夹里", en="move it into the folder of the entry file"
    ),
    "include-cycle": Entry(zh="文件互相引用：{chain}", en="files use each other in a circle: {chain}"),
    "include-depth": Entry(zh="`use` 最多嵌套 {limit} 层", en="`use` may be nested {limit} deep at most"),
    "used-twice": Entry(
        zh="`{file}` 已经引用过，这里不再读入", en="`{file}` is in use already and not read again here"
    ),
    "look-alike-names": Entry(
        zh="{kind} `{name}` 与 `{other}` 只差大小写、全角半角或字形，容易看错",
        en="the {kind} `{name}` differs from `{other}` only by case, width or look",
    ),
    "wrong-kind-of-name": Entry(
        zh="`{name}` 是{is_kind}，这里需要{expected}",
        en="`{name}` is a {is_kind}; a {expected} is needed here",
    ),
    "name-cycle": Entry(zh="{kind}引用了自己：{chain}", en="the {kind} refers to itself: {chain}"),
    # values and types
    "wrong-value": Entry(
        zh="这里是{found}，需要的是{expected}", en="this is {found}; what is needed is {expected}"
    ),
    "is-with-list": Entry(
        zh="`is` 只能和一个值比较；与列表比较请写 `{instead}`",
        en="`is` compares with one value; for a list write `{instead}`",
    ),
    "refused-expression": Entry(
        zh="表达式有误（第 {position} 个字符）：{why}",
        en="this expression is refused at character {position}: {why}",
    ),
    "matches-everything": Entry(zh="这个表达式与任何文字都匹配", en="this expression is found in every text"),
    "wrong-duration": Entry(zh="`{found}` 不是可用的时长", en="`{found}` is no duration that can be used"),
    "wrong-duration.help": Entry(
        zh="写一个大于 0 的整数加单位，例如 `30s`、`10m`、`2h`",
        en="write a whole number above 0 and a unit: `30s`, `10m`, `2h`",
    ),
    "unknown-zone": Entry(zh="没有时区 `{zone}`", en="there is no time zone `{zone}`"),
    "unknown-zone.help": Entry(zh="例如 `Asia/Shanghai`", en="such as `Asia/Shanghai`"),
    "empty-list": Entry(zh="这个列表是空的", en="this list is empty"),
    "empty-list.help": Entry(
        zh="空列表会让条件永远不成立（或取反后永远成立）；至少写一项",
        en="an empty list would never match, or always once negated; write at least one entry",
    ),
    "entry-twice": Entry(zh="`{entry}` 在列表里出现了两次", en="`{entry}` stands in this list twice"),
    "past-hours": Entry(zh="这些时间在 {date} 已全部过去", en="these hours are wholly past since {date}"),
    "lost-blanks": Entry(
        zh="首尾的空格在比较时会去掉", en="the blanks at the ends are dropped when it is compared"
    ),
    "lost-blanks.help": Entry(
        zh="要匹配完整的词请用 `contains word`", en="to match whole words use `contains word`"
    ),
    "literal-of-nothing": Entry(
        zh="与 `{field}` 比较时，这段文字什么也不剩",
        en="nothing is left of this text when `{field}` is compared with it",
    ),
    "literal-of-nothing.help": Entry(
        zh="要判断是否为空请用 `is empty`", en="to ask for nothing use `is empty`"
    ),
    "missing-calendar": Entry(
        zh="`{word}` 需要知道用哪个国家的日历", en="`{word}` needs to know whose calendar counts"
    ),
    "missing-calendar.help": Entry(
        zh='在这条 `hours` 后面写 `calendar "CN"`，或在配置的 `[rules]` 里设置 `calendar`',
        en='write `calendar "CN"` at the end of the `hours`, or set `calendar` in `[rules]` of the configuration',
    ),
    "unknown-calendar": Entry(
        zh="没有国家 `{country}` 的日历", en="there is no calendar of the country `{country}`"
    ),
    "unknown-calendar.help": Entry(
        zh="写两个字母的国家代码，例如 `CN`", en="write a two-letter country code such as `CN`"
    ),
    "unknown-calendar-year": Entry(
        zh="{country} {year} 年的调休安排还不知道，届时按普通周末计算",
        en="the make-up days of {country} in {year} are not known yet; plain weekends count until then",
    ),
    "wrong-time": Entry(zh="时间有误：{why}", en="this time is wrong: {why}"),
    "wrong-date": Entry(zh="日期有误：{why}", en="this date is wrong: {why}"),
    "wrong-percentage": Entry(zh="`{found}` 不是可用的比例", en="`{found}` is no share that can be used"),
    "wrong-percentage.help": Entry(
        zh="大于 0%，不超过 100%，最多两位小数", en="above 0%, at most 100%, at most two decimals"
    ),
    "wrong-guard": Entry(zh="`at most` 有误：{why}", en="this `at most` is wrong: {why}"),
    "misplaced-step": Entry(zh="这一步不能放在这里：{why}", en="this step cannot stand here: {why}"),
    "misplaced-step.help": Entry(
        zh="一条规则可以有任意个 `reply`、`forget`、`cancel`，最后至多一个 `agent`，或以 `next` 结尾，或只有一个 `drop`",
        en="a rule holds any number of `reply`, `forget`, `cancel`, then at most one `agent`, or `next`, or `drop` alone",
    ),
    "option-twice": Entry(
        zh="`{option}` 写了两次或互相矛盾", en="`{option}` is given twice, or against another"
    ),
    "span-without-time": Entry(
        zh="这一段没有写时间，表示全天", en="this span has no time, so it is the whole day"
    ),
    "wrong-test": Entry(zh="测试有误：{why}", en="this test is wrong: {why}"),
    # reachability
    "never-reached": Entry(
        zh="`{name}` 永远轮不到：规则 `{earlier}` 会先接走所有消息",
        en="`{name}` is never reached: the rule `{earlier}` takes every message first",
    ),
    "never-reached.help": Entry(zh="把更具体的规则放在前面", en="put the more particular rule first"),
    "same-condition": Entry(
        zh="规则 `{name}` 永远轮不到：它的条件和前面的 `{earlier}` 一样",
        en="the rule `{name}` is never reached: its condition is that of `{earlier}` before it",
    ),
    # templates
    "template-syntax": Entry(zh="模板语法有误：{problem}", en="this template cannot be read: {problem}"),
    "forbidden-in-template": Entry(zh="模板里不能用：{problem}", en="not allowed in a template: {problem}"),
    "undefined-in-template": Entry(zh="模板里没有这个名称：{problem}", en="unknown in a template: {problem}"),
    "no-such-group": Entry(zh="模板用到了没有的捕获组：{problem}", en="no such group: {problem}"),
    "group-may-be-unset": Entry(
        zh="条件有时不会设置 `match.{group}`，那时它是空的",
        en="the condition can hold without setting `match.{group}`, which is empty then",
    ),
    # configuration
    "unconfigured-agent": Entry(
        zh="配置里没有智能体 `{name}`{hint}", en="no agent `{name}` is configured{hint}"
    ),
    "unconfigured-agent.help": Entry(
        zh="已配置的智能体：{known}；新的智能体写在配置的 `[agents.名称]` 里",
        en="configured are: {known}; add others as `[agents.NAME]` in the configuration",
    ),
    "no-otherwise": Entry(
        zh="没有 `otherwise`：没有规则接走的消息会被静默丢弃",
        en="there is no `otherwise`: a message that no rule takes is dropped silently",
    ),
    "no-otherwise.help": Entry(
        zh='加一行，例如 `otherwise reply "请换个说法。"`；确实要丢弃就写 `otherwise drop`',
        en='add one, such as `otherwise reply "please rephrase."`; if dropping is meant, write `otherwise drop`',
    ),
    "unused-agent": Entry(
        zh="配置了智能体 `{name}`，但没有规则用到它",
        en="the agent `{name}` is configured, but no rule uses it",
    ),
    "sender-not-admitted": Entry(
        zh="规则 `{name}` 只对不在 `allowed_users` 里的人成立，所以永远不会用到",
        en="the rule `{name}` holds only for people whom `allowed_users` does not admit, so it is never used",
    ),
    "sender-not-admitted.help": Entry(
        zh="把这些人的 staff ID 加进配置的 `allowed_users`，规则不能放宽这个范围",
        en="add their staff IDs to `allowed_users` in the configuration; rules cannot widen it",
    ),
    "chosen-name": Entry(
        zh="这条规则只凭 {fields} 就能用到智能体，而这是任何人都能自己改的",
        en="this rule gives access to an agent by {fields} alone, which anyone can choose",
    ),
    "chosen-name.help": Entry(
        zh="再加上 `sender in …` 或 `conversation is …` 的条件", en="add a test of `sender` or `conversation`"
    ),
    # text that cannot match
    "folded-away": Entry(
        zh="这里有看不见的字符（{character}），比较时会去掉",
        en="this holds an invisible character ({character}), which is dropped when it is compared",
    ),
}
