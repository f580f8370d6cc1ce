"""What is said of a whole decision: who took the message, what follows, and what to change."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

EXPLAIN: dict[str, Entry] = {
    # ---- who took it
    "took": Entry(zh="规则 {rule} 接走了它", en="rule {rule} takes it"),
    "took-otherwise": Entry(zh="没有规则接走，按 otherwise 处理", en="no rule takes it, so `otherwise` does"),
    "took-nobody": Entry(
        zh="没有规则接走，也没有写 otherwise：什么也不会发生",
        en="no rule takes it, and there is no `otherwise`: nothing happens",
    ),
    "took-nobody-replied": Entry(
        zh="没有规则接走，也没有写 otherwise：只做经过的规则的步骤",
        en="no rule takes it, and there is no `otherwise`: only the rules that passed it on do something",
    ),
    "took-denied": Entry(
        zh="发送者不允许使用，没有问任何规则", en="the sender is not admitted, so no rule is asked"
    ),
    "took-own": Entry(
        zh="这是机器人自己的消息，不问规则", en="it is the robot's own message, which no rule is asked about"
    ),
    "took-quota": Entry(
        zh="这是钉钉的超限通知，不问规则",
        en="it is DingTalk's over-quota notice, which no rule is asked about",
    ),
    "passed-on": Entry(
        zh="先经过规则 {rule}（next：做完它的步骤，消息继续往后走）",
        en="rule {rule} passes it on (`next`: its steps are done, and the message goes on)",
    ),
    "would-take": Entry(
        zh="试运行的规则 {rule}（shadow）也会接走，只记录，不执行",
        en="rule {rule}, which is only tried out (`shadow`), would take it too; that is noted, not done",
    ),
    "too-late": Entry(
        zh="后面的规则 {rule} 也成立，但轮不到它", en="rule {rule} holds as well, but comes later"
    ),
    # ---- the baseline
    "baseline.everybody": Entry(zh="allowed_users 允许所有人", en="allowed_users admits everybody"),
    "baseline.listed": Entry(zh="allowed_users 里有 {sender}", en="allowed_users has {sender}"),
    "baseline.refused": Entry(zh="allowed_users 里没有 {sender}", en="allowed_users does not have {sender}"),
    "baseline.nobody": Entry(
        zh="allowed_users 是空的：不允许任何人", en="allowed_users is empty: nobody is admitted"
    ),
    "baseline.external": Entry(
        zh='发送者是组织外的人，只有 allowed_users 里写了 "*" 才允许',
        en='the sender is from outside the organisation, whom only "*" in allowed_users admits',
    ),
    "baseline.without-id": Entry(
        zh="消息里没有发送者的 ID，一律不允许",
        en="the message has no sender ID, and nobody is admitted without one",
    ),
    "baseline.add": Entry(
        zh="把 {sender} 加进配置的 allowed_users", en="add {sender} to allowed_users in the configuration"
    ),
    # ---- steps
    "does.reply": Entry(zh="回复", en="reply"),
    "does.reply-markdown": Entry(zh="回复（markdown）", en="reply (markdown)"),
    "does.agent": Entry(zh="交给智能体 {agent}，告诉它", en="ask the agent {agent}, which is told"),
    "does.drop": Entry(zh="丢弃，不回复", en="drop it, no reply"),
    "does.forget": Entry(
        zh="忘掉前面的对话：下一句话开始新的对话",
        en="forget the conversation: what they say next begins a new one",
    ),
    "does.cancel": Entry(
        zh="取消这个人在这里正在处理和等待的问题",
        en="cancel what is under way or waits for this sender here",
    ),
    "does.failed": Entry(zh="这一步做不成：{problem}", en="this cannot be done: {problem}"),
    "does.else": Entry(zh="做不成时", en="otherwise"),
    "does.no-else": Entry(zh="做不成时没有别的办法", en="nothing else is tried"),
    "option.at-most.step": Entry(zh="每 {span}最多 {count} 次", en="at most {count} in {span}"),
    "option.at-most.sender": Entry(
        zh="每人每 {span}最多 {count} 次", en="at most {count} in {span} per sender"
    ),
    "option.at-most.conversation": Entry(
        zh="每个会话每 {span}最多 {count} 次", en="at most {count} in {span} per conversation"
    ),
    "option.timeout": Entry(zh="最多等 {span}", en="for at most {span}"),
    "option.session.sender": Entry(zh="每个人一段对话（session per sender）", en="one session per sender"),
    "option.session.conversation": Entry(
        zh="整个会话一段对话（session per conversation）", en="one session for the conversation"
    ),
    "option.session.message": Entry(
        zh="每条消息都是新的对话（session per message）", en="a new session for each message"
    ),
    "option.busy.replace": Entry(
        zh="还在答上一条时：停下上一条，只答这条", en="while busy: stops the earlier one and answers this one"
    ),
    "option.busy.merge": Entry(
        zh="还在答上一条时：等着，和后面的合成一次问",
        en="while busy: waits, and is asked together with what follows",
    ),
    "option.busy.reply": Entry(zh="还在答上一条时：只回复{content}", en="while busy: only replies {content}"),
    "option.progress": Entry(
        zh="处理时在消息上贴一个表情", en="a reaction on the message shows that it is at work"
    ),
    "option.mention": Entry(zh="@ {whom}", en="mentions {whom}"),
    "span.s": Entry(zh="{count} 秒", en="{count} s"),
    "span.m": Entry(zh="{count} 分钟", en="{count} min"),
    "span.h": Entry(zh="{count} 小时", en="{count} h"),
    "span.d": Entry(zh="{count} 天", en="{count} days"),
    "span.ms": Entry(zh="{count} 毫秒", en="{count} ms"),
    # ---- what to change
    "change.instead": Entry(zh="把 {old} 改成 {new}", en="write {new} instead of {old}"),
    "change.add-to-list": Entry(zh="把{value}加进名单 {list}", en="add {value} to the list {list}"),
    "change.add-to-test": Entry(zh="把{value}加进 {old}", en="add {value} to {old}"),
    "change.add-any-to-list": Entry(
        zh="把这条消息里的一个词加进名单 {list}", en="add a word of this message to the list {list}"
    ),
    "change.add-any": Entry(zh="把这条消息里的一个词加进 {old}", en="add a word of this message to {old}"),
    "change.remove-from-list": Entry(zh="从名单 {list} 里去掉{value}", en="take {value} off the list {list}"),
    "change.remove": Entry(zh="从 {old} 里去掉{value}", en="take {value} out of {old}"),
    "change.drop": Entry(zh="去掉 {old}", en="leave out {old}"),
    "change.drop-or": Entry(zh="{way}，或者去掉 {old}", en="{way}, or leave out {old}"),
    "change.percent": Entry(zh="把 {old} 提高到 {value}", en="raise {old} to {value}"),
    "change.before": Entry(
        zh="另外，前面的规则 {taker} 会先接走：要把 {rule} 移到 {taker} 前面，或者让 {taker} 不接这条消息",
        en="besides, rule {taker} comes first and takes it: move {rule} above {taker}, or have {taker} leave this message alone",
    ),
    "change.above": Entry(
        zh="把 {rule} 移到 {taker} 前面，或者让 {taker} 不接这条消息",
        en="move {rule} above {taker}, or have {taker} leave this message alone",
    ),
    "change.none": Entry(
        zh="改一处还不够，要改上面的不止一处",
        en="one change is not enough: more than one of these parts has to change",
    ),
    "change.shadow": Entry(zh="去掉 {rule} 的 `shadow`", en="take `shadow` off {rule}"),
    "change.condition": Entry(zh="{change}（在条件 {name} 里）", en="{change} (in the condition {name})"),
    "way.private.yes": Entry(zh="单聊时发", en="say it in a private chat"),
    "way.private.no": Entry(zh="在群里发", en="say it in a group"),
    "way.group.yes": Entry(zh="在群里发", en="say it in a group"),
    "way.group.no": Entry(zh="单聊时发", en="say it in a private chat"),
    "way.pictured.yes": Entry(zh="带上图片", en="send a picture along"),
    "way.pictured.no": Entry(zh="不带图片", en="send no picture"),
    "way.mentioned.yes": Entry(zh="@ 机器人", en="mention the robot"),
    "way.mentioned.no": Entry(zh="不 @ 机器人", en="do not mention the robot"),
    "way.admin.yes": Entry(zh="由管理员来发", en="have an administrator say it"),
    "way.admin.no": Entry(zh="由不是管理员的人来发", en="have somebody say it who is no administrator"),
    "way.external.yes": Entry(zh="由组织外的人来发", en="have somebody from outside say it"),
    "way.external.no": Entry(zh="由组织内的人来发", en="have somebody of the organisation say it"),
    "way.during.yes": Entry(zh="在 {hours} 之内发", en="say it within {hours}"),
    "way.during.no": Entry(zh="在 {hours} 之外发", en="say it outside {hours}"),
    # ---- why not this rule
    "test-took": Entry(zh="{took}：{clause}", en="{took}: {clause}"),
    "test-missed": Entry(zh="规则 {rule} 不成立：{clause}", en="rule {rule} does not hold: {clause}"),
    "why-not.took": Entry(zh="就是规则 {rule} 接走了它", en="rule {rule} is the one that takes it"),
    "why-not.passed-on": Entry(
        zh="规则 {rule} 成立，它的步骤也会做；但它以 next 结尾，所以消息继续往后走",
        en="rule {rule} holds and its steps are done; it ends with `next`, so the message goes on",
    ),
    "why-not.would-take": Entry(
        zh="规则 {rule} 成立，但它在试运行（shadow）：只记录，不接走",
        en="rule {rule} holds, but is only tried out (`shadow`): that is noted, and it takes nothing",
    ),
    "why-not.too-late": Entry(
        zh="规则 {rule} 也成立，但规则 {taker} 排在前面，先接走了",
        en="rule {rule} holds as well, but rule {taker} comes first and takes it",
    ),
    "why-not.missed": Entry(
        zh="规则 {rule} 不成立：{count} 处不符合", en="rule {rule} does not hold; parts that fail: {count}"
    ),
    "why-not.default": Entry(
        zh="{name} 只在没有规则接走时使用；这条消息由规则 {taker} 接走",
        en="`{name}` is for messages that no rule takes; rule {taker} takes this one",
    ),
    "why-not.denied": Entry(
        zh="`denied` 只用于 allowed_users 不允许的人；这个人允许使用",
        en="`denied` is for those whom allowed_users does not admit; this sender is admitted",
    ),
    "why-not.not-asked": Entry(zh="没有问规则 {rule}", en="rule {rule} was not asked"),
}
