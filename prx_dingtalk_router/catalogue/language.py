"""Words of the rules language that several sentences are put together from; a diagnostic has its own sentences itself."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "instead": Entry(zh="写成 `{instead}`", en="write `{instead}`"),
    "no-spelling": Entry(zh="删去它，或换一种写法", en="leave it out, or write it in another way"),
    "no-entry": Entry(
        zh="文件夹 `{path}` 里没有 `{entry}`", en="there is no `{entry}` in the folder `{path}`"
    ),
    "entry-inside": Entry(
        zh="文件夹 `{path}` 里没有 `{entry}`，但 `{inside}` 里有：请写 `{inside}`，或用 --config 指定配置",
        en="there is no `{entry}` in `{path}`, but one in `{inside}`: name that, or the configuration with --config",
    ),
    "unreadable-entry": Entry(zh="无法读取 `{file}`：{why}", en="`{file}` cannot be read: {why}"),
    "no-such-file": Entry(zh="没有文件 `{path}`", en="there is no file `{path}`"),
    "did-you-mean": Entry(zh="；是不是想写 `{word}`？", en="; did you mean `{word}`?"),
    "no-hint": Entry(zh="", en=""),
    "none": Entry(zh="（无）", en="(none)"),
    "fix.replace": Entry(zh="改为 `{new}`", en="replace by `{new}`"),
    "fix.insert": Entry(zh="补上 `{new}`", en="put in `{new}`"),
    "fix.remove": Entry(zh="删去", en="delete it"),
    "related.first": Entry(zh="第一次在这里", en="first here"),
    "related.declared": Entry(zh="在这里定义", en="declared here"),
    "related.asked-too": Entry(zh="这条规则也是", en="this rule as well"),
    "related.here-too": Entry(zh="走到这里也一样", en="and here too"),
    "related.too": Entry(zh="这里也是", en="here as well"),
    "related.nearest": Entry(zh="规则里最像的是这一个", en="this one in the rules is most like it"),
    "related.takes-first": Entry(
        zh="规则 `{rule}` 先接走这些消息", en="the rule `{rule}` takes these messages first"
    ),
    "why.not-found": Entry(zh="文件不存在", en="there is no such file"),
    "why.is-folder": Entry(zh="这是一个文件夹", en="it is a folder"),
    "why.no-permission": Entry(zh="没有读取权限", en="reading it is not permitted"),
    "kind.list": Entry(zh="列表", en="list"),
    "kind.pattern": Entry(zh="表达式（pattern）", en="pattern"),
    "kind.hours": Entry(zh="时间段（hours）", en="set of hours"),
    "kind.condition": Entry(zh="条件（condition）", en="condition"),
    "kind.template": Entry(zh="模板（template）", en="template"),
    "kind.rule": Entry(zh="规则", en="rule"),
    "kind.declaration": Entry(zh="语句", en="declaration"),
    "token.condition": Entry(zh="条件", en="a condition"),
    "token.step": Entry(
        zh="步骤（`agent`、`reply`、`forget`、`cancel`、`next`、`drop`）",
        en="a step (`agent`, `reply`, `forget`, `cancel`, `next`, `drop`)",
    ),
    "token.operator": Entry(
        zh="比较词（`is`、`in`、`contains`、`starts with`、`ends with`、`matches`）",
        en="an operator (`is`, `in`, `contains`, `starts with`, `ends with`, `matches`)",
    ),
    "token.days": Entry(
        zh="日期（如 `mon-fri`、`workdays`、`2027-02-05`）", en="days (`mon-fri`, `workdays`, `2027-02-05`)"
    ),
    "token.value": Entry(zh="文字、表达式、名称或列表", en="a string, an expression, a name or a list"),
    "token.template": Entry(zh="文字或模板名称", en="a text or the name of a template"),
    "token.end": Entry(zh="下一条语句", en="the next declaration"),
    "token.NAME": Entry(zh="名称", en="a name"),
    "token.STRING": Entry(zh='文字 `"…"`', en='a string `"…"`'),
    "token.TEXT_BLOCK": Entry(zh='多行文字 `"""…"""`', en='a text block `"""…"""`'),
    "token.REGEX": Entry(zh="表达式 `/…/`", en="an expression `/…/`"),
    "token.INT": Entry(zh="整数", en="a whole number"),
    "token.DURATION": Entry(zh="时长（如 `10m`）", en="a duration (`10m`)"),
    "token.PERCENT": Entry(zh="比例（如 `10%`）", en="a share (`10%`)"),
    "token.TIMES": Entry(zh="时间（如 `09:00-18:00`）", en="times (`09:00-18:00`)"),
    "token.DATE": Entry(zh="日期（如 `2027-02-05`）", en="a date (`2027-02-05`)"),
    "token.DAY": Entry(zh="星期（如 `mon`）", en="a day (`mon`)"),
    "token.DAY_RANGE": Entry(zh="星期范围（如 `mon-fri`）", en="a range of days (`mon-fri`)"),
    "token.DOTTED_FIELD": Entry(zh="字段", en="a field"),
}
