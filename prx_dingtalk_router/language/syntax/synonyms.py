"""Words that people try first, and what they are in this language: hints and fixes come from here."""

from __future__ import annotations

WORDS_MEANT = {
    **dict.fromkeys(("并且", "而且", "且", "和", "与", "同时"), "and"),
    **dict.fromkeys(("或", "或者"), "or"),
    **dict.fromkeys(("不", "非", "不是"), "not"),
    **dict.fromkeys(("是", "等于", "equals", "eq"), "is"),
    **dict.fromkeys(("包含", "含有", "includes", "has"), "contains"),
    **dict.fromkeys(("匹配", "match"), "matches"),
    **dict.fromkeys(("startswith", "starts_with", "starts-with"), "starts"),
    **dict.fromkeys(("endswith", "ends_with", "ends-with"), "ends"),
    **dict.fromkeys(("当", "如果", "if"), "when"),
    **dict.fromkeys(("那么", "就", "do"), "then"),
    **dict.fromkeys(("否则", "elif", "otherwise"), "else"),
    **dict.fromkeys(("回复", "send", "say"), "reply"),
    **dict.fromkeys(("丢弃", "忽略", "ignore", "deny"), "drop"),
    **dict.fromkeys(("总是", "任何", "true", "any"), "always"),
    **dict.fromkeys(("规则",), "rule"),
    **dict.fromkeys(("忙时", "正忙时"), "while"),
    **dict.fromkeys(("忙", "正忙"), "busy"),
    **dict.fromkeys(("排队", "queued", "enqueue"), "queue"),
    **dict.fromkeys(("替换", "取代", "supersede", "restart"), "replace"),
    **dict.fromkeys(("合并", "join", "combine"), "merge"),
}
"""Words that people try first, and what they mean here."""

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

FIELDS_MEANT = {
    "sender.id": "sender",
    "sender.nick": "sender.name",
    "conversation.id": "conversation",
    "conversation.name": "conversation.title",
    "message.text": "text",
    "text.content": "text",
    "message.type": "type",
    "robot.id": "robot",
    **dict.fromkeys(("文本", "文字", "内容", "消息", "msg", "content"), "text"),
    **dict.fromkeys(("发送人", "发送者", "user", "from", "staff"), "sender"),
    **dict.fromkeys(("昵称", "姓名", "nick", "name"), "sender.name"),
    **dict.fromkeys(("群名", "群名称", "title"), "conversation.title"),
    **dict.fromkeys(("会话", "群"), "conversation"),
    **dict.fromkeys(("引用",), "quoted"),
    **dict.fromkeys(("类型", "msgtype"), "type"),
    **dict.fromkeys(("文件名", "filename"), "file.name"),
    **dict.fromkeys(("机器人", "bot"), "robot"),
}
"""Fields by the names that people try, after templates and callbacks."""

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
