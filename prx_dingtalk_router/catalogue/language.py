"""What diagnostics of the rules language say: the sentence under its name, the advice under ``<name>.help``."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.language_findings import FINDINGS
from prx_dingtalk_router.catalogue.language_regexes import REGEXES
from prx_dingtalk_router.catalogue.language_values import VALUES
from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    **VALUES,
    **FINDINGS,
    **REGEXES,
    # text and syntax
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
    # values and types
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
