"""What the commands say that ask the running router."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

OPERATING: dict[str, Entry] = {
    "asking.nobody": Entry(
        zh="{url} 没有路由器应答：它在运行吗？（地址来自 [admin] listen）",
        en="no router answers at {url}: does it run? The address comes from listen in [admin]",
    ),
    "asking.token": Entry(
        zh="{url} 上的路由器不接受这个令牌：它启动时的 [admin] token 是另一个",
        en="the router at {url} does not accept the token: it started with another one in [admin]",
    ),
    "asking.refused": Entry(zh="{url} 上的路由器拒绝了：{why}", en="the router at {url} refused: {why}"),
    "reload.help": Entry(
        zh="让正在运行的路由器重新加载规则和配置；有错就什么都不变。",
        en="Put in force what the files hold; with a mistake in them nothing changes.",
    ),
    "reload.example": Entry(zh="例如：prx-router reload", en="Example: prx-router reload"),
    "reload.applied": Entry(
        zh="已生效：第 {number} 号，{rules} 条规则", en="in force: set {number}, rules {rules}"
    ),
    "reload.waiting": Entry(zh="要重启后才生效：{keys}", en="these need a restart: {keys}"),
    "reload.unchanged": Entry(
        zh="文件与正在使用的规则一致，没有变化", en="nothing changed: the files hold the rules in force"
    ),
    "reload.refused": Entry(
        zh="没有生效：{errors} 个错误，继续使用原来的规则",
        en="refused: errors {errors}; the rules in force stay",
    ),
    "reload.more": Entry(zh="……另有 {count} 个错误", en="… and {count} more errors"),
    "rollback.help": Entry(
        zh="退回更早的一版规则，直到文件再有改动；不写编号就退回上一版。",
        en="Serve an earlier set until the files change again; without a number the one before.",
    ),
    "rollback.example": Entry(
        zh="例如：prx-router rollback --list，然后 prx-router rollback 12",
        en="Example: prx-router rollback --list, then prx-router rollback 12",
    ),
    "rollback.number": Entry(zh="历史里的编号", en="its number in the history"),
    "rollback.list": Entry(zh="只列出最近生效过的规则", en="only list the sets that were in force"),
    "rollback.set": Entry(zh="{rules} 条规则，{files} 个文件", en="rules {rules}, files {files}"),
    "trigger.start": Entry(zh="启动", en="at the start"),
    "trigger.watch": Entry(zh="文件改动", en="files changed"),
    "trigger.poll": Entry(zh="文件改动", en="files changed"),
    "trigger.signal": Entry(zh="信号", en="by signal"),
    "trigger.admin": Entry(zh="手动加载", en="asked for"),
    "trigger.rollback": Entry(zh="退回", en="rolled back"),
    "status.help": Entry(
        zh="正在运行的路由器的状况：连接、规则、智能体、台账、积压、最近的问题。",
        en="Show how the running router is: connection, rules, agents, journal, backlogs, last problems.",
    ),
    "status.example": Entry(zh="例如：prx-router status --watch", en="Example: prx-router status --watch"),
    "status.watch": Entry(zh="每两秒刷新，直到中断", en="show it anew every two seconds, until interrupted"),
    "status.ready": Entry(zh="正常", en="ready"),
    "status.not-ready": Entry(zh="不正常：{what}", en="not ready: {what}"),
    "status.part.stream": Entry(zh="没有连上钉钉", en="no connection to DingTalk"),
    "status.part.journal": Entry(zh="台账写不进去", en="the journal cannot be written"),
    "status.up": Entry(zh="已运行 {time}，进程 {pid}", en="up {time}, process {pid}"),
    "status.label.stream": Entry(zh="钉钉", en="DingTalk"),
    "status.label.rules": Entry(zh="规则", en="rules"),
    "status.label.agents": Entry(zh="智能体", en="agents"),
    "status.label.journal": Entry(zh="台账", en="journal"),
    "status.label.waiting": Entry(zh="积压", en="waiting"),
    "status.label.messages": Entry(zh="消息", en="messages"),
    "status.label.replies": Entry(zh="回复", en="replies"),
    "status.label.month": Entry(zh="本月", en="month"),
    "status.expected": Entry(zh="到月底约 {count}", en="about {count} by the end"),
    "status.used-up": Entry(zh="钉钉说额度已用完", en="used up, says DingTalk"),
    "status.no-progress": Entry(zh="不再显示进度，余下留给回答", en="no progress; the rest is for answers"),
    "status.label.hits": Entry(zh="命中", en="hits"),
    "status.label.refused": Entry(zh="被拒绝", en="refused"),
    "status.label.problems": Entry(zh="问题", en="problems"),
    "status.stream.open": Entry(zh="已连接", en="connected"),
    "status.stream.closed": Entry(zh="没有连接", en="not connected"),
    "status.stream-counts": Entry(
        zh="推送 {frames}，重连 {reconnects}", en="frames {frames}, reconnects {reconnects}"
    ),
    "status.set": Entry(
        zh="第 {number} 号，{rules} 条规则，{files} 个文件，通过 {tests} 个测试",
        en="set {number}, rules {rules}, files {files}, tests passed {tests}",
    ),
    "status.held": Entry(
        zh="退回到第 {number} 号，直到文件再有改动", en="rolled back to set {number} until the files change"
    ),
    "status.refused": Entry(
        zh="文件里的改动没有生效（{time}）：{errors} 个错误",
        en="what the files hold is refused ({time}): errors {errors}",
    ),
    "status.differs": Entry(
        zh="文件里是另一版（{on_disk}），还没有加载",
        en="the files hold another set ({on_disk}) that is not in force",
    ),
    "status.warnings": Entry(
        zh="规则有 {count} 处警告，用 prx-router validate 查看",
        en="warnings {count}; see prx-router validate",
    ),
    "status.restart": Entry(zh="要重启后才生效：{keys}", en="needs a restart: {keys}"),
    "status.agent.ok": Entry(zh="正常", en="ok"),
    "status.agent.unreachable": Entry(zh="联系不上", en="cannot be reached"),
    "status.agent.fault": Entry(zh="拒绝路由器", en="refuses the router"),
    "status.agent-counts": Entry(
        zh="处理中 {running}/{most}，等待 {waiting}", en="running {running}/{most}, waiting {waiting}"
    ),
    "status.journal-counts": Entry(
        zh="排队 {queued}，处理中 {running}", en="queued {queued}, running {running}"
    ),
    "status.dead": Entry(zh="无法送达 {count}", en="dead {count}"),
    "status.see-dead": Entry(
        zh="详情：prx-router dead list，最近一条：prx-router dead show {msg_id}",
        en="more: prx-router dead list; the last one: prx-router dead show {msg_id}",
    ),
    "status.see-dead-list": Entry(zh="详情：prx-router dead list", en="more: prx-router dead list"),
    "status.in-memory": Entry(zh="只在内存里", en="in memory only"),
    "status.since": Entry(zh="从 {time} 起", en="since {time}"),
    "status.outcome": Entry(zh="{what} {count}", en="{what} {count}"),
    "status.list": Entry(zh="{entries}", en="{entries}"),
    "status.duplicates": Entry(zh="重复 {count}", en="duplicates {count}"),
    "status.unstored": Entry(zh="没能存储 {count}", en="not stored {count}"),
    "status.replies": Entry(zh="{route} {result} {count}", en="{route} {result} {count}"),
    "status.admit": Entry(
        zh="要允许谁，就把带引号的 ID 写进 allowed_users",
        en="to admit one, put the quoted ID into allowed_users",
    ),
}
