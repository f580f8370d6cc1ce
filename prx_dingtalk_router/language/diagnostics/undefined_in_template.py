"""PRX503 undefined-in-template."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.in_template import InTemplate


class UndefinedInTemplate(InTemplate, frozen=True):
    """A name that templates do not know.

    What: A template uses a name for which a message has no value, or ``failure`` where nothing has failed.
    Why: The reply would have a hole there, and what was meant to be said would be missing.
    Wrong:
        rule hello when text is "hello" then reply "hello {{ sender_name }}"
    Right:
        rule hello when text is "hello" then reply "hello {{ sender.name }}"
    Fix: Take one of the names that are listed: ``{{ sender.name }}`` is the nickname, ``{{ text }}`` what was
        written, ``{{ conversation.title }}`` the name of the group.
    """

    page_zh = """
    模板里的名称不存在。

    是什么：模板用了一个消息没有的名称，或者在没有失败的地方用了 `failure`。
    为什么：那里会空着，想说的话就缺了一块。
    错误写法：
        rule hello when text is "你好" then reply "您好，{{ sender_name }}"
    正确写法：
        rule hello when text is "你好" then reply "您好，{{ sender.name }}"
    怎么改：换成列出的名称之一：昵称是 `{{ sender.name }}`，消息内容是 `{{ text }}`，群名是
        `{{ conversation.title }}`。
    """

    code = "PRX503"
    severity = "error"
    in_general = Entry(zh="模板不认识这个名称", en="templates do not know this name")
    advice = Entry(
        zh="可用的名称：`text`、`quoted`、`type`、`sender.id`、`sender.name`、`conversation.id`、`conversation.title`、`conversation.kind`、`pictures`、`robot`、`file.name`、`match.名称`、`now`、`rule.name`，以及 `else` 里的 `failure`",
        en="the names are `text`, `quoted`, `type`, `sender.id`, `sender.name`, `conversation.id`, `conversation.title`, `conversation.kind`, `pictures`, `robot`, `file.name`, `match.NAME`, `now`, `rule.name`, and `failure` after `else`",
    )
