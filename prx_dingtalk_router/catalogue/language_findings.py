"""What diagnostics say about sound rules that hardly do what their writer wants, templates and the configuration."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

FINDINGS: dict[str, Entry] = {
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
    "same-condition.help": Entry(
        zh="把两条规则合成一条，或改其中一条的条件",
        en="make one rule of the two, or change one of the conditions",
    ),
    "never-holds": Entry(
        zh="规则 `{name}` 的条件永远不成立", en="the condition of the rule `{name}` can never hold"
    ),
    "never-holds.help": Entry(
        zh="条件里有互相矛盾的部分；多半是该用 `or` 的地方写了 `and`",
        en="parts of it contradict each other; often `or` was meant where `and` stands",
    ),
    "always-holds": Entry(
        zh="规则 `{name}` 的条件对所有消息都成立",
        en="the condition of the rule `{name}` holds for every message",
    ),
    "always-holds.help": Entry(
        zh="确实要接走所有消息，请写 `when always`；否则检查 `or` 和 `not`",
        en="if every message is meant, write `when always`; else look at its `or` and `not`",
    ),
    "covered-rule": Entry(
        zh="规则 `{name}` 永远轮不到：它能接的消息，前面的 `{earlier}` 都会先接走",
        en="the rule `{name}` is never reached: `{earlier}` before it takes every message that it could take",
    ),
    "covered-rule.help": Entry(zh="把更具体的规则放在前面", en="put the more particular rule first"),
    # templates
    "template-syntax": Entry(zh="{problem}", en="{problem}"),
    "template-syntax.help": Entry(
        zh="值写作 `{{{{ sender.name }}}}`，判断写作 `{{% if quoted %}}…{{% endif %}}`",
        en="values are written `{{{{ sender.name }}}}`, choices `{{% if quoted %}}…{{% endif %}}`",
    ),
    "forbidden-in-template": Entry(zh="{problem}", en="{problem}"),
    "forbidden-in-template.help": Entry(
        zh="模板里只能用名称、`if`、比较和六个过滤器",
        en="templates have names, `if`, comparisons and six filters",
    ),
    "undefined-in-template": Entry(zh="{problem}", en="{problem}"),
    "undefined-in-template.help": Entry(
        zh="可用的名称：`text`、`quoted`、`type`、`sender.id`、`sender.name`、`conversation.id`、`conversation.title`、`conversation.kind`、`robot`、`file.name`、`match.名称`、`now`、`rule.name`，以及 `else` 里的 `failure`",
        en="the names are `text`, `quoted`, `type`, `sender.id`, `sender.name`, `conversation.id`, `conversation.title`, `conversation.kind`, `robot`, `file.name`, `match.NAME`, `now`, `rule.name`, and `failure` after `else`",
    ),
    "no-such-group": Entry(zh="{problem}", en="{problem}"),
    "no-such-group.help": Entry(
        zh="在这条规则的 `matches` 表达式里写出 `(?P<名称>…)`，或改用已有的名称",
        en="write `(?P<name>…)` in a `matches` expression of this rule, or use a name that is there",
    ),
    "group-may-be-unset": Entry(
        zh="条件有时不会设置 `match.{group}`，那时它是空的",
        en="the condition can hold without setting `match.{group}`, which is empty then",
    ),
    "group-may-be-unset.help": Entry(
        zh='用 `{{{{ match.{group} | default("无") }}}}` 给出缺省文字，或把条件拆成两条规则',
        en='give a text for that case, as `{{{{ match.{group} | default("none") }}}}`, or make two rules',
    ),
    "unreadable-template": Entry(
        zh="无法读取模板文件 `{file}`：{why}", en="the template file `{file}` cannot be read: {why}"
    ),
    "unreadable-template.help": Entry(
        zh="检查文件名和路径；路径相对于写着它的那个文件",
        en="check the name; paths are relative to the file that names them",
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
    "unused-agent.help": Entry(
        zh="写一条用到它的规则，或从配置里删去 `[agents.{name}]`",
        en="write a rule that uses it, or remove `[agents.{name}]` from the configuration",
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
        zh="这里的 {character} 比较时会去掉（看不见的字符、加在汉字上的符号都不算数）",
        en="{character} is dropped when this is compared, as are all invisible characters and marks on CJK letters",
    ),
    "folded-away.help": Entry(
        zh="删去这个字符（多半是从网页或聊天里复制来的）",
        en="delete it; it was probably copied from a page or a chat",
    ),
    "not-in-plain-text": Entry(
        zh="表达式里的 {character} 永远找不到：比较前全角会变半角、连续空白会变一个空格、看不见的字符会去掉",
        en="this expression can never find {character}: before it is searched, full-width becomes ordinary, blanks become one, invisible characters go",
    ),
    "not-in-plain-text.help": Entry(zh="写成 `{instead}`", en="write `{instead}`"),
    "ascii-only-class": Entry(
        zh="`{found}` 只认识英文字母和数字，对旁边的汉字不起作用",
        en="`{found}` knows ASCII letters and digits only, not the letters beside it",
    ),
    "ascii-only-class.help": Entry(
        zh="汉字写作 `\\p{{Han}}`，任何文字的字母写作 `\\p{{L}}`；要匹配完整的词请用 `contains word`",
        en="Chinese characters are `\\p{{Han}}`, letters of any script `\\p{{L}}`; for whole words use `contains word`",
    ),
    "contained-literal": Entry(
        zh="`{entry}` 是多余的：同一列表里的 `{shorter}` 已经包括它",
        en="`{entry}` is not needed: `{shorter}` in the same list finds all that it finds",
    ),
    "contained-literal.help": Entry(
        zh="删去其中一项；若只想要更长的那一项，就删去较短的",
        en="remove one of the two: the longer, or the shorter if it was not meant that widely",
    ),
    "mixed-scripts": Entry(
        zh="`{word}` 里混用了长得一样的不同文字（{scripts}），多半匹配不到",
        en="`{word}` mixes scripts that look alike ({scripts}) and will hardly be found",
    ),
    "mixed-scripts.help": Entry(
        zh="删掉这个词，用英文输入法重新输入", en="delete the word and type it again"
    ),
}
