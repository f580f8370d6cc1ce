"""What diagnostics of the rules language say: the sentence under its name, the advice under ``<name>.help``."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.language_findings import FINDINGS
from prx_dingtalk_router.catalogue.language_values import VALUES
from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    **VALUES,
    **FINDINGS,
    # text and syntax
    "unreadable-file": Entry(zh="无法读取 `{file}`：{why}", en="`{file}` cannot be read: {why}"),
    "unreadable-file.help": Entry(
        zh="检查文件名和路径；路径相对于写着它的那个文件",
        en="check the name; paths are relative to the file that names them",
    ),
    "wrong-encoding": Entry(
        zh="`{file}` 不是 UTF-8 编码（从第 {offset} 字节起）{encoding}",
        en="`{file}` is not UTF-8 (from byte {offset} on){encoding}",
    ),
    "wrong-encoding.help": Entry(zh="用编辑器把文件另存为 UTF-8", en="save the file as UTF-8 in your editor"),
    "unexpected": Entry(
        zh="这里不能写 {found}，应为：{expected}{hint}",
        en="{found} cannot stand here; expected {expected}{hint}",
    ),
    "unexpected.help": Entry(
        zh="按提示改成可以写在这里的内容；写法见语言手册",
        en="write one of the things named; the language guide shows each form",
    ),
    "unfinished": Entry(
        zh="`{opener}` 没有写完，后面还应有：{expected}",
        en="this `{opener}` is not finished; expected {expected} after it",
    ),
    "unfinished.help": Entry(zh="补全这条声明，或整条删去", en="complete this declaration, or remove it"),
    "keyword-as-name": Entry(
        zh="`{word}` 是关键字，不能用作名称", en="`{word}` is a keyword and cannot be a name"
    ),
    "keyword-as-name.help": Entry(
        zh="换一个名称，例如 `my-{word}`{quoting}",
        en="take another name, such as `my-{word}`{quoting}",
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
    "foreign-operator.help": Entry(
        zh="规则里用英文单词连接条件：`and`、`or`、`not`、`is`、`is not`",
        en="conditions are written in words: `and`, `or`, `not`, `is`, `is not`",
    ),
    "foreign-quotes": Entry(
        zh="文字要用英文双引号，不能用 `{found}`", en="strings take straight double quotes, not `{found}`"
    ),
    "foreign-quotes.help": Entry(zh='写成 `"…"`', en='write `"…"`'),
    "foreign-punctuation": Entry(
        zh="`{found}` 是全角标点，请改用 `{instead}`",
        en="`{found}` is full-width punctuation; write `{instead}`",
    ),
    "foreign-punctuation.help": Entry(
        zh="切换到英文输入法再输入这个符号", en="type it with the keyboard set to English"
    ),
    "unknown-character": Entry(
        zh="这里不能出现字符 `{found}`", en="the character `{found}` means nothing here"
    ),
    "unknown-character.help": Entry(
        zh="删去它；如果属于一段文字，整段要放在英文双引号里",
        en="delete it; if it is part of a text, the whole text goes between double quotes",
    ),
    "wide-blank": Entry(
        zh="这里有一个全角或不间断空格（{character}），已当作普通空格",
        en="this is a full-width or no-break blank ({character}), taken for an ordinary one",
    ),
    "wide-blank.help": Entry(zh="换成普通空格，以免看错", en="replace it by an ordinary blank"),
    "unknown-version": Entry(
        zh="规则语言版本 {version} 需要更新的 prx-router；本程序只支持版本 {known}",
        en="version {version} of the rules language needs a newer prx-router; this one knows version {known}",
    ),
    "unknown-version.help": Entry(
        zh="升级 prx-router，或把这一行改为 `language {known}`",
        en="install a newer prx-router, or write `language {known}`",
    ),
    "misplaced-version": Entry(
        zh="`language` 必须是文件的第一条声明", en="`language` must be the first declaration of its file"
    ),
    "misplaced-version.help": Entry(
        zh="把这一行移到文件最前面，只写一次", en="move it to the top of the file, once"
    ),
    "no-declaration": Entry(zh="`{found}` 不能作为声明的开头", en="`{found}` does not begin a declaration"),
    "no-declaration.help": Entry(
        zh="声明以这些词开头：`rule`、`otherwise`、`denied`、`list`、`pattern`、`hours`、`condition`、`template`、`use`、`test`",
        en="a declaration begins with `rule`, `otherwise`, `denied`, `list`, `pattern`, `hours`, `condition`, `template`, `use` or `test`",
    ),
    "missing-word": Entry(zh="`{found}` 前面少了 `{word}`", en="`{word}` is missing before `{found}`"),
    "missing-word.help": Entry(zh="在前面补上 `{word}`", en="write `{word}` before it"),
    "foreign-comment": Entry(zh="注释不用 `{found}`，要用 `#`", en="comments begin with `#`, not `{found}`"),
    "foreign-comment.help": Entry(zh="把 `{found}` 换成 `#`", en="write `#` instead of `{found}`"),
    "unquoted": Entry(zh="`{found}` 要放在英文双引号里", en="`{found}` goes between double quotes"),
    "unquoted.help": Entry(zh='写成 `"{found}"`', en='write `"{found}"`'),
    "dotted-name": Entry(
        zh="`{found}` 不能用作名称：名称里不能有点", en="`{found}` is no name: a name holds no dot"
    ),
    "dotted-name.help": Entry(
        zh="用 `-` 或 `_` 代替点；如果是文字或智能体的名称，请加英文双引号",
        en="write `-` or `_` for the dot; a text, or the name of an agent, goes between double quotes",
    ),
    "misplaced-description": Entry(
        zh="规则的说明要写在名称后面、`shadow` 前面",
        en="the description of a rule stands behind its name, before `shadow`",
    ),
    "misplaced-description.help": Entry(
        zh='写成 `rule 名称 "说明" shadow when …`', en='write `rule NAME "what it is for" shadow when …`'
    ),
    "invisible-character": Entry(
        zh="这里有一个看不见的字符（{character}），多半是从微信、网页或 Word 复制来的",
        en="this is an invisible character ({character}), probably copied from a chat, a page or a document",
    ),
    "invisible-character.help": Entry(zh="删去它", en="delete it"),
    "needless-punctuation": Entry(zh="这里不用 `{found}`", en="no `{found}` is needed here"),
    "needless-punctuation.help": Entry(
        zh="删去即可；语句和步骤的前后不用标点",
        en="leave it out; declarations and steps are written without punctuation",
    ),
    "several-values": Entry(
        zh="几个值要写成列表：`{instead}`", en="several values go into a list: `{instead}`"
    ),
    "several-values.help": Entry(
        zh="放在一对方括号里，用逗号隔开；`and`、`or` 连接的是完整的条件",
        en="between brackets, with commas; `and` and `or` join whole conditions",
    ),
    "quote-inside": Entry(
        zh='文字在这个 `"` 处已经结束，后面的不再属于它',
        en='the text ends at this `"`; what follows is no part of it',
    ),
    "quote-inside.help": Entry(
        zh="""文字里面的双引号写成 `\\"`；模板的 `{{{{ … }}}}` 里可以用 `'`""",
        en="""a double quote inside a text is written `\\"`; within `{{{{ … }}}}` of a template `'` will do""",
    ),
    "quoted-name": Entry(
        zh="`{opener}` 后面写名称，名称不加引号", en="`{opener}` is followed by a name, without quotes"
    ),
    "quoted-name.help": Entry(zh="写成 {form}", en="write {form}"),
    # names
    "outside-folder": Entry(
        zh="`{file}` 在规则文件夹 `{folder}` 之外",
        en="`{file}` lies outside the folder of the rules, `{folder}`",
    ),
    "outside-folder.help": Entry(
        zh="把文件移到入口文件所在的文件夹里", en="move it into the folder of the entry file"
    ),
    "include-cycle": Entry(zh="文件互相引用：{chain}", en="files use each other in a circle: {chain}"),
    "include-cycle.help": Entry(zh="去掉其中一个 `use`", en="remove one of these `use` lines"),
    "include-depth": Entry(zh="`use` 最多嵌套 {limit} 层", en="`use` may be nested {limit} deep at most"),
    "include-depth.help": Entry(
        zh="让入口文件直接 `use` 这个文件", en="let the entry file `use` it directly"
    ),
    "used-twice": Entry(
        zh="`{file}` 已经引用过，这里不再读入", en="`{file}` is in use already and not read again here"
    ),
    "used-twice.help": Entry(
        zh="删去这一行；每个文件只需引用一次", en="remove this line; a file is used once"
    ),
    "title-twice": Entry(zh="有两个测试都叫 `{title}`", en="two tests are called `{title}`"),
    "title-twice.help": Entry(
        zh="换一个标题，否则报告里分不清是哪一个",
        en="give one another title, so that a report tells them apart",
    ),
    "look-alike-names": Entry(
        zh="{kind} `{name}` 与 `{other}` 只差大小写、全角半角或字形，容易看错",
        en="the {kind} `{name}` differs from `{other}` only by case, width or look",
    ),
    "look-alike-names.help": Entry(
        zh="给其中一个换个明显不同的名称", en="give one of them a clearly different name"
    ),
    "wrong-kind-of-name": Entry(
        zh="`{name}` 是{is_kind}，这里需要{expected}",
        en="`{name}` is a {is_kind}; a {expected} is needed here",
    ),
    "wrong-kind-of-name.help": Entry(
        zh="换成{expected}的名称：{advice}",
        en="take the name of a {expected}: {advice}",
    ),
    "name-cycle": Entry(zh="{kind}引用了自己：{chain}", en="the {kind} refers to itself: {chain}"),
    "name-cycle.help": Entry(zh="去掉其中一处引用", en="take one of these references out"),
    # values and types
    "is-with-list": Entry(
        zh="`is` 只能和一个值比较；与列表比较请写 `{instead}`",
        en="`is` compares with one value; for a list write `{instead}`",
    ),
    "is-with-list.help": Entry(
        zh="`is in` 表示“等于其中任意一个”", en="`is in` means equal to any one of them"
    ),
    "refused-expression": Entry(
        zh="表达式有误（第 {position} 个字符）：{why}",
        en="this expression is refused at character {position}: {why}",
    ),
    "refused-expression.help": Entry(
        zh="改好这一处；要匹配符号本身，请在前面加反斜杠，例如 `\\.`、`\\?`",
        en="correct this piece; to find a sign itself put a backslash before it, as `\\.` or `\\?`",
    ),
    "matches-everything": Entry(zh="这个表达式与任何文字都匹配", en="this expression is found in every text"),
    "matches-everything.help": Entry(
        zh="写出真正要找的内容；确实要对所有消息成立请写 `always`",
        en="write what is to be found; if every message is meant, write `always`",
    ),
    "unknown-zone": Entry(zh="没有时区 `{zone}`{hint}", en="there is no time zone `{zone}`{hint}"),
    "unknown-zone.help": Entry(zh="例如 `Asia/Shanghai`", en="such as `Asia/Shanghai`"),
    "empty-list": Entry(zh="这个列表是空的", en="this list is empty"),
    "empty-list.help": Entry(
        zh="空列表会让条件永远不成立（或取反后永远成立）；至少写一项",
        en="an empty list would never match, or always once negated; write at least one entry",
    ),
    "entry-twice": Entry(
        zh="`{entry}` 在列表里出现了两次{hint}", en="`{entry}` stands in this list twice{hint}"
    ),
    "entry-twice.help": Entry(zh="删去重复的一项", en="remove one of the two"),
    "past-hours": Entry(
        zh="这些日期最晚到 {date}，已经全部过去", en="these dates end on {date}, which is past"
    ),
    "past-hours.help": Entry(
        zh="改成新的日期，或删去这条 `hours`", en="enter new dates, or remove these hours"
    ),
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
        zh="没有国家 `{country}` 的日历{hint}", en="there is no calendar of the country `{country}`{hint}"
    ),
    "unknown-calendar.help": Entry(
        zh="写两个字母的国家代码，例如 `CN`", en="write a two-letter country code such as `CN`"
    ),
    "unknown-calendar-year": Entry(
        zh="{country} {year} 年的调休安排还不知道，届时按普通周末计算",
        en="the make-up days of {country} in {year} are not known yet; plain weekends count until then",
    ),
    "unknown-calendar-year.help": Entry(
        zh="国务院公布安排后升级 prx-router 即可；等不及可用日期写出调休的日子",
        en="install a newer prx-router once they are published; until then, dates can be written out",
    ),
    "wrong-guard": Entry(zh="`at most` 有误：{why}", en="this `at most` is wrong: {why}"),
    "wrong-guard.help": Entry(
        zh="例如 `at most 5 per 1m per sender`（每人每分钟最多 5 次）",
        en="such as `at most 5 per 1m per sender`",
    ),
    "misplaced-step": Entry(zh="这一步不能放在这里：{why}", en="this step cannot stand here: {why}"),
    "misplaced-step.help": Entry(
        zh="一条规则可以有任意个 `reply`、`forget`、`cancel`，最后至多一个 `agent`，或以 `next` 结尾，或只有一个 `drop`",
        en="a rule holds any number of `reply`, `forget`, `cancel`, then at most one `agent`, or `next`, or `drop` alone",
    ),
    "option-twice": Entry(
        zh="`{option}` 写了两次或互相矛盾", en="`{option}` is given twice, or against another"
    ),
    "option-twice.help": Entry(zh="只保留一个", en="keep one of them"),
    "span-without-time": Entry(
        zh="这一段没有写时间，表示全天", en="this span has no time, so it is the whole day"
    ),
    "span-without-time.help": Entry(
        zh="补上时间；确实要全天，请单独写成一条 `hours`",
        en="add its times; if the whole day is meant, declare it as `hours` of its own",
    ),
    "wrong-test": Entry(zh="测试有误：{why}", en="this test is wrong: {why}"),
    "wrong-test.help": Entry(zh="改好这一项测试", en="correct this part of the test"),
    "test-without-time": Entry(
        zh="这个测试的结果取决于时间，但没有写 `at`（按 2026-01-07 10:00 计算）",
        en="the time decides this test, but no `at` is given (2026-01-07 10:00 is taken)",
    ),
    "test-without-time.help": Entry(
        zh='写明时间，例如 `at "2026-01-07 20:30"`', en='say when, such as `at "2026-01-07 20:30"`'
    ),
    "flag-with-operator": Entry(
        zh="`{flag}` 只有“是”和“否”，后面不能写 `{found}`",
        en="`{flag}` is either so or not; `{found}` cannot follow it",
    ),
    "flag-with-operator.help": Entry(
        zh="直接写 `{flag}` 或 `not {flag}`", en="write `{flag}` or `not {flag}`"
    ),
    "unknown-field": Entry(zh="没有字段 `{found}`{hint}", en="there is no field `{found}`{hint}"),
    "unknown-field.help": Entry(
        zh="可用的字段：`text`、`quoted`、`sender`、`sender.name`、`conversation`、`conversation.title`、`file.name`、`type`、`robot`、`corp`",
        en="the fields are `text`, `quoted`, `sender`, `sender.name`, `conversation`, `conversation.title`, `file.name`, `type`, `robot`, `corp`",
    ),
}
