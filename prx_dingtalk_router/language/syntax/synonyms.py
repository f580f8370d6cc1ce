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
}
"""Words that people try first, and what they mean here."""

DAYS_MEANT = {
    **dict.fromkeys(("weekdays", "weekday"), "mon-fri"),
    **dict.fromkeys(("weekends", "weekend", "周末"), "sat sun"),
    **dict.fromkeys(("everyday", "每天"), "daily"),
    **dict.fromkeys(("工作日",), "workdays"),
    **dict.fromkeys(("节假日", "假期"), "holidays"),
    **{
        name: day
        for day, names in {
            "mon": ("monday", "周一", "星期一"),
            "tue": ("tuesday", "周二", "星期二"),
            "wed": ("wednesday", "周三", "星期三"),
            "thu": ("thursday", "周四", "星期四"),
            "fri": ("friday", "周五", "星期五"),
            "sat": ("saturday", "周六", "星期六"),
            "sun": ("sunday", "周日", "星期日", "星期天"),
        }.items()
        for name in names
    },
}
"""Days that people try first, and how they are written here."""

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
