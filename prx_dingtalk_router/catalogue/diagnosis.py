"""What ``doctor`` finds, and what to do about it: ``<check>.<outcome>``, and ``<check>.<outcome>.do``."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.diagnosis_agents import AGENTS
from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "rules.ok": Entry(zh="{rules} 条规则有效（{fingerprint}）", en="rules: {rules}, valid ({fingerprint})"),
    "rules.warnings": Entry(
        zh="{rules} 条规则有效（{fingerprint}），有 {count} 个警告",
        en="rules: {rules}, valid ({fingerprint}), warnings: {count}",
    ),
    "rules.warnings.do": Entry(
        zh="看一看 prx-router validate 的说明", en="see what prx-router validate says"
    ),
    "rules.errors": Entry(
        zh="规则有 {count} 个错误；第一个：{first}", en="errors in the rules: {count}; the first: {first}"
    ),
    "rules.errors.do": Entry(
        zh="用 prx-router validate 查看全部并改正；在那之前，重新加载会被拒绝，启动时用的是上一次有效的规则",
        en="see all with prx-router validate and correct them; until then a reload is refused, and a start takes the last set that "
        "was good",
    ),
    "rules.tests": Entry(
        zh="规则里有 {count} 个测试失败；第一个：{first}",
        en="failing tests in the rules: {count}; the first: {first}",
    ),
    "rules.tests.do": Entry(
        zh="用 prx-router test 查看，改规则或改测试；测试不通过的规则不会被加载（[rules] tests = false 可关闭）",
        en="see them with prx-router test and change the rules or the tests; rules whose tests fail are not loaded (tests = false in "
        "[rules] switches that off)",
    ),
    "rules.missing": Entry(zh="没有规则：{path}", en="there are no rules at {path}"),
    "rules.missing.do": Entry(
        zh="改 [rules] 的 path，或用 prx-router init 写出一套",
        en="change path in [rules], or write a first set with prx-router init",
    ),
    "allowed-users.some": Entry(zh="{count} 个人可以使用机器人", en="people who may use the bot: {count}"),
    "allowed-users.everybody": Entry(zh='人人都可以使用机器人（"*"）', en='everybody may use the bot ("*")'),
    "allowed-users.nobody": Entry(
        zh="没有人可以使用机器人：allowed_users 是空的", en="nobody may use the bot: allowed_users is empty"
    ),
    "allowed-users.nobody.do": Entry(
        zh='把 staff ID 写进 [channels_config.dingtalk] 的 allowed_users，或写 ["*"] 允许所有人。不知道 staff ID：让那个人给机器人发一条消息，prx-router why 会写出可以直接粘贴的 ID',
        en='put staff IDs into allowed_users in [channels_config.dingtalk], or ["*"] for everybody. To learn somebody\'s staff ID '
        "let them write to the bot: prx-router why shows it ready to paste",
    ),
    "allowed-users.no-staff-id": Entry(
        zh="allowed_users 里这些不是 staff ID：{entries}", en="no staff IDs, in allowed_users: {entries}"
    ),
    "allowed-users.no-staff-id.do": Entry(
        zh="这里要写 staff ID（管理后台里叫“员工 UserID”），不是名字、邮箱或 senderId。让那个人给机器人发一条消息，prx-router why 会写出可以直接粘贴的 ID",
        en="staff IDs belong here (“UserID” in the admin console), not names, addresses of mail or senderIds. Let them write to the "
        "bot: prx-router why shows their ID ready to paste",
    ),
    "allowed-users.phone": Entry(
        zh="allowed_users 里这些像手机号：{entries}",
        en="these look like phone numbers, in allowed_users: {entries}",
    ),
    "allowed-users.phone.do": Entry(
        zh="手机号一般不是 staff ID；如果他们用不了，让他们给机器人发一条消息，prx-router why 会写出可以直接粘贴的 ID",
        en="a phone number is seldom a staff ID; if they are refused let them write to the bot: prx-router why shows their ID ready to "
        "paste",
    ),
    "notify.some": Entry(zh="{count} 个人会收到故障通知", en="people who are told of trouble: {count}"),
    "notify.nobody": Entry(
        zh="没有人会收到故障通知；要让机器人在出故障时发私信，把 staff ID 写进 [notify] 的 staff_ids",
        en="nobody is told of trouble; who shall be, by a private message of the robot, goes into staff_ids of [notify]",
    ),
    "notify.no-staff-id": Entry(
        zh="[notify] 的 staff_ids 里这些不是 staff ID：{entries}",
        en="no staff IDs, in staff_ids of [notify]: {entries}",
    ),
    "notify.no-staff-id.do": Entry(
        zh='这里要写 staff ID（管理后台里叫“员工 UserID”），不是名字、邮箱、senderId 或 "*"。让那个人给机器人发一条消息，prx-router why 会写出他的 ID',
        en='staff IDs belong here (“UserID” in the admin console), not names, addresses of mail, senderIds or "*". Let them write to '
        "the bot: prx-router why shows their ID",
    ),
    "notify.phone": Entry(
        zh="[notify] 的 staff_ids 里这些像手机号：{entries}",
        en="these look like phone numbers, in staff_ids of [notify]: {entries}",
    ),
    "notify.phone.do": Entry(
        zh="手机号一般不是 staff ID：让他们给机器人发一条消息，prx-router why 会写出 ID",
        en="a phone number is seldom a staff ID: let them write to the bot, and prx-router why shows their ID",
    ),
    "secret-files.ok": Entry(
        zh="含密钥的文件只有所有者能读", en="files with secrets are readable for their owner alone"
    ),
    "secret-files.readable": Entry(
        zh="{path} 里有 {key}，而别的用户也能读它（权限 {mode}）",
        en="others can read {path}, which holds {key} (mode {mode})",
    ),
    "secret-files.readable.do": Entry(
        zh="chmod 600 {path}；或者把密钥移出去，配置里写 ${{env:名称}} 或 ${{file:路径}}",
        en="chmod 600 {path}; or move the secret out of it, and write ${{env:NAME}} or ${{file:PATH}} in the configuration",
    ),
    "secret-files.windows": Entry(
        zh="这个系统没有 Unix 文件权限，请自己确认谁能读配置和密钥",
        en="this system has no Unix file modes: make sure yourself who can read configuration and secrets",
    ),
    "journal.ok": Entry(
        zh="{path} 可写，磁盘还有 {free} MB",
        en="{path} can be written, {free} MB are free",
    ),
    "journal.memory": Entry(
        zh="消息台账只在内存里：停止时没处理完的消息会丢失",
        en="the journal is in memory: what is unfinished when the process ends is lost",
    ),
    "journal.memory.do": Entry(
        zh='在 [journal] 里写 url = "sqlite:///prx-router.db"',
        en='write url = "sqlite:///prx-router.db" in [journal]',
    ),
    "journal.no-folder": Entry(
        zh="消息台账的文件夹 {folder} 不存在", en="the folder of the journal, {folder}, does not exist"
    ),
    "journal.no-folder.do": Entry(
        zh="建立它（mkdir -p {folder}），或改 [journal] 的 url",
        en="make it (mkdir -p {folder}), or change url in [journal]",
    ),
    "journal.read-only": Entry(zh="用户 {user} 不能写 {path}", en="user {user} cannot write {path}"),
    "journal.read-only.do": Entry(
        zh="把文件和文件夹的所有者改成运行路由器的用户，或改 [journal] 的 url",
        en="give file and folder to the user that the router runs as, or change url in [journal]",
    ),
    "journal.unusable": Entry(zh="{problem}", en="{problem}"),
    "journal.unusable.do": Entry(
        zh="改 [journal] 的 url 换一个文件；确定里面没有要紧的消息时，也可以把旧文件移走",
        en="name another file as url in [journal]; or move this one away once nothing in it matters",
    ),
    "journal.full": Entry(
        zh="消息台账 {path} 所在的磁盘只剩 {free} MB",
        en="the disk of the journal {path} has only {free} MB left",
    ),
    "journal.full.do": Entry(
        zh="腾出空间，或缩短 [journal] 的 retention；磁盘满了，消息就不会被确认",
        en="free some space, or shorten retention in [journal]; on a full disk no message is acknowledged",
    ),
    "host.ok": Entry(zh="可以连上", en="reached"),
    "host.name": Entry(zh="域名解析失败：{host}（{why}）", en="name look-up failed: {host} ({why})"),
    "host.name.do": Entry(
        zh="检查这台机器的 DNS（/etc/resolv.conf）；只能走代理的网络请设置 [dingtalk] 的 proxy",
        en="check the DNS of this machine (/etc/resolv.conf); where the way out is a proxy, set proxy in [dingtalk]",
    ),
    "host.connection": Entry(zh="TCP 连接不上：{host}（{why}）", en="no TCP connection: {host} ({why})"),
    "host.connection.do": Entry(
        zh="让防火墙放行到 {host} 的出站连接；只能走代理的网络请检查 [dingtalk] 的 proxy 和环境变量 HTTPS_PROXY",
        en="let the firewall pass connections to {host}; where the way out is a proxy, check proxy in [dingtalk] and HTTPS_PROXY",
    ),
    "host.proxy": Entry(
        zh="代理 {host} 不给通过（{why}）", en="the proxy {host} does not let it pass ({why})"
    ),
    "host.proxy.do": Entry(
        zh="让代理允许 CONNECT 到 *.dingtalk.com:443，并核对代理的地址和密码（[dingtalk] 的 proxy，或 HTTPS_PROXY）",
        en="let the proxy allow CONNECT to *.dingtalk.com:443, and check its address and password (proxy in [dingtalk], or HTTPS_PROXY)",
    ),
    "host.encryption": Entry(zh="TLS 握手失败：{host}（{why}）", en="TLS failed: {host} ({why})"),
    "host.encryption.do": Entry(
        zh="有拆解 TLS 的代理时，把它的 CA 证书写进 [dingtalk] 的 ca_file；也请核对地址、端口和本机时钟",
        en="where a proxy opens TLS, name its CA certificate as ca_file in [dingtalk]; check address, port and this machine's clock, too",
    ),
    "registration.ok": Entry(
        zh="钉钉接受了 {client_id} 的注册（Stream 模式）",
        en="DingTalk accepts the registration of {client_id} (Stream Mode)",
    ),
    "registration.credentials": Entry(
        zh="钉钉拒绝了 Client ID 或 Client Secret", en="DingTalk refuses Client ID or Client Secret"
    ),
    "registration.setup": Entry(
        zh="钉钉没有接受注册：应用没有发布、机器人没有启用、不是 Stream 模式，或 IP 不在白名单",
        en="DingTalk does not accept the registration: app not published, robot not enabled, not in Stream Mode, or the IP is not listed",
    ),
    "registration.quota": Entry(zh="钉钉限制了访问", en="DingTalk limits our access"),
    "registration.no-answer": Entry(zh="没有收到钉钉网关的应答", en="the DingTalk gateway gives no answer"),
    "registration.odd": Entry(zh="注册得到的应答不能用", en="the answer to the registration is of no use"),
    "robot-permission.ok": Entry(
        zh="机器人可以主动发消息（机器人接口）", en="the robot may send messages (robot API)"
    ),
    "robot-permission.denied": Entry(
        zh="应用没有“企业内机器人发送消息”权限（{said}）：会话 webhook 过期之后的回复会失败",
        en="the app may not send as a robot ({said}): replies fail once the session webhook has expired",
    ),
    "robot-permission.denied.do": Entry(
        zh="到开放平台的“权限管理”申请 qyapi_robot_sendmsg，然后发布新版本",
        en="apply for qyapi_robot_sendmsg under “Permissions” in the developer console, then publish a new version",
    ),
    "robot-permission.address": Entry(
        zh="本机的出口 IP 不在白名单内（{said}）", en="our public IP is not on the allow-list ({said})"
    ),
    "robot-permission.address.do": Entry(
        zh="到开放平台的“安全设置”把服务器出口 IP 加进去",
        en="add this server's public IP under “Security” in the developer console",
    ),
    "robot-permission.quota": Entry(
        zh="本月的接口调用次数已用完（{said}）", en="this month's API calls are used up ({said})"
    ),
    "robot-permission.quota.do": Entry(
        zh="到开放平台查看用量；等到下个月，或购买额度",
        en="see the use in the developer console; wait for next month, or buy more",
    ),
    "robot-permission.refused": Entry(
        zh="钉钉拒绝了机器人接口（{said}）", en="DingTalk refuses the robot API ({said})"
    ),
    "robot-permission.refused.do": Entry(
        zh="到开放平台查看这个应用的权限、安全设置和用量",
        en="see the app's permissions, security settings and use in the developer console",
    ),
    "robot-permission.no-token": Entry(
        zh="没有得到 access token（{said}）", en="no access token was given ({said})"
    ),
    "robot-permission.no-token.do": Entry(
        zh="到开放平台“凭证与基础信息”核对 Client ID 和 Client Secret，并确认应用已启用",
        en="compare Client ID and Client Secret with “Credentials” in the developer console, and check that the app is enabled",
    ),
    "robot-permission.no-answer": Entry(zh="没有应答，无法判断", en="no answer, so nobody can tell"),
    "clock.ok": Entry(zh="本机时钟与钉钉一致", en="this machine's clock agrees with DingTalk's"),
    "clock.slow": Entry(zh="本机时钟慢 {seconds} 秒", en="this machine's clock is {seconds} s slow"),
    "clock.slow.do": Entry(
        zh="打开对时：timedatectl set-ntp true（或 chronyc makestep）；webhook 何时过期、消息的时间都以它为准",
        en="switch its time service on: timedatectl set-ntp true (or chronyc makestep); when webhooks expire and what time messages get "
        "goes by it",
    ),
    "clock.fast": Entry(zh="本机时钟快 {seconds} 秒", en="this machine's clock is {seconds} s fast"),
    "clock.fast.do": Entry(
        zh="打开对时：timedatectl set-ntp true（或 chronyc makestep）；webhook 何时过期、消息的时间都以它为准",
        en="switch its time service on: timedatectl set-ntp true (or chronyc makestep); when webhooks expire and what time messages get "
        "goes by it",
    ),
    "clock.unknown": Entry(
        zh="钉钉没有应答，无法比较时钟", en="no answer from DingTalk to compare the clock with"
    ),
    **AGENTS,
}
