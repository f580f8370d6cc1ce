"""PRX507 foreign-placeholder."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix


class ForeignPlaceholder(Diagnostic, frozen=True):
    """A place for a value, written as other programs do.

    What: A template holds ``${姓名}`` or ``{姓名}``.
    Why: Values of the message are shown by ``{{ sender.name }}``, with two braces and the name that templates know. Anything
        else is sent as it is, braces and all.
    Wrong:
        rule hello when text is "你好" then reply "你好，${姓名}"
    Right:
        rule hello when text is "你好" then reply "你好，{{ sender.name }}"
    Fix: Write ``{{ sender.name }}`` for the nickname, ``{{ text }}`` for what was written, ``{{
        conversation.title }}`` for the name of the group.
    """

    page_zh = """
    要替换的内容写成了别的程序的样子。

    是什么：模板里写了 `${姓名}` 或 `{姓名}`。
    为什么：消息里的值要写成 `{{ sender.name }}`：两层大括号，加上模板认识的名称。别的写法会连括号一起原样发
        出去。
    怎么改：昵称写 `{{ sender.name }}`，消息内容写 `{{ text }}`，群名写 `{{ conversation.title }}`。
    """

    code = "PRX507"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 会照原样发出去，不会换成值", en="`{found}` is sent as it is, not as a value"
    )
    advice = Entry(zh="写成 `{instead}`", en="write `{instead}`")

    found: str
    instead: str
    """The value as templates show it, or an example."""
    replaces: bool
    """Whether that is surely what was meant, and it can be written at the place."""

    def fix(self) -> Fix | None:
        """Show the value that was meant."""
        return Fix.replacing(self.span, self.instead, SUGGESTED) if self.replaces else None
