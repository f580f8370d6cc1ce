"""What ``why`` says: what became of a message."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

WHY: dict[str, Entry] = {
    "why.help": Entry(
        zh="一条消息后来怎么样了：哪条规则接走，每一步的结果和时间，智能体答了什么状态，为什么。读消息台账，路由器运行与否都可以。",
        en="What became of a message: which rule took it, what came of each step and when, and why. Reads the journal, whether "
        "the router runs or not.",
    ),
    "why.example": Entry(
        zh="""\b
例如：prx-router why msgAbC==
      prx-router why --from 小林 --since 2h""",
        en="""\b
Example: prx-router why msgAbC==
         prx-router why --from Lin --since 2h""",
    ),
    "why.msg-id": Entry(
        zh="消息 id（日志里每行都有）；不写就看最近一段时间的消息",
        en="the id of a message, which every line of the log has; without one, those of a time",
    ),
    "why.from": Entry(
        zh="发送者的 staff ID，或名字的一部分", en="the sender's staff ID, or a part of their name"
    ),
    "why.since": Entry(
        zh="多久以来的消息，例如 30m、1d（默认 1h）",
        en="how far back, such as 30m or 1d (default 1h)",
    ),
    "why.id-or-time": Entry(
        zh="给了消息 id 就不需要 --from 和 --since",
        en="with a message id there is no need of --from or --since",
    ),
    "why.unknown": Entry(
        zh="消息台账里没有 {msg_id}：它没有到达，或早于保留时间（[journal] retention），或者是另一个机器人的",
        en="the journal has no {msg_id}: it never arrived, or is older than what is kept (retention in [journal]), or was "
        "another robot's",
    ),
    "why.none": Entry(
        zh="{since} 以来没有这样的消息。没有到达的消息这里查不到：用 prx-router doctor 检查连接，群里还要看机器人是否在群中、是否 @ 了它",
        en="no such message within {since}. What never arrived is not in here: check the connection with prx-router doctor, and in "
        "a group whether the robot is a member and was mentioned",
    ),
    "why.no-router": Entry(
        zh="现在没有路由器在运行：没有处理完的，下次启动（prx-router run）后接着处理",
        en="no router is running now: what is not over goes on after the next start (prx-router run)",
    ),
    "why.earlier": Entry(
        zh="更早的还有 {count} 条，没有显示：缩短 --since，或用 --json 看全部",
        en="{count} earlier ones are not shown: shorten --since, or see all with --json",
    ),
    "why.one": Entry(
        zh="为什么是这条规则：prx-router why {msg_id}", en="why it was that rule: prx-router why {msg_id}"
    ),
    "why.colon": Entry(zh="：", en=": "),
    "why.and": Entry(zh="；", en="; "),
    "why.aside": Entry(zh="（{notes}）", en=" ({notes})"),
    "why.private": Entry(zh="单聊", en="in private"),
    "why.group": Entry(zh="群“{title}”", en="in “{title}”"),
    "why.nobody": Entry(zh="（没有名字）", en="(no name)"),
    "why.wordless": Entry(zh="（{type}，没有文字）", en="({type}, no words)"),
    "why.ids": Entry(zh="{msg_id}，机器人 {robot}", en="{msg_id}, robot {robot}"),
    "why.rules": Entry(zh="规则版本 {fingerprint}", en="rules {fingerprint}"),
    "why.by-rule": Entry(zh="由规则 {rule} 接走", en="taken by rule {rule}"),
    "why.by-otherwise": Entry(zh="没有规则接走，执行 otherwise", en="no rule took it, so `otherwise`"),
    "why.by-denied": Entry(
        zh='allowed_users 不允许 {sender} 使用。要放行，把 "{sender}" 加进 [channels_config.dingtalk] 的 allowed_users',
        en='allowed_users did not admit {sender}; to admit them add "{sender}" to allowed_users in '
        "[channels_config.dingtalk]",
    ),
    "why.by-denied-external": Entry(
        zh='allowed_users 不允许：发送者没有 staff ID（组织外的人，或机器人没有发布），只有 "*" 能放行',
        en="allowed_users did not admit them: they have no staff ID (from outside the organisation, or the robot is not "
        'published), so only "*" admits them',
    ),
    "why.by-nobody": Entry(zh="没有规则接走，丢弃：{reason}", en="no rule took it; dropped: {reason}"),
    "why.via": Entry(zh="，经过 {rules}", en=", by way of {rules}"),
    "why.fate.performed": Entry(zh="已执行", en="done"),
    "why.fate.limited": Entry(zh="达到次数上限，没有执行", en="not done: no room left"),
    "why.fate.failed": Entry(zh="没有成功", en="failed"),
    "why.fate.sending": Entry(zh="正在发送", en="being sent"),
    "why.fate.held-back": Entry(zh="等待会话的发送频率", en="held back by the rate of the conversation"),
    "why.fate.asking": Entry(zh="智能体正在处理", en="the agent is at it"),
    "why.fate.waiting": Entry(zh="等待轮到它", en="waiting for its turn"),
    "why.fate.next": Entry(zh="还没有开始", en="not begun"),
    "why.fate.skipped": Entry(zh="没有用到", en="not needed"),
    "why.route.webhook": Entry(zh="会话 Webhook", en="webhook"),
    "why.route.api": Entry(zh="机器人接口", en="robot API"),
    "why.parts": Entry(zh="已发 {parts} 段", en="parts sent: {parts}"),
    "why.until": Entry(zh="等到 {moment}", en="until {moment}"),
    "why.behind": Entry(zh="同一会话前面还有 {count} 条", en="{count} of the same session come first"),
    "why.attempt": Entry(zh="第 {number} 次，{times}：{state}", en="attempt {number}, {times}: {state}"),
    "why.turn.prepared": Entry(zh="还没有送出", en="not sent yet"),
    "why.turn.sent": Entry(zh="已送出，还没有受理", en="sent, not accepted yet"),
    "why.turn.accepted": Entry(zh="正在处理", en="at work"),
    "why.turn.answered": Entry(zh="已回答", en="answered"),
    "why.turn.not-started": Entry(zh="没有开始", en="not started"),
    "why.turn.failed": Entry(zh="失败", en="failed"),
    "why.turn.unknown": Entry(zh="结果不明", en="outcome unknown"),
    "why.turn.superseded": Entry(zh="操作者让它重来", en="tried anew by an operator"),
    "why.job": Entry(zh="PRX 任务 {job_id}", en="PRX job {job_id}"),
    "why.remedy": Entry(zh="怎么办：{remedy}", en="what to do: {remedy}"),
    "why.earlier-try": Entry(
        zh="{time} 没有处理成功，后来又试：{reason}", en="dead at {time}, and tried again later: {reason}"
    ),
    "why.earlier-step": Entry(
        zh="规则 {rule} 的第 {position} 步：{failure}", en="step {position} of {rule}: {failure}"
    ),
    "why.see": Entry(
        zh="全部经过：{command}；再试一次：prx-router dead retry",
        en="all of it: {command}; once more: prx-router dead retry",
    ),
    "why.told": Entry(zh="已告诉发送者没有处理成功", en="the sender was told that nothing came of it"),
    "why.replaced": Entry(
        zh="被同一会话里较新的消息取代", en="a later message of its session took its place"
    ),
    "why.cancelled": Entry(zh="发送者要求停止", en="its sender asked to stop it"),
    "why.state.queued": Entry(zh="还没有开始处理", en="not begun"),
    "why.state.running": Entry(zh="正在处理", en="under way"),
    "why.state.done": Entry(zh="已完成", en="done"),
    "why.state.dropped": Entry(zh="已丢弃", en="dropped"),
    "why.state.dead": Entry(zh="没有处理成功（dead）", en="dead"),
    "why.shadow": Entry(
        zh="试运行（shadow）的规则也会接走：{rules}", en="shadow rules that would have taken it: {rules}"
    ),
    "why.because": Entry(zh="为什么（按当时的规则）：", en="why, by the rules of that time:"),
    "why.no-rules": Entry(
        zh="当时的规则 {fingerprint} 已经不在了（现在的是 {current}），没法解释为什么",
        en="the rules of that time, {fingerprint}, are not kept any more (now {current}), so why cannot be told",
    ),
    "why.broken-rules": Entry(
        zh="现在的规则有错误，当时的 {fingerprint} 也没有保留，没法解释为什么",
        en="the rules have errors, and those of that time, {fingerprint}, are not kept: why cannot be told",
    ),
    "why.other-baseline": Entry(
        zh="用现在的 allowed_users 和当时的规则，结果会不同：配置改过",
        en="with allowed_users as it is now the outcome would be another: the configuration was changed",
    ),
}
