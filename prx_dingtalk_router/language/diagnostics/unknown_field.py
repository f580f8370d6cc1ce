"""PRX324 unknown-field."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import did_you_mean
from prx_dingtalk_router.message import FIELDS


class UnknownField(Diagnostic, frozen=True):
    """A field that messages do not have.

    What: A word stands where the field of a message belongs, and is none.
    Why: Conditions look at a fixed table of fields. The name of the sender is ``sender.name``, their staff ID
        ``sender``.
    Wrong:
        rule boss when sender.id is "u1001" then agent secretary
    Right:
        rule boss when sender is "u1001" then agent secretary
    Fix: Take one of the fields that are listed: ``text`` is what was written, ``sender`` the staff ID,
        ``sender.name`` the nickname, ``conversation.title`` the name of the group.
    """

    page_zh = """
    消息没有这个字段。

    是什么：该写字段的地方，写了消息没有的字段。
    为什么：条件只能看固定的几个字段：消息文字是 `text`，发送者的 staff ID 是 `sender`，昵称是
        `sender.name`，群名是 `conversation.title`。
    怎么改：换成错误里列出的字段之一。常用的：`text`（消息内容）、`sender`（发送者）、`conversation`（会
        话）、`type`（消息类型）、`quoted`（引用的内容）。
    """

    code = "PRX324"
    severity = "error"
    sentence = Entry(zh="没有字段 `{found}`{hint}", en="there is no field `{found}`{hint}")
    advice = Entry(zh="可用的字段：{fields}", en="the fields are {fields}")

    found: str
    meant: str | None
    surely: bool
    """Whether it is another word for ``meant``, not one that merely looks like it."""

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields but flags."""
        return tuple(f"`{name}`" for name, field in FIELDS.items() if field.kind != "flag")

    @property
    def hint(self) -> Text:
        """What was probably meant."""
        return did_you_mean(self.meant)

    def fix(self) -> Fix | None:
        """Write the field that was meant."""
        if self.meant is None:
            return None
        return Fix.replacing(self.span, self.meant, SAFE if self.surely else SUGGESTED)
