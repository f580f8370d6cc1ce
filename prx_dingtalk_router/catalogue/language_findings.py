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
    # configuration
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
}
