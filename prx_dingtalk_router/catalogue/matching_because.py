"""What a test said of a message, as a clause that others can follow: the words of ``explain`` and of the chat page."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

BECAUSE: dict[str, Entry] = {
    "quoted": Entry(zh="「{value}」", en="“{value}”"),
    "both": Entry(zh="{one}，而且{other}", en="{one}, and {other}"),
    "and-more": Entry(zh="{one}，等共 {count} 项", en="{one}, and {count} parts in all"),
    "because": Entry(zh="因为{clause}", en="because {clause}"),
    "within-condition": Entry(zh="{clause}（条件 {name}）", en="{clause} (condition {name})"),
    "excluded": Entry(zh="{clause}，而规则排除这种情况", en="{clause}; the rule excludes that"),
    "of-list": Entry(zh="（名单 {list}）", en=" (in the list {list})"),
    "any-of": Entry(zh="{some}中的任何一个", en="any of {some}"),
    "any-of-many": Entry(zh="{some}等 {count} 个中的任何一个", en="any of {count}: {some} …"),
    "any-of-list": Entry(zh="名单 {list} 里的任何一项（{some}）", en="anything in the list {list} ({some})"),
    "any-of-long-list": Entry(
        zh="名单 {list} 里 {count} 项中的任何一项（{some}…）",
        en="any of the {count} entries of the list {list} ({some} …)",
    ),
    "regex": Entry(zh=" {regex}", en="{regex}"),
    "pattern": Entry(zh="模式 {name}（{regex}）", en="the pattern {name} ({regex})"),
    # ---- fields
    "field.text": Entry(zh="文字", en="the text"),
    "field.quoted": Entry(zh="引用的内容", en="the quoted message"),
    "field.sender": Entry(zh="发送者", en="the sender"),
    "field.sender.name": Entry(zh="发送者的名字", en="the sender's name"),
    "field.conversation": Entry(zh="会话", en="the conversation"),
    "field.conversation.title": Entry(zh="群名", en="the group's title"),
    "field.file.name": Entry(zh="文件名", en="the file's name"),
    "field.type": Entry(zh="消息类型", en="the type of the message"),
    "field.robot": Entry(zh="机器人", en="the robot"),
    "field.corp": Entry(zh="发送者所在的组织", en="the sender's organisation"),
    # ---- comparisons
    "says.is.yes": Entry(zh="{what}是{hits}{of}", en="{what} is {hits}{of}"),
    "says.is.no": Entry(zh="{what}是{actual}，不是{expected}", en="{what} is {actual}, not {expected}"),
    "says.in-list.no": Entry(
        zh="{what}是{actual}，不在名单 {list} 里", en="{what} is {actual}, not in the list {list}"
    ),
    "says.contains.yes": Entry(zh="{what}里有{hits}{of}", en="{what} contains {hits}{of}"),
    "says.contains.no": Entry(
        zh="{what}{actual}里没有{expected}", en="{what} {actual} does not contain {expected}"
    ),
    "says.all.yes": Entry(zh="{what}里{hits}全都有{of}", en="{what} contains all of {hits}{of}"),
    "says.all.no": Entry(
        zh="{what}{actual}里缺少{missing}（规则要求全都有）",
        en="{what} {actual} lacks {missing} (the rule wants all of them)",
    ),
    "says.word.yes": Entry(zh="{what}里有单词{hits}{of}", en="{what} contains the word {hits}{of}"),
    "says.word.no": Entry(
        zh="{what}{actual}里没有单词{expected}", en="{what} {actual} does not contain {expected} as a word"
    ),
    "says.within-word": Entry(
        zh="{what}{actual}里的{hits}只是一个更长的词的一部分",
        en="in {what} {actual}, {hits} is only a part of a longer word",
    ),
    "says.starts.yes": Entry(zh="{what}以{hits}开头{of}", en="{what} starts with {hits}{of}"),
    "says.starts.no": Entry(
        zh="{what}{actual}不以{expected}开头", en="{what} {actual} does not start with {expected}"
    ),
    "says.starts-word.yes": Entry(
        zh="{what}以单词{hits}开头{of}", en="{what} starts with the word {hits}{of}"
    ),
    "says.starts-word.no": Entry(
        zh="{what}{actual}不以单词{expected}开头",
        en="{what} {actual} does not start with {expected} as a word",
    ),
    "says.ends.yes": Entry(zh="{what}以{hits}结尾{of}", en="{what} ends with {hits}{of}"),
    "says.ends.no": Entry(
        zh="{what}{actual}不以{expected}结尾", en="{what} {actual} does not end with {expected}"
    ),
    "says.matches.yes": Entry(zh="{what}里的{hits}符合{regex}", en="{hits} in {what} matches {regex}"),
    "says.matches.no": Entry(
        zh="{what}{actual}里没有内容符合{regex}", en="nothing in {what} {actual} matches {regex}"
    ),
    "says.empty": Entry(zh="{what}是空的", en="{what} is empty"),
    "says.no-sender": Entry(
        zh="发送者是组织外的人，没有 staff ID",
        en="the sender is from outside the organisation and has no staff ID",
    ),
    "says.not-empty": Entry(zh="{what}不是空的，是{actual}", en="{what} is not empty but {actual}"),
    # ---- time and shares
    "says.during.yes": Entry(zh="发送于 {when}，在 {hours} 之内", en="it was sent {when}, within {hours}"),
    "says.during.no": Entry(
        zh="发送于 {when}，不在 {hours} 之内", en="it was sent {when}, not within {hours}"
    ),
    "when": Entry(zh="{date} {day}", en="{day} {date}"),
    "day.mon": Entry(zh="周一", en="Mon"),
    "day.tue": Entry(zh="周二", en="Tue"),
    "day.wed": Entry(zh="周三", en="Wed"),
    "day.thu": Entry(zh="周四", en="Thu"),
    "day.fri": Entry(zh="周五", en="Fri"),
    "day.sat": Entry(zh="周六", en="Sat"),
    "day.sun": Entry(zh="周日", en="Sun"),
    "says.percent.yes": Entry(
        zh="{subject} 排在 {at}%，规则收 {below}% 以下",
        en="{subject} is at {at}%, and the rule takes below {below}%",
    ),
    "says.percent.no": Entry(
        zh="{subject} 排在 {at}%，规则只收 {below}% 以下",
        en="{subject} is at {at}%, the rule takes below {below}%",
    ),
    "says.always": Entry(zh="这条规则对每条消息都成立", en="the rule holds for every message"),
    # ---- flags
    "says.private.yes": Entry(zh="这是单聊", en="it is a private chat"),
    "says.private.no": Entry(zh="这是群聊，不是单聊", en="it is a group, not a private chat"),
    "says.group.yes": Entry(zh="这是群聊", en="it is a group"),
    "says.group.no": Entry(zh="这是单聊，不是群聊", en="it is a private chat, not a group"),
    "says.pictured.yes": Entry(zh="消息里有图片", en="there is a picture in it"),
    "says.pictured.no": Entry(zh="消息里没有图片", en="there is no picture in it"),
    "says.mentioned.yes": Entry(zh="消息 @ 了机器人", en="the robot is mentioned"),
    "says.mentioned.no": Entry(zh="消息没有 @ 机器人", en="the robot is not mentioned"),
    "says.admin.yes": Entry(zh="发送者是管理员", en="the sender is an administrator"),
    "says.admin.no": Entry(zh="发送者不是管理员", en="the sender is no administrator"),
    "says.external.yes": Entry(zh="发送者是组织外的人", en="the sender is from outside the organisation"),
    "says.external.no": Entry(zh="发送者是组织内的人", en="the sender belongs to the organisation"),
}
