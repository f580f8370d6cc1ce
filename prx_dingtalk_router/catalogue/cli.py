"""What commands print."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.cli_codes import CODES
from prx_dingtalk_router.catalogue.cli_dead import DEAD
from prx_dingtalk_router.catalogue.cli_doctor import DOCTOR
from prx_dingtalk_router.catalogue.cli_explain import EXPLAIN
from prx_dingtalk_router.catalogue.cli_fmt import FMT
from prx_dingtalk_router.catalogue.cli_guide import GUIDE
from prx_dingtalk_router.catalogue.cli_journal import JOURNAL
from prx_dingtalk_router.catalogue.cli_operating import OPERATING
from prx_dingtalk_router.catalogue.cli_replay import REPLAY
from prx_dingtalk_router.catalogue.cli_test import TEST
from prx_dingtalk_router.catalogue.cli_validate import VALIDATE
from prx_dingtalk_router.catalogue.cli_why import WHY
from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "program.help": Entry(
        zh="按规则把钉钉机器人收到的消息交给 PRX 智能体、固定回复或丢弃。",
        en="Routes what a DingTalk bot receives to PRX agents, canned replies or nowhere, by rules.",
    ),
    "program.example": Entry(
        zh="第一次用：prx-router init mybot && cd mybot && prx-router run --sandbox",
        en="The first time: prx-router init mybot && cd mybot && prx-router run --sandbox",
    ),
    "defect": Entry(
        zh="内部错误 {kind}（{place}）。这是程序的缺陷，请报告；设置 PRX_ROUTER_TRACEBACK=1 可看到详细位置",
        en="internal error {kind} ({place}). This is a defect of the program, please report it; PRX_ROUTER_TRACEBACK=1 shows where",
    ),
    "no-configuration": Entry(
        zh="没有找到配置：本文件夹和上级文件夹里都没有 prx-router.toml。请进入它所在的文件夹，或用 --config 指定；还没有的话，`prx-router init` 会写出一套；只想试规则，用 `prx-router run --sandbox`",
        en="no configuration found: there is no prx-router.toml in this folder or one above. Go to the folder that has it, or name one with --config; `prx-router init` writes a first one, and `prx-router run --sandbox` tries rules without any",
    ),
    "no-rules": Entry(
        zh="没有找到规则：这里没有 prx-router.toml，也没有 rules 文件夹。请进入规则所在的文件夹，或写出它的路径；还没有的话，`prx-router init` 会写出一套",
        en="no rules found: there is neither a prx-router.toml nor a folder called rules here. Go to the folder that has them, or name a path; `prx-router init` writes a first set",
    ),
    "no-configured-rules": Entry(
        zh="没有找到规则 `{path}`：请改 {source} 里 `[rules]` 的 `path`（`rules.path`），或用 --rules 指定",
        en="there are no rules at `{path}`: change `path` in `[rules]` (`rules.path`) of {source}, or name them with --rules",
    ),
    "unreadable": Entry(zh="无法读取 {path}：{why}", en="{path} cannot be read: {why}"),
    "system": Entry(zh="系统不允许：{why}", en="the system refused: {why}"),
    "os.missing": Entry(zh="没有这个文件或文件夹", en="No such file or directory"),
    "os.folder": Entry(zh="是文件夹，这里要写一个文件", en="Is a directory"),
    "os.no-folder": Entry(zh="路径里有一段不是文件夹", en="Not a directory"),
    "os.permission": Entry(zh="没有权限", en="Permission denied"),
    "os.read-only": Entry(zh="所在的磁盘是只读的", en="Read-only file system"),
    "os.full": Entry(zh="磁盘已满", en="No space left on device"),
    "rules-with-failing-tests": Entry(
        zh="{path} 的测试没有通过，而 [rules] boot 不允许用上次的规则启动；用 prx-router test 查看",
        en="tests of {path} fail, and there are no other rules to start with; see prx-router test",
    ),
    "rules-with-errors": Entry(
        zh="规则有 {errors} 个错误，用 `prx-router validate {path}` 查看详情",
        en="the rules have errors ({errors}); `prx-router validate {path}` shows them in full",
    ),
    "everybody-admitted": Entry(
        zh="没有配置 allowed_users：按允许所有人计算",
        en="no configuration says who may use the bot: everybody is admitted",
    ),
    "severity.error": Entry(zh="错误", en="error"),
    "severity.warning": Entry(zh="警告", en="warning"),
    "severity.note": Entry(zh="提示", en="note"),
    "advice": Entry(zh="建议：", en="help: "),
    "repair": Entry(zh="修复：", en="fix: "),
    "repair-suggested": Entry(zh="修复（请确认）：", en="fix, if that is meant: "),
    "more-lines": Entry(zh="还有 {count} 行", en="lines more: {count}"),
    "usage": Entry(zh="用法：", en="Usage: "),
    "heading.arguments": Entry(zh="参数：", en="Arguments:"),
    "heading.options": Entry(zh="选项：", en="Options:"),
    "heading.commands": Entry(zh="命令：", en="Commands:"),
    "heading.others": Entry(zh="其他：", en="Others:"),
    "heading.writing": Entry(zh="写规则：", en="Writing rules:"),
    "heading.running": Entry(zh="运行：", en="Running:"),
    "heading.recorded": Entry(zh="记录下来的消息：", en="Recorded messages:"),
    "heading.on-call": Entry(zh="出了问题：", en="When something is wrong:"),
    "help.help": Entry(
        zh="显示一个命令的说明；不写命令就列出全部。",
        en="Show the help of a command; without one, list them all.",
    ),
    "help.example": Entry(zh="例如：prx-router help dead retry", en="Example: prx-router help dead retry"),
    "help.names": Entry(zh="命令的名称", en="the name of a command"),
    "misuse.help": Entry(zh="说明见 `{command} -h`", en="`{command} -h` shows help"),
    "misuse.meant": Entry(zh="；是不是想写 {names}？", en="; did you mean {names}?"),
    "misuse.command": Entry(zh="没有命令 `{found}`{meant}", en="there is no command `{found}`{meant}"),
    "misuse.option": Entry(zh="没有选项 `{found}`{meant}", en="there is no option `{found}`{meant}"),
    "misuse.missing": Entry(zh="缺少 {found}", en="{found} is missing"),
    "misuse.no-value": Entry(zh="选项 `{found}` 后面要写一个值", en="`{found}` needs a value after it"),
    "misuse.a-value": Entry(zh="选项 `{found}` 后面不写值", en="`{found}` takes no value"),
    "misuse.extra": Entry(
        zh="多出了 `{found}`；有空格的文字要整个放在引号里",
        en="`{found}` is too much; a text with blanks goes into quotes as a whole",
    ),
    "misuse.value": Entry(
        zh="`{found}` 的值不能用：{why}", en="the value of `{found}` cannot be used: {why}"
    ),
    "misuse.choice": Entry(zh="`{value}` 不是 {choices} 之一", en="`{value}` is none of {choices}"),
    "misuse.at-most": Entry(zh="不能超过 {limit}", en="{limit} at most"),
    "misuse.at-least": Entry(zh="不能小于 {limit}", en="{limit} at least"),
    "misuse.number": Entry(zh="要写一个数字", en="a number is needed"),
    "option.help": Entry(zh="显示这些说明", en="show this help"),
    "option.version": Entry(zh="显示版本", en="show the version"),
    "option.install-completion": Entry(
        zh="为当前的 shell 安装命令补全", en="install completion for the current shell"
    ),
    "option.show-completion": Entry(
        zh="显示命令补全的脚本，可自行安装", en="show the completion script, to install it by hand"
    ),
    "option.default": Entry(zh="[默认：{value}]", en="[default: {value}]"),
    "completion.installed": Entry(
        zh="补全脚本已写入 {path}；新开的终端里就能用",
        en="the completion script is {path}; new shells use it",
    ),
    "completion.shell": Entry(
        zh="没有 `{found}` 的补全；支持的 shell：{shells}（看环境变量 SHELL）",
        en="there is no completion for `{found}`, only for {shells} (by the environment variable SHELL)",
    ),
    "completion.unwritable": Entry(zh="无法写入 {path}：{why}", en="{path} cannot be written: {why}"),
    "option.config": Entry(
        zh="配置文件（默认：PRX_ROUTER_CONFIG，否则本文件夹或上级文件夹里的 prx-router.toml）",
        en="the configuration (default: PRX_ROUTER_CONFIG, else prx-router.toml here or in a folder above)",
    ),
    "option.rules": Entry(
        zh="规则文件或文件夹，代替配置里的", en="rules file or folder instead of the configuration's"
    ),
    "option.lang": Entry(zh="显示语言", en="the language of what is shown"),
    "option.no-color": Entry(zh="不用颜色", en="no colour"),
    "option.json": Entry(zh="输出 JSON，每行一项", en="print JSON, one item a line"),
    "run.help": Entry(zh="运行路由器。", en="Run the router."),
    "run.example": Entry(
        zh="例如：prx-router run --sandbox（无需钉钉和 PRX，带聊天页面）",
        en="Example: prx-router run --sandbox (no DingTalk, no PRX, with a page to chat on)",
    ),
    "run.sandbox": Entry(
        zh="在本机模拟钉钉和 PRX 智能体，并提供聊天页面",
        en="DingTalk and PRX agents simulated on this machine, with a page to chat on",
    ),
    "run.once": Entry(zh="第一次空闲满一秒就结束", en="end after the first idle second"),
    "run.record": Entry(
        zh="把新消息的回调逐行追加到这个文件，供 replay 使用；里面有大家写的话",
        en="append the callbacks of new messages to this file, a line each, for replay; they hold what people write",
    ),
    "run.unwritable-record": Entry(zh="无法写入 {path}：{why}", en="{path} cannot be written: {why}"),
    "last-configuration": Entry(
        zh="{problem}\n下面按上次可用的配置回答",
        en="{problem}\nwhat follows is by the last good configuration",
    ),
    "run.secrets-in-file": Entry(
        zh="上次可用的配置也用不了：{keys} 直接写在配置文件里，路由器不另存密钥；写成 ${{env:…}} 或 ${{file:…}}，以后就能用上次的配置启动",
        en="the last good configuration is of no use either: secrets that stand in the file itself are not copied ({keys}); "
        "written as ${{env:…}} or ${{file:…}} they let the router start with it",
    ),
    "run.port": Entry(
        zh="聊天页面的端口（默认 8320，被占用时任选；0：任意空闲端口）",
        en="port of the chat page (default 8320 if free; 0: any free one)",
    ),
    "config.help": Entry(
        zh="显示生效的配置（密钥已遮盖）及其来源。",
        en="Show the settings in force, secrets masked, and where each came from.",
    ),
    "config.example": Entry(zh="例如：prx-router config show", en="Example: prx-router config show"),
    "config.rules": Entry(zh="命令行的 --rules", en="--rules of the command line"),
    "simulate.help": Entry(
        zh="只启动模拟的钉钉或 PRX，供其他程序测试。",
        en="The sandbox's DingTalk or PRX alone, for other programs' tests.",
    ),
    "simulate.example": Entry(
        zh="""\b
例如：prx-router simulate prx --fault turn_delay=2 \\
          --set paired_tokens=my-token
      prx-router simulate dingtalk --listen 127.0.0.1:8700 \\
          --page-port 8701 --fault redeliver-after=2

发生的每件事都是标准输出上的一行 JSON：要么读走，要么写入文件；没人读的管道写满后会卡住。以下按上面第二条命令的端口说明钉钉的用法。

把机器人访问的 https://api.dingtalk.com 和 https://oapi.dingtalk.com 都换成 http://127.0.0.1:8700。
官方 Python SDK 设置环境变量 DINGTALK_OPENAPI_ENDPOINT=http://127.0.0.1:8700 即可（只有上传媒体文件仍访问真正的
oapi.dingtalk.com）；官方 Node SDK 没有这种设置，请在 axios 里改写地址。

发消息：人在聊天页面上写；程序连接页面的 WebSocket ws://127.0.0.1:8701/socket
（须带请求头 Origin: http://127.0.0.1:8701）。连上后先收到全部人员、会话和故障开关，然后可发送：

\b
  {{"id": 1, "ask": "say", "person": "u1001",
   "conversation": "cidITHelpDesk2026A1==", "text": "你好"}}
  {{"id": 2, "ask": "fault", "of": "dingtalk",
   "name": "webhook", "value": "300001"}}
  {{"id": 3, "ask": "disconnect"}}

每条都会得到同一 id 的 done（say 带 msg_id）或 refused。say 还可带 type（text、richText、picture、audio、
video、file、chatRecord、unknownMsgType）、mentions、quote、file_name、at_robot；richText 正文里的每个 ![] 是一张图片，
chatRecord 正文每行是“谁: 说了什么”。""",
        en="""\b
Example: prx-router simulate prx --fault turn_delay=2 \\
             --set paired_tokens=my-token
         prx-router simulate dingtalk --listen 127.0.0.1:8700 \\
             --page-port 8701 --fault redeliver-after=2

Each thing that happens is a line of JSON on standard output: read it, or send it to a file, for a pipe that
nobody reads fills up and holds everything up. What follows is about DingTalk, with the ports of the second
command.

Let the bot use http://127.0.0.1:8700 in place of both https://api.dingtalk.com and https://oapi.dingtalk.com.
The official Python SDK does so with DINGTALK_OPENAPI_ENDPOINT=http://127.0.0.1:8700 in its environment (but
for media uploads, which still go to the real oapi.dingtalk.com); the official Node SDK has no such setting:
rewrite the addresses in axios.

Messages: a person writes them on the page, a program over the page's WebSocket, ws://127.0.0.1:8701/socket
(with the header Origin: http://127.0.0.1:8701). The first thing that it receives lists all people,
conversations and faults; then it may send:

\b
  {{"id": 1, "ask": "say", "person": "u1001",
   "conversation": "cidITHelpDesk2026A1==", "text": "hi"}}
  {{"id": 2, "ask": "fault", "of": "dingtalk",
   "name": "webhook", "value": "300001"}}
  {{"id": 3, "ask": "disconnect"}}

Each is answered under its id: done (for a say with the msg_id) or refused. A say also takes type (text,
richText, picture, audio, video, file, chatRecord, unknownMsgType), mentions, quote, file_name and at_robot;
each ![] in the text of a richText is a picture, each line of a chatRecord is "who: what".""",
    ),
    "simulate.speed": Entry(
        zh="钉钉自身的等待（重推、有效期、限频……）快多少倍",
        en="how many times faster DingTalk's own waits end (redelivery, lives, rates …)",
    ),
    "simulate.no-credentials": Entry(
        zh="`--client-id` 和 `--client-secret` 不能为空",
        en="`--client-id` and `--client-secret` must not be empty",
    ),
    "simulate.part": Entry(zh="模拟什么（默认 dingtalk）", en="what to simulate (default: dingtalk)"),
    "simulate.listen": Entry(
        zh="监听地址（端口 0：任意空闲端口）", en="where to listen (port 0: any free one)"
    ),
    "simulate.fault": Entry(zh="故障开关，可重复", en="a fault; may be repeated"),
    "simulate.faults": Entry(zh="列出所有故障开关", en="list all faults"),
    "simulate.client-id": Entry(zh="机器人的 Client ID", en="the bot's Client ID"),
    "simulate.client-secret": Entry(
        zh="机器人的 Client Secret（只用于模拟）", en="the bot's Client Secret (of the simulation only)"
    ),
    "simulate.set": Entry(
        zh="PRX 自身的设置，名称和 PRX 的配置相同，可重复",
        en="a setting of PRX itself, by its name in PRX's configuration; may be repeated",
    ),
    "simulate.agent": Entry(zh="智能体的 agent_id", en="the daemon's agent_id"),
    "simulate.page-port": Entry(
        zh="写消息用的页面的端口（0：任意空闲端口）",
        en="port of the page to write messages on (0: any free one)",
    ),
    "simulate.meaning": Entry(zh="含义", en="meaning"),
    "simulate.dingtalk-at": Entry(
        zh="钉钉模拟器：{url}（Client ID {client_id}），聊天页面：{page}",
        en="DingTalk is simulated at {url} (Client ID {client_id}); write messages at {page}",
    ),
    "simulate.prx-at": Entry(
        zh="PRX 模拟器：{url}（{agent}），{token}",
        en="PRX is simulated at {url} ({agent}), {token}",
    ),
    "simulate.token": Entry(zh="令牌：{token}", en="token {token}"),
    "simulate.pairing-code": Entry(zh="还没有令牌，配对码：{code}", en="no token yet, pairing code {code}"),
    "simulate.no-token": Entry(zh="模拟器没有可显示的令牌", en="no token to show"),
    "simulate.no-agent": Entry(zh="`--agent` 不能为空", en="`--agent` must not be empty"),
    "simulate.setting-unknown": Entry(
        zh="PRX 没有设置 `{name}`，可用的有：{known}",
        en="PRX has no setting `{name}`; known settings: {known}",
    ),
    "simulate.setting-value": Entry(
        zh="设置 `{name}` 不接受 `{value}`，应为：{expected}",
        en="setting `{name}` does not take `{value}`; expected {expected}",
    ),
    "simulate.listen-port": Entry(
        zh="端口 `{found}` 太大，最大 65535", en="port `{found}` is too large, 65535 at most"
    ),
    "simulate.fault-form": Entry(zh="`{found}` 应写成 名称=值", en="`{found}` must be NAME=VALUE"),
    "simulate.listen-form": Entry(zh="`{found}` 应写成 主机:端口", en="`{found}` must be HOST:PORT"),
    "init.help": Entry(
        zh="写出一套能用的配置和规则，从不覆盖已有文件。",
        en="Write a small working configuration with rules; never overwrites.",
    ),
    "init.example": Entry(zh="例如：prx-router init mybot", en="Example: prx-router init mybot"),
    "init.folder": Entry(zh="文件夹（默认当前文件夹）", en="the folder (default: this one)"),
    "init.language": Entry(
        zh="规则和回复用哪种语言写？1：中文  2：英文",
        en="Which language are the rules and replies to be in? 1: Chinese  2: English",
    ),
    "init.kept": Entry(zh="已存在，保留：{path}", en="kept, it was there: {path}"),
    "init.unwritable": Entry(zh="无法写入 {path}：{why}", en="{path} cannot be written: {why}"),
    "init.in-the-way": Entry(
        zh="{path} 已存在，但不是文件夹；请换个名称，或先把它移走",
        en="{path} is there and is no folder; choose another name, or move it away first",
    ),
    "init.next": Entry(
        zh="接下来：{where}prx-router validate && prx-router test && prx-router run --sandbox\n怎么写规则：prx-router guide",
        en="next: {where}prx-router validate && prx-router test && prx-router run --sandbox\nhow to write rules: prx-router guide",
    ),
    "sandbox.answer": Entry(
        zh="**{agent}**（沙箱里的智能体）收到：{message}",
        en="**{agent}** (an agent of the sandbox) got: {message}",
    ),
    "sandbox.starting": Entry(
        zh="路由器还没有启动好，请稍等一会儿", en="the router has not started yet; wait a moment"
    ),
    "sandbox.forgotten": Entry(
        zh="路由器不再记得这条消息，请再发一次",
        en="the router does not remember this message any more; send it again",
    ),
    "sandbox.remembers": Entry(zh="这个会话里之前说过：", en="Said before in this conversation:"),
    **DOCTOR,
    **EXPLAIN,
    **JOURNAL,
    **VALIDATE,
    **REPLAY,
    **FMT,
    **CODES,
    **GUIDE,
    **TEST,
    **WHY,
    **DEAD,
    **OPERATING,
}
