"""Words that people try first, and what they are in this language: hints and fixes come from here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping


def _by_word(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return for each of the words of a table, with blanks between them, all that it can mean."""
    meant: dict[str, tuple[str, ...]] = {}
    for meaning, words in table.items():
        for word in words.split():
            meant[word] = (*meant.get(word, ()), meaning)
    return meant


_KEYWORDS = _by_word(
    {
        "and": "并且 而且 且 和 与 同时 以及 plus",
        "or": "或 或者 还是 要么",
        "not": "不 非 不是 没 没有 no isnt",
        "is": "是 等于 为 相等 equals equal eq",
        "contains": "包含 含有 包括 含 带有 提到 includes include contain has have like",
        "in": "属于 在 oneof among",
        "matches": "匹配 正则 正则表达式 符合 match regex regexp re",
        "starts": "开头 开头是 开头为 开始于 startswith beginswith begins start",
        "ends": "结尾 结尾是 结尾为 endswith end",
        "with": "以",
        "empty": "空 为空 空的 blank",
        "all": "全部 所有 都 both",
        "word": "单词 整词 词",
        "during": "期间 时间内 时段 within",
        "of": "的",
        "senders": "发送者 发送人 用户 users people",
        "when": "当 如果 若 条件 if where",
        "then": "那么 就 则 执行 do",
        "else": "否则 不然 失败时 elif otherwise",
        "reply": "回复 回答 答复 回 send say answer respond",
        "agent": "智能体 转给 交给 助手 机器人 ai assistant bot",
        "drop": "丢弃 忽略 不处理 丢掉 ignore deny discard block skip",
        "next": "继续 下一条 pass continue",
        "forget": "忘记 清空 重置 新对话 reset clear",
        "cancel": "取消 停止 中止 stop abort",
        "mention": "艾特 提醒 提到 提及",
        "none": "无人 谁也不 没有人 nobody noone",
        "again": "再 再来 再发 再次 再说 重复 repeat repeated",
        "times": "次 遍 time x",
        "told": "告诉 收到 得到 被告知 听到 tells tell gets receives prompt",
        "failure": "失败原因 原因 失败 reason because",
        "markdown": "md",
        "timeout": "超时",
        "session": "对话",
        "per": "每 每个",
        "at": "最多",
        "always": "总是 任何 任意 true any everything",
        "daily": "天天",
        "rule": "规则",
        "otherwise": "其他 其它 其余 否则 默认 else default",
        "denied": "拒绝 无权限 refused",
        "list": "列表 名单 清单 array",
        "pattern": "表达式 正则 正则表达式 regex regexp",
        "hours": "时间 时段 时间段 工作时间 上班时间 schedule",
        "condition": "条件 cond",
        "template": "模板 模版 tpl",
        "use": "引用 导入 引入 include import",
        "test": "测试 tests",
        "language": "语言 版本 version",
        "given": "输入 收到 input",
        "expect": "期望 预期 应该 expected should",
        "refused": "拒绝 denied",
        "lines": "每行 文件行",
        "file": "文件",
        "shadow": "影子 试运行 观察",
        "calendar": "日历",
        "while": "忙时 正忙时",
        "busy": "忙 正忙",
        "queue": "排队 queued enqueue",
        "replace": "替换 取代 supersede restart",
        "merge": "合并 join combine",
    }
)

_FIELDS = {
    word: meant[0]
    for word, meant in _by_word(
        {
            "text": "message.text text.content message.content 文本 文字 内容 消息 消息内容 消息文字 正文 msg message content body keyword 关键词",
            "sender": "sender.id sender.staffid 发送人 发送者 发件人 用户 员工 工号 员工id user userid from staff staffid senderid senderstaffid author",
            "sender.name": "sender.nick sender.nickname 昵称 姓名 名字 发送人姓名 nick nickname name username sendername sendernick fromname",
            "conversation": "conversation.id 会话 群 群聊 群组 群id chat chatid chatroom conversationid openconversationid room channel",
            "conversation.title": "conversation.name 群名 群名称 群标题 群聊名称 title groupname conversationtitle conversationname chatname",
            "quoted": "引用 引用内容 被引用 quote reply.text repliedmsg quotedtext",
            "type": "message.type 类型 消息类型 msgtype messagetype kind",
            "file.name": "文件名 文件名称 filename",
            "robot": "robot.id robot.code 机器人 bot robotcode robotid botid",
            "corp": "企业 公司 组织 corpid company chatbotcorpid senderCorpId".lower(),
        }
    ).items()
}

_FLAGS = {
    word: meant[0]
    for word, meant in _by_word(
        {
            "group": "群 群聊 群组 群里 群消息 在群里 isgroup groupchat groupmessage room",
            "private": "私聊 单聊 私信 一对一 isprivate direct directmessage dm single p2p oto",
            "pictured": "图片 有图 有图片 带图 haspicture hasimage picture image withpicture",
            "mentioned": "艾特 被艾特 提到我 提到机器人 ismentioned isinatlist atme mention",
            "admin": "管理员 是管理员 isadmin administrator manager",
            "external": "外部 外部人员 外部联系人 isexternal outsider guest",
        }
    ).items()
}

_UNSURE = frozenset(
    "as has have like re where do end begin block skip ignore deny pass continue stop abort clear reset bot assistant ai any true "
    "everything users people within with of text body keyword 关键词 kind room channel chat author company 公司 group 群 群聊 群组 title "
    "name username 名字 提到 失败 reason because x time 收到 得到 没有 条件 时间 拒绝 以 的 都 词 回 机器人 对话".split()
)
"""Words that may have been meant in another way as well."""
DAYS_MEANT = {
    **dict.fromkeys(("weekdays", "weekday"), "mon-fri"),
    **dict.fromkeys(("weekends", "weekend", "周末", "双休日"), "sat sun"),
    **dict.fromkeys(("everyday", "every day", "每天", "每日", "天天"), "daily"),
    **dict.fromkeys(("全天", "全天候", "24小时", "7x24", "7*24", "24/7"), "daily"),
    **dict.fromkeys(("工作日", "workday", "working days", "business days"), "workdays"),
    **dict.fromkeys(("节假日", "假期", "法定节假日", "holiday"), "holidays"),
    **{
        name: day
        for day, names in {
            "mon": ("monday", "周一", "星期一", "礼拜一"),
            "tue": ("tuesday", "周二", "星期二", "礼拜二"),
            "wed": ("wednesday", "周三", "星期三", "礼拜三"),
            "thu": ("thursday", "周四", "星期四", "礼拜四"),
            "fri": ("friday", "周五", "星期五", "礼拜五"),
            "sat": ("saturday", "周六", "星期六", "礼拜六"),
            "sun": ("sunday", "周日", "星期日", "星期天", "礼拜天"),
        }.items()
        for name in names
    },
}
"""Days that people try first, and how they are written here."""

PROGRESS_MEANT = {
    **dict.fromkeys(
        ("reaction", "表情", "表情回复", "emoji", "emotion", "typing", "on", "yes", "true", "react", "chip"),
        "reaction",
    ),
    **dict.fromkeys(
        ("none", "off", "no", "false", "null", "never", "无", "不", "没有", "关", "关闭"), "none"
    ),
}
"""What an agent shows while it works, by the words that people try first."""

_IGNORED = re.compile(r"[-_\s]")


def keyword_meant(word: str, allowed: Iterable[str]) -> str | None:
    """Return which of some words of the language another word stands for, or ``None``."""
    meant = _KEYWORDS.get(_folded(word), ())
    allowed = frozenset(allowed)
    return next((each for each in meant if each in allowed), None)


def is_sure(word: str) -> bool:
    """Return whether a word that has a meaning here can hardly have been meant in another way."""
    return _folded(word) not in _UNSURE


def field_meant(word: str) -> str | None:
    """Return the field that is compared and which people, templates or callbacks call ``word``, or ``None``."""
    return _FIELDS.get(_folded(word))


def flag_meant(word: str) -> str | None:
    """Return the field without a value that people or callbacks call ``word``, or ``None``."""
    return _FLAGS.get(_folded(word))


def _folded(word: str) -> str:
    """Return a word without what people vary: case, width, and what joins its parts."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", word).casefold())


TYPES_MEANT = {
    **dict.fromkeys(("文本", "文字", "文本消息", "文字消息", "txt", "string", "plain"), "text"),
    **dict.fromkeys(("富文本", "图文", "图文消息", "rich", "post", "html"), "richText"),
    **dict.fromkeys(
        (
            "图片",
            "图像",
            "照片",
            "截图",
            "图",
            "图片消息",
            "image",
            "img",
            "photo",
            "pic",
            "screenshot",
            "tupian",
        ),
        "picture",
    ),
    **dict.fromkeys(("语音", "音频", "录音", "语音消息", "voice", "sound", "yuyin"), "audio"),
    **dict.fromkeys(("视频", "小视频", "录像", "视频消息", "movie", "media", "shipin"), "video"),
    **dict.fromkeys(("文件", "附件", "文档", "文件消息", "document", "attachment", "doc", "wenjian"), "file"),
    **dict.fromkeys(("表情", "表情包", "贴纸", "sticker", "emoji", "emotion"), "unknownMsgType"),
    **dict.fromkeys(("卡片", "互动卡片", "card"), "interactiveCard"),
    **dict.fromkeys(("聊天记录", "合并转发", "转发", "forward", "forwarded"), "chatRecord"),
    **dict.fromkeys(("回复", "引用"), "reply"),
    "md": "markdown",
}
"""Types of messages by the names that people and other chat systems use, in lower case."""
