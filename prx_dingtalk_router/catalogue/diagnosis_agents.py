"""What ``doctor`` finds about agents, and what to do about it."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

AGENTS: dict[str, Entry] = {
    "agent.ok": Entry(zh="{url} 可以连上，PRX 已就绪", en="{url} is reached, and PRX is ready"),
    "agent.unreachable": Entry(zh="连不上 {url}", en="{url} cannot be reached"),
    "agent.unreachable.do": Entry(
        zh="启动那里的 PRX（prx gateway），并核对 [agents] 里的 url 和端口（默认 16830；prx init 的 server、full 预设是 3120）",
        en="start PRX there (prx gateway), and check url and port in [agents] (16830 by default; 3120 by the presets server and full of "
        "prx init)",
    ),
    "agent.stranger": Entry(zh="{url} 上应答的不是 PRX 网关", en="what answers at {url} is no PRX gateway"),
    "agent.stranger.do": Entry(
        zh="核对 [agents] 里的 url：要写 PRX 网关的地址，不带路径",
        en="check url in [agents]: the address of the PRX gateway, without a path",
    ),
    "agent.not-ready": Entry(zh="{url} 上的 PRX 还没有就绪", en="the PRX at {url} is not ready"),
    "agent.not-ready.do": Entry(
        zh="看那里的日志，等它启动完成，或重新启动它",
        en="see its log, wait until it has started, or restart it",
    ),
    "agent.degraded": Entry(zh="PRX 说模型服务降级了", en="PRX says that its model provider is degraded"),
    "agent.degraded.do": Entry(
        zh="在那台 PRX 上检查模型服务的密钥、额度和网络",
        en="check key, quota and network of the model provider on that PRX",
    ),
    "agent.not-asked": Entry(
        zh="身份、密钥、版本、限额等没有检查：先让它能连上",
        en="identity, credentials, version and limits were not checked: it has to be reached first",
    ),
    "agent.untold": Entry(
        zh="版本、限额等没有检查：它没有给出 /api/status",
        en="version and limits were not checked: it does not tell /api/status",
    ),
    "agent.none": Entry(zh="配置里没有智能体（[agents]）", en="the configuration has no agents ([agents])"),
    "agent-token.ok": Entry(zh="token 有效", en="the token is good"),
    "agent-token.open": Entry(
        zh="没有配置 token，PRX 也不要求（require_pairing = false）",
        en="no token is configured, and PRX asks for none (require_pairing = false)",
    ),
    "agent-token.missing": Entry(
        zh="PRX 要求 token，而这里没有配置", en="PRX asks for a token, and none is configured"
    ),
    "agent-token.missing.do": Entry(
        zh='在 [agents] 里写 token = "${{file:路径}}"；在那台 PRX 上用配对码换取，或把自定 token 的 SHA-256 写进 gateway.paired_tokens 后重启',
        en='write token = "${{file:PATH}}" in [agents]; get one on that PRX for a pairing code, or put the SHA-256 of one of your own into '
        "gateway.paired_tokens and restart",
    ),
    "agent-token.refused": Entry(zh="PRX 不认这个 token", en="PRX does not know this token"),
    "agent-token.refused.do": Entry(
        zh="核对 [agents] 里的 token 是不是这台 PRX 的；在那边它的 SHA-256 要在 gateway.paired_tokens 里（改后要重启）",
        en="check that token in [agents] is that of this PRX: its SHA-256 has to be in gateway.paired_tokens there (a change needs a "
        "restart)",
    ),
    "agent-token.throttled": Entry(
        zh="PRX 正在限制调用（429），没法检查 token",
        en="PRX limits calls (429), so the token was not checked",
    ),
    "agent-token.throttled.do": Entry(
        zh="一分钟后再试；提高那边的 gateway.api_rate_limit_per_minute（建议 600）",
        en="try again in a minute; raise gateway.api_rate_limit_per_minute there (600 is good)",
    ),
    "agent-token.odd": Entry(
        zh="/api/status 的应答看不懂：不是这个版本的 PRX，或中间有代理",
        en="/api/status makes no sense: another version of PRX, or a proxy between",
    ),
    "agent-token.odd.do": Entry(
        zh="核对 [agents] 里的 url，并看那边的版本（要 0.8）",
        en="check url in [agents], and the version there (0.8 is needed)",
    ),
    "agent-webhook.ok": Entry(
        zh="可以提交消息（签名和 webhook token 正确）",
        en="messages would be taken (signature and webhook token are right)",
    ),
    "agent-webhook.refused": Entry(
        zh="PRX 不接受提交：webhook_token 或 signing_secret 不对",
        en="PRX would refuse messages: webhook_token or signing_secret is wrong",
    ),
    "agent-webhook.refused.do": Entry(
        zh="[agents] 里的 signing_secret 要等于那边 [channels_config.webhook] 的 secret，webhook_token 要等于 [webhook] 的 token；那边没有的就留空",
        en="signing_secret in [agents] has to be secret of [channels_config.webhook] there, and webhook_token to be token of [webhook]; leave "
        "empty what is not set there",
    ),
    "agent-webhook.token-first": Entry(zh="要先有有效的 token", en="the token has to be good first"),
    "agent-webhook.unclear": Entry(zh="看不出来（HTTP {code}）", en="nobody can tell (HTTP {code})"),
    "agent-identity.ok": Entry(zh="是 {agent_id}", en="it is {agent_id}"),
    "agent-identity.other": Entry(
        zh="应答的是 {agent_id}，不是 {expected}：消息会交给别的智能体",
        en="{agent_id} answers, not {expected}: another agent would get the messages",
    ),
    "agent-identity.other.do": Entry(
        zh='核对 [agents] 里的 url 和端口；确实是它的话，写 agent_id = "{agent_id}"',
        en='check url and port in [agents]; if it is the right one after all, write agent_id = "{agent_id}"',
    ),
    "agent-identity.unchecked": Entry(
        zh="应答的是 {agent_id}，但没有配置 agent_id：端口写错时不会被发现",
        en="{agent_id} answers, and no agent_id is configured: a wrong port would go unnoticed",
    ),
    "agent-identity.unchecked.do": Entry(
        zh='在 [agents] 里写 agent_id = "{agent_id}"（那边是 [a2a] 的 agent_id，每台要不同）',
        en='write agent_id = "{agent_id}" in [agents] (agent_id of [a2a] there, a different one for each daemon)',
    ),
    "agent-identity.untold": Entry(zh="它没有说自己是谁", en="it does not say who it is"),
    "agent-version.ok": Entry(zh="PRX {version}", en="PRX {version}"),
    "agent-version.other": Entry(
        zh="PRX {version} 不在已知的版本之内（0.8）：接口可能不同",
        en="PRX {version} is none of the known versions (0.8): its interface may differ",
    ),
    "agent-version.other.do": Entry(
        zh="用 0.8 版的 PRX，或换用更新的路由器；给人用之前先试一遍",
        en="use a PRX 0.8, or a newer router; try it before people do",
    ),
    "agent-version.untold": Entry(zh="它没有说版本", en="it does not tell its version"),
    "agent-channel.ok": Entry(zh="PRX 没有占用钉钉", en="PRX does not listen to DingTalk itself"),
    "agent-channel.other": Entry(
        zh="PRX 自己也连钉钉，用的是另一个应用", en="PRX listens to DingTalk with an app of its own"
    ),
    "agent-channel.same": Entry(
        zh="这台 PRX 也用 {client_id} 连钉钉：一部分消息会被它接走，路由器收不到",
        en="this PRX listens to DingTalk as {client_id}, too: it takes a part of the messages away",
    ),
    "agent-channel.same.do": Entry(
        zh="从那边的配置里去掉 [channels_config.dingtalk]，或改用 prx gateway 运行",
        en="take [channels_config.dingtalk] out of its configuration, or run it as prx gateway",
    ),
    "agent-channel.unknown": Entry(
        zh="这台 PRX 自己也连钉钉；如果也是 {client_id}，一部分消息会被它接走",
        en="this PRX listens to DingTalk itself; if as {client_id}, it takes a part of the messages away",
    ),
    "agent-channel.unknown.do": Entry(
        zh="核对那边 [channels_config.dingtalk] 的 client_id；相同就去掉它，或改用 prx gateway 运行",
        en="look at client_id in [channels_config.dingtalk] there; if it is the same take it out, or run it as prx gateway",
    ),
    "agent-limits.ok": Entry(zh="限额与这里的设置相符", en="its limits fit our settings"),
    "agent-limits.ttl": Entry(
        zh="这里的 idempotency_ttl 是 {ours}，PRX 只记 {theirs}：重发可能让同一件事做两次",
        en="idempotency_ttl is {ours} here, and PRX remembers for {theirs} only: what is sent again may be done twice",
    ),
    "agent-limits.ttl.do": Entry(
        zh='在 [agents] 里写 idempotency_ttl = "{theirs}"，或提高那边的 gateway.idempotency_ttl_secs（建议 3600）并重启',
        en='write idempotency_ttl = "{theirs}" in [agents], or raise gateway.idempotency_ttl_secs there (3600 is good) and restart it',
    ),
    "agent-limits.calls": Entry(
        zh="这里每分钟调用 {ours} 次，PRX 只允许 {theirs} 次（0 为不限）：它会用 429 拒绝",
        en="we make {ours} calls a minute, and PRX allows {theirs} only (0: no limit): it would refuse with 429",
    ),
    "agent-limits.calls.do": Entry(
        zh="在 [agents] 里写 api_rate_limit_per_minute = {theirs}，或提高那边的 gateway.api_rate_limit_per_minute（建议 600）并重启",
        en="write api_rate_limit_per_minute = {theirs} in [agents], or raise gateway.api_rate_limit_per_minute there (600 is good) and "
        "restart it",
    ),
    "agent-limits.untold": Entry(
        zh="PRX 没有给出限额；请自己核对 gateway.idempotency_ttl_secs 和 api_rate_limit_per_minute",
        en="PRX does not tell its limits; compare gateway.idempotency_ttl_secs and api_rate_limit_per_minute yourself",
    ),
    "agent-memory.ok": Entry(zh="PRX 不保存单聊的内容", en="PRX does not save what is said in private"),
    "agent-memory.saves": Entry(
        zh="PRX 会把单聊里较长的话存进这个智能体的公共记忆",
        en="PRX saves longer things that are said in private into the agent's general memory",
    ),
    "agent-memory.saves.do": Entry(
        zh="不想保存就在那边写 [memory] auto_save = false 并重启",
        en="unless that is wanted, write auto_save = false in [memory] there and restart it",
    ),
    "agent-memory.untold": Entry(
        zh="PRX 没有说是否保存单聊的内容；它默认会存（[memory] auto_save）",
        en="PRX does not tell whether it saves what is said in private; by default it does (auto_save in [memory])",
    ),
}
